//! Pagers: programs that show a text screen by screen on a terminal.

use crate::env;
use std::cell::RefCell;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::process::{Child, Command, Stdio};

/// The pager that the user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// No setting: help has a pager, output has none.
    Unset,
    /// A command of the shell.
    Program(String),
    /// No pager at all.
    Off,
}

impl Choice {
    /// The pager for pages of help.
    pub(crate) fn for_help(self) -> Option<String> {
        let chosen = || {
            let mut names = ["MANPAGER", "PAGER"].into_iter();
            names.find_map(|name| env::non_empty(name).filter(|value| !value.trim().is_empty()))
        };
        match self {
            Self::Unset => Some(chosen().unwrap_or_else(|| "less -R".to_owned())),
            Self::Program(program) => Some(program),
            Self::Off => None,
        }
    }
}

/// Shows the text in a pager. Returns false if there is no such program.
pub(crate) fn show(pager: &str, text: &str) -> bool {
    let Ok(mut child) = start(pager) else {
        return false;
    };
    if let Some(to) = &mut child.stdin {
        // Writing fails if the user quits before the end.
        to.write_all(text.as_bytes()).ok();
    }
    finish(child)
}

fn start(pager: &str) -> io::Result<Child> {
    // An interrupt from the keyboard is for the pager. It doesn't end this program, but the call that is under way.
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGINT, std::sync::Arc::default()).ok();
    let mut command = Command::new("sh");
    command.arg("-c").arg(pager).stdin(Stdio::piped());
    if env::var("LESS").is_none() {
        // Colors, and no pager for what fits on the screen.
        command.env("LESS", "FRX");
    }
    command.spawn()
}

/// Waits until the user quits the pager. Returns false if there is no such program.
fn finish(mut child: Child) -> bool {
    drop(child.stdin.take());
    // 127 is the shell's status for a missing program.
    child.wait().is_ok_and(|status| status.code() != Some(127))
}

/// Where a command prints: standard output, or a pager between it and the terminal.
#[derive(Debug, Default)]
pub(crate) struct Output {
    pager: Option<String>,
    child: RefCell<Option<Child>>,
}

impl Output {
    /// A pager is used only on a terminal, and only if one was chosen.
    pub(crate) fn new(choice: Choice) -> Self {
        let pager = match choice {
            Choice::Program(program) if io::stdout().is_terminal() => Some(program),
            _ => None,
        };
        Self {
            pager,
            child: RefCell::default(),
        }
    }

    /// Hands the destination to `write`. The pager is started by the first call.
    pub(crate) fn with<T>(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
    ) -> io::Result<T> {
        let Some(pager) = &self.pager else {
            let mut to = BufWriter::new(io::stdout().lock());
            let written = write(&mut to)?;
            to.flush()?;
            return Ok(written);
        };
        let mut child = self.child.borrow_mut();
        let child = match &mut *child {
            Some(child) => child,
            none => none.insert(start(pager)?),
        };
        match &mut child.stdin {
            Some(to) => {
                let mut to = BufWriter::new(to);
                let written = write(&mut to)?;
                to.flush()?;
                Ok(written)
            }
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Prints a text. A closed pipe is not an error.
    pub(crate) fn print(&self, text: &str) -> io::Result<()> {
        match self.with(|to| to.write_all(text.as_bytes())) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// Waits until the user quits the pager. The error is its command, if there is no such program.
    pub(crate) fn finish(&self) -> Result<(), String> {
        let child = self.child.borrow_mut().take();
        if child.is_none_or(finish) {
            Ok(())
        } else {
            Err(self.pager.clone().unwrap_or_default())
        }
    }
}

impl Drop for Output {
    /// After an error or an interrupt, the terminal is still the pager's.
    fn drop(&mut self) {
        self.finish().ok();
    }
}
