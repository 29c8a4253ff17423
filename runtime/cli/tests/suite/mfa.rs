//! Prompts for codes of multi-factor authentication.
#![cfg(target_os = "linux")]
use crate::support;

use crate::support::{Folder, ROLE, Ran, Server, command, finish};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

const CONFIG: &str = "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = q\n\
                      mfa_serial = arn:aws:iam::123456789012:mfa/me\n\
                      [profile q]\naws_access_key_id = Q\naws_secret_access_key = s\n";
const QUESTION: &str = "Enter MFA code for arn:aws:iam::123456789012:mfa/me: ";
const OK: (&str, &str) = ("200 OK", "{}");

/// The command in a session of its own, so that it can't use the terminal of the tests.
fn in_session(folder: &Folder, server: &Server) -> Command {
    let inner = command(&folder.0);
    let mut outer = support::program("session", &folder.0);
    outer.arg(inner.get_program());
    outer.args(["echo", "--name", "ab", "--profile", "p"]);
    outer.args(["--endpoint-url", &server.url]);
    outer.env("AWS_ENDPOINT_URL_STS", &server.url);
    outer
}

/// Types an answer on the command's terminal after the prompt. Returns what the terminal showed, and the exit status.
fn typed(folder: &Folder, server: &Server, keys: &[u8]) -> (String, i32) {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&terminal).expect("granted");
    unlockpt(&terminal).expect("unlocked");
    let name = ptsname(&terminal, Vec::new()).expect("a name");
    let program = File::options()
        .read(true)
        .write(true)
        .open(name.to_str().expect("a path"));
    let program = program.expect("the program's side");
    let mut command = in_session(folder, server);
    let copy = || program.try_clone().expect("a copy");
    command.stdin(copy()).stdout(copy()).stderr(copy());
    let mut child = command.spawn().expect("the example");
    drop((command, program));
    let mut terminal = File::from(terminal);
    let mut shown = Vec::new();
    let mut piece = [0; 512];
    let mut keys = Some(keys);
    // Reading fails when the command has closed its side.
    while let Ok(length @ 1..) = terminal.read(&mut piece) {
        shown.extend_from_slice(&piece[..length]);
        if String::from_utf8_lossy(&shown).contains(QUESTION)
            && let Some(keys) = keys.take()
        {
            terminal.write_all(keys).expect("typed");
        }
    }
    let status = child.wait().expect("the example");
    let shown = String::from_utf8_lossy(&shown).replace("\r\n", "\n");
    (shown, status.code().unwrap_or(-1))
}

/// Writes the answer to standard input, without a terminal.
fn piped(folder: &Folder, server: &Server, input: &str) -> Ran {
    let mut command = in_session(folder, server);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the example");
    let mut stdin = child.stdin.take().expect("its input");
    // A command that doesn't ask may have ended already.
    stdin.write_all(input.as_bytes()).ok();
    drop(stdin);
    finish(&child.wait_with_output().expect("the example"))
}

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write(".aws/config", CONFIG);
    folder
}

#[test]
fn the_code_is_prompted_for_on_the_terminal_without_echo() {
    let server = Server::new(&[("200 OK", ROLE), OK]);
    let folder = folder("mfa");
    let (shown, code) = typed(&folder, &server, b"123456\n");
    assert_eq!(
        (shown.as_str(), code),
        (format!("{QUESTION}\n").as_str(), 0)
    );
    let requests = server.requests();
    let role = &requests[0].body;
    assert!(
        role.contains("SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fme"),
        "{role}"
    );
    assert!(role.contains("TokenCode=123456"), "{role}");
    // The role is cached, so there is no second prompt.
    assert_eq!(piped(&folder, &server, "").code, 0);
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_code_that_is_too_short_is_refused_before_anything_is_sent() {
    let server = Server::new(&[OK]);
    let (shown, code) = typed(&folder("short"), &server, b"12\n");
    assert!(
        shown.ends_with("Invalid length for parameter TokenCode, value: 2, valid min length: 6\n"),
        "{shown}"
    );
    assert_eq!(code, 255);
    assert!(server.requests().is_empty());
}

#[test]
fn an_interrupt_ends_the_command_at_once() {
    let server = Server::new(&[OK]);
    let (shown, code) = typed(&folder("interrupt"), &server, b"12\x03");
    assert_eq!(
        (shown.as_str(), code),
        (format!("{QUESTION}\n").as_str(), 130)
    );
}

#[test]
fn without_a_terminal_the_code_comes_from_standard_input() {
    let server = Server::new(&[("200 OK", ROLE), OK]);
    let ran = piped(&folder("piped"), &server, "123456\nmore");
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (0, format!("{QUESTION}\n").as_str())
    );
    assert!(server.requests()[0].body.contains("TokenCode=123456"));
    let ran = piped(&folder("empty"), &server, "");
    assert_eq!(ran.code, 255);
    assert!(
        ran.stderr
            .contains("No MFA code for arn:aws:iam::123456789012:mfa/me: "),
        "{}",
        ran.stderr
    );
}
