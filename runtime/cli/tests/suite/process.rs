//! The command as a process: its standard streams, signals, pagers, time limits, TLS.
#![cfg(unix)]

use crate::support::{Folder, Ran, Server, command, finish, run_with};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Child, Stdio};

/// Starts the example with pipes for its standard streams.
fn start(folder: &Folder, words: &[&str]) -> Child {
    command(&folder.0)
        .args(words)
        .env("AWS_MAX_ATTEMPTS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example")
}

fn end(child: Child) -> Ran {
    finish(&child.wait_with_output().expect("the example"))
}

/// Runs a shell, where `$EXAMPLE` is the example.
fn shell(folder: &Folder, script: &str) -> Ran {
    let example = command(&folder.0);
    let mut shell = std::process::Command::new("sh");
    shell.current_dir(&folder.0).env_clear();
    for (name, value) in example.get_envs() {
        shell.env(name, value.unwrap_or_default());
    }
    shell
        .env("EXAMPLE", example.get_program())
        .env("PATH", "/usr/bin:/bin");
    finish(&shell.args(["-c", script]).output().expect("a shell"))
}

#[test]
fn standard_streams_can_be_used_for_streaming_members() {
    let server = Server::new(&[("200 OK", ""), ("200 OK", "content")]);
    let folder = Folder::new("standard");
    let at = ["--endpoint-url", &server.url];
    let words = ["upload", "--key", "k", "--body", "-"];
    let mut child = start(&folder, &[&words, &at[..]].concat());
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(b"from a pipe").expect("written");
    drop(stdin);
    let ran = end(child);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(server.requests()[0].body, "from a pipe");
    let ran = end(start(
        &folder,
        &[&["download", "--key", "k", "-"], &at[..]].concat(),
    ));
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "content"),
        "{}",
        ran.stderr
    );
}

#[test]
fn input_can_be_read_from_a_pipe() {
    let server = Server::new(&[("200 OK", "{}")]);
    let folder = Folder::new("input");
    let words = [
        "echo",
        "--cli-input-json",
        "file:///dev/stdin",
        "--endpoint-url",
        &server.url,
    ];
    let mut child = start(&folder, &words);
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(b"{\"Name\": \"ab\"}").expect("written");
    drop(stdin);
    let ran = end(child);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(server.requests()[0].body.contains("\"ab\""));
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let long = format!("{{\"Gaps\": [{}\"x\"]}}", "\"x\",".repeat(50_000));
    let server = Server::new(&[("200 OK", &long)]);
    let folder = Folder::new("away");
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let mut child = start(&folder, &words);
    let mut some = [0; 10];
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut some).expect("the beginning");
    drop(stdout);
    let ran = end(child);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let closed = shell(&folder, "$EXAMPLE echo --generate-cli-skeleton >&-");
    assert_eq!((closed.code, closed.stderr.as_str()), (0, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let folder = Folder::new("full");
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("the device");
    let output = command(&folder.0)
        .args(["echo", "--generate-cli-skeleton"])
        .stdout(full)
        .output();
    let ran = finish(&output.expect("the example"));
    assert_eq!(ran.code, 255);
    assert!(
        ran.stderr.starts_with("\nUnable to write the output: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_interrupt_ends_a_call_with_130() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let folder = Folder::new("interrupt");
    let child = start(&folder, &["echo", "--name", "ab", "--endpoint-url", &url]);
    let (mut silent, _) = listener.accept().expect("a call");
    silent.read_exact(&mut [0; 4]).expect("a request");
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(sent.is_ok_and(|status| status.success()));
    let ran = end(child);
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (130, "\n", "")
    );
}

#[test]
fn a_server_that_does_not_answer_times_out() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let words = [
        "echo",
        "--name",
        "ab",
        "--cli-read-timeout",
        "1",
        "--endpoint-url",
        &url,
    ];
    let folder = Folder::new("late");
    let ran = run_with(&folder, &[("AWS_MAX_ATTEMPTS", Some("1"))], &words);
    assert_eq!(
        (ran.code, ran.stderr),
        (
            255,
            format!("\nRead timeout on endpoint URL: \"{url}/echo\"\n")
        )
    );
}

#[test]
fn a_very_long_timeout_does_not_overflow() {
    let server = Server::new(&[("200 OK", "{}")]);
    for option in ["--cli-read-timeout", "--cli-connect-timeout"] {
        let ran = server.run(&["echo", "--name", "ab", option, "9223372036854775807"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
}

#[test]
fn certificates_are_verified_unless_turned_off() {
    let (server, certificate) = Server::secure(&[("200 OK", "{}")]);
    let folder = Folder::new("tls");
    folder.write("ca.pem", &certificate);
    folder.write("bad.pem", "no certificate");
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let once = ("AWS_MAX_ATTEMPTS", Some("1"));
    let with = |variables: &[_], options: &[&str]| {
        run_with(
            &folder,
            &[&[once], variables].concat(),
            &[&words, options].concat(),
        )
    };
    let refused = format!("\nSSL validation failed for {}/echo ", server.url);
    assert!(with(&[], &[]).stderr.starts_with(&refused));
    for path in ["bad.pem", "none.pem"] {
        let ran = with(&[], &["--ca-bundle", path]);
        assert_eq!(ran.code, 255);
        assert!(ran.stderr.starts_with(&refused), "{}", ran.stderr);
    }
    assert!(server.requests().is_empty());
    let bad = ("AWS_CA_BUNDLE", Some("bad.pem"));
    for ran in [
        with(&[], &["--ca-bundle", "ca.pem"]),
        with(&[("AWS_CA_BUNDLE", Some("ca.pem"))], &[]),
        with(&[("REQUESTS_CA_BUNDLE", Some("ca.pem"))], &[]),
        with(&[bad], &["--ca-bundle", "ca.pem"]),
        with(&[bad], &["--no-verify-ssl"]),
    ] {
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    }
    folder.write(".aws/config", "[default]\nca_bundle = ca.pem\n");
    assert_eq!(with(&[], &[]).code, 0);
}
