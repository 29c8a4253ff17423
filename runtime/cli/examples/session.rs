//! For tests: runs a command in a session of its own. If standard input is a terminal, it controls the session.

#[cfg(target_os = "linux")]
fn main() {
    use std::os::unix::process::CommandExt as _;
    let mut words = std::env::args_os().skip(1);
    let program = words.next().expect("a program");
    rustix::process::setsid().expect("a session");
    if rustix::termios::isatty(std::io::stdin()) {
        rustix::process::ioctl_tiocsctty(std::io::stdin()).expect("a terminal");
    }
    let error = std::process::Command::new(program).args(words).exec();
    panic!("{error}");
}

#[cfg(not(target_os = "linux"))]
fn main() {}
