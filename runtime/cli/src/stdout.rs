//! Standard output: plain text, and how wide the terminal is.

use crate::stop::Stop;
use std::io::{self, Write as _};

/// Prints a text. A closed pipe is not an error.
pub(crate) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Stop::Error(error.to_string()))
        }
        _ => Ok(()),
    }
}

/// Prints a line; its end is added.
pub(crate) fn print_line(line: &str) -> Result<(), Stop> {
    print(&format!("{line}\n"))
}

/// The number of columns when standard output is a terminal.
pub(crate) fn terminal_width() -> Option<usize> {
    #[cfg(unix)]
    return rustix::termios::tcgetwinsize(io::stdout())
        .ok()
        .map(|size| size.ws_col.into());
    #[cfg(not(unix))]
    None
}
