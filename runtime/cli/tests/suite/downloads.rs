//! Responses for files that end early or are damaged.

use crate::support::{Folder, Ran, run_with};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::time::Duration;

/// Answers every request with these bytes, then closes the connection after a while.
fn server(answer: &'static str, open: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let reader = BufReader::new(stream.try_clone().expect("a socket"));
            let head = reader.lines().map_while(Result::ok);
            head.take_while(|line| !line.is_empty()).for_each(drop);
            stream.write_all(answer.as_bytes()).ok();
            std::thread::sleep(open);
        }
    });
    url
}

/// Downloads what the server sends to `out`.
fn download(folder: &Folder, answer: &'static str, open: Duration, out: &str) -> Ran {
    let url = server(answer, open);
    let words = ["download", "--key", "k", "--mode", "ENABLED", out];
    let more = ["--endpoint-url", &url, "--cli-read-timeout", "1"];
    run_with(
        folder,
        &[("AWS_MAX_ATTEMPTS", Some("1"))],
        &[&words[..], &more].concat(),
    )
}

const AT_ONCE: Duration = Duration::ZERO;

#[test]
fn a_broken_download_is_reported_with_its_cause() {
    let late = Duration::from_secs(3);
    for (answer, open, cause) in [
        (
            "Content-Length: 10\r\n\r\nabcd",
            AT_ONCE,
            "end of file before message length reached",
        ),
        (
            "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n",
            AT_ONCE,
            "unexpected EOF during chunk size line",
        ),
        (
            "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\nzz\r\n",
            AT_ONCE,
            "Invalid chunk size line",
        ),
        (
            "Content-Length: 10\r\n\r\nabcd",
            late,
            "no byte came for 1s",
        ),
        (
            "x-amz-checksum-crc32: AAAAAA==\r\nContent-Length: 4\r\n\r\nabcd",
            AT_ONCE,
            "its CRC32 checksum is 7YLNEQ==, not AAAAAA== as x-amz-checksum-crc32 says",
        ),
    ] {
        let folder = Folder::new("broken");
        let answer: &'static str = format!("HTTP/1.1 200 OK\r\n{answer}").leak();
        let ran = download(&folder, answer, open, "out");
        assert_eq!((ran.code, ran.stdout.as_str()), (255, ""), "{cause}");
        let start = "\nAn error occurred while reading from response stream: ";
        assert!(ran.stderr.starts_with(start), "{}", ran.stderr);
        assert!(ran.stderr.contains(cause), "{}", ran.stderr);
        assert!(
            ran.stderr.ends_with("; out is incomplete or damaged\n"),
            "{}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("streaming error"), "{}", ran.stderr);
        // The part that was received is kept, as by the AWS CLI.
        let kept = std::fs::read_to_string(folder.0.join("out")).expect("the file");
        assert_eq!(kept, "abcd", "{cause}");
        let ran = download(&folder, answer, open, "-");
        assert_eq!((ran.code, ran.stdout.as_str()), (255, "abcd"), "{cause}");
        assert!(
            ran.stderr.contains(cause) && !ran.stderr.contains("incomplete or damaged"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_complete_download_succeeds() {
    let folder = Folder::new("whole");
    for answer in [
        "HTTP/1.1 200 OK\r\nx-amz-checksum-crc32: 7YLNEQ==\r\nContent-Length: 4\r\n\r\nabcd",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nabcd",
    ] {
        let ran = download(&folder, answer, AT_ONCE, "out");
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        let kept = std::fs::read_to_string(folder.0.join("out")).expect("the file");
        assert_eq!(kept, "abcd");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_error_for_a_file_that_cannot_be_written_names_it() {
    let folder = Folder::new("unwritable");
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd";
    for (out, said) in [
        (
            "no/such/out",
            "[Errno 2] No such file or directory: 'no/such/out'",
        ),
        (".", "[Errno 21] Is a directory: '.'"),
        (
            "/dev/full",
            "[Errno 28] No space left on device: '/dev/full'",
        ),
    ] {
        let ran = download(&folder, answer, AT_ONCE, out);
        assert_eq!((ran.code, ran.stdout.as_str()), (255, ""));
        assert_eq!(ran.stderr, format!("\n{said}\n"));
    }
}
