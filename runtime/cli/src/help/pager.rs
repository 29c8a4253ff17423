//! Shows a page in a pager.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

/// Shows the text in `$MANPAGER`, `$PAGER` or `less -R`. Returns false if there is no such program.
pub(super) fn show(text: &str) -> bool {
    let chosen = ["MANPAGER", "PAGER"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let pager = chosen.unwrap_or_else(|| "less -R".to_owned());
    // An interrupt from the keyboard is for the pager, so it is ignored here.
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGINT, std::sync::Arc::default()).ok();
    let child = Command::new("sh")
        .arg("-c")
        .arg(&pager)
        .stdin(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else { return false };
    if let Some(mut to) = child.stdin.take() {
        // Writing fails if the user quits before the end.
        to.write_all(text.as_bytes()).ok();
    }
    // 127 is the shell's status for a missing program.
    child.wait().is_ok_and(|status| status.code() != Some(127))
}
