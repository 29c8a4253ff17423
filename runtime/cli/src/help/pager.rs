//! Shows a page in a pager.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

/// Shows the text through `$MANPAGER`, `$PAGER` or `less -R`; false when there is no such program.
pub(super) fn show(text: &str) -> bool {
    let chosen = ["MANPAGER", "PAGER"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let pager = chosen.unwrap_or_else(|| "less -R".to_owned());
    // A key that interrupts is for the pager: this program waits until it ends.
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGINT, std::sync::Arc::default()).ok();
    let child = Command::new("sh")
        .arg("-c")
        .arg(&pager)
        .stdin(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else { return false };
    if let Some(mut to) = child.stdin.take() {
        // A pager that ends early closes its input.
        to.write_all(text.as_bytes()).ok();
    }
    // The shell's status when it doesn't find a program.
    child.wait().is_ok_and(|status| status.code() != Some(127))
}
