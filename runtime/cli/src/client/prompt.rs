//! Prompts for secrets, which the terminal doesn't echo.

use std::io;
use swage_credentials::Answer;
use tokio::sync::oneshot;

/// Asks on the terminal; without one, on standard error and standard input.
pub(crate) fn ask(question: String) -> Answer {
    Box::pin(async move {
        let failed = |error: io::Error| error.to_string();
        let terminal = terminal::open(&question).map_err(failed)?;
        let answer = read(terminal.input().map_err(failed)?).await;
        terminal.end();
        let nothing = || "nothing was entered, on the terminal or on standard input".to_owned();
        answer.map_err(failed)?.ok_or_else(nothing)
    })
}

/// Reads a line; none at the end of the input. A detached thread reads, so that an interrupt ends the command at once.
async fn read(mut input: impl io::Read + Send + 'static) -> io::Result<Option<String>> {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || sender.send(line(&mut input)));
    receiver.await.unwrap_or(Ok(None))
}

/// Reads a line byte by byte, so that nothing after it is consumed.
fn line(input: &mut impl io::Read) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let mut byte = [0];
    loop {
        match input.read(&mut byte) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            Ok(0) if line.is_empty() => return Ok(None),
            Ok(0) => break,
            Ok(_) if byte == *b"\n" => break,
            Ok(_) => line.extend(byte),
        }
    }
    let text = String::from_utf8_lossy(&line);
    Ok(Some(text.trim_end_matches('\r').to_owned()))
}

#[cfg(unix)]
mod terminal {
    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
    use std::fs::File;
    use std::io::{self, Write};
    use std::os::fd::AsFd;

    /// A terminal that doesn't echo. Dropping it restores the settings.
    pub(super) struct Terminal {
        /// The controlling terminal, if there is one.
        device: Option<File>,
        /// The settings to restore.
        before: Option<Termios>,
    }

    /// Writes the question, and turns the echo off.
    pub(super) fn open(question: &str) -> io::Result<Terminal> {
        let device = File::options().read(true).write(true).open("/dev/tty").ok();
        let mut terminal = Terminal {
            device,
            before: None,
        };
        terminal.before = tcgetattr(terminal.fd()).ok();
        if let Some(mut hidden) = terminal.before.clone() {
            hidden.local_modes.remove(LocalModes::ECHO);
            tcsetattr(terminal.fd(), OptionalActions::Flush, &hidden)?;
        }
        terminal.write(question)?;
        Ok(terminal)
    }

    impl Terminal {
        fn fd(&self) -> std::os::fd::BorrowedFd<'_> {
            match &self.device {
                Some(device) => device.as_fd(),
                None => rustix::stdio::stdin(),
            }
        }

        fn write(&self, text: &str) -> io::Result<()> {
            match &self.device {
                Some(device) => (&*device).write_all(text.as_bytes()),
                None => io::stderr().write_all(text.as_bytes()),
            }
        }

        /// The input to read the answer from.
        pub(super) fn input(&self) -> io::Result<File> {
            Ok(File::from(self.fd().try_clone_to_owned()?))
        }

        /// Writes a line end, because that of the answer isn't echoed.
        pub(super) fn end(&self) {
            self.write("\n").ok();
        }
    }

    impl Drop for Terminal {
        fn drop(&mut self) {
            if let Some(before) = &self.before {
                tcsetattr(self.fd(), OptionalActions::Flush, before).ok();
            }
        }
    }
}

#[cfg(not(unix))]
mod terminal {
    use std::io;

    /// The question, which `input` asks.
    pub(super) struct Terminal(String);

    pub(super) fn open(question: &str) -> io::Result<Terminal> {
        Ok(Terminal(question.to_owned()))
    }

    impl Terminal {
        pub(super) fn input(&self) -> io::Result<io::Cursor<Vec<u8>>> {
            let answer = rpassword::prompt_password(&self.0)?;
            Ok(io::Cursor::new(answer.into_bytes()))
        }

        pub(super) fn end(&self) {}
    }
}
