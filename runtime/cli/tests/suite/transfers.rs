//! Commands that transfer files.

use crate::support::{Folder, Ran, Server, finish, program};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;

/// A service whose URLs lead to the storage.
fn service(storage: &str, complete: (&str, &str)) -> Server {
    let start = format!(
        r#"{{"Id": "id-1", "Url": "{storage}/blob?sig=SECRET", "Expiry": "2099-01-01T00:00:00Z"}}"#
    );
    Server::new(&[("200 OK", &start), complete])
}

fn giving(storage: &str, size: usize) -> Server {
    let get = format!(r#"{{"Url": "{storage}/blob?sig=SECRET", "Size": {size}, "Owner": "me"}}"#);
    Server::new(&[("200 OK", &get)])
}

const DONE: (&str, &str) = ("200 OK", r#"{"State": "done"}"#);

fn run(folder: &Folder, service: &Server, words: &[&str]) -> Ran {
    let output = program("transfers", &folder.0)
        .args(words)
        .args(["--endpoint-url", &service.url])
        .output();
    let ran = finish(&output.expect("the example, which `cargo test` builds"));
    assert!(!ran.stderr.contains("SECRET"), "{}", ran.stderr);
    assert!(!ran.stdout.contains("SECRET"), "{}", ran.stdout);
    ran
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(&folder.0).expect("a folder").flatten();
    let mut names: Vec<_> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_uploaded_and_what_the_service_returned_is_shown() {
    let storage = Server::new(&[("200 OK", "")]);
    let service = service(&storage.url, DONE);
    let folder = Folder::new("upload");
    folder.write("cat.png", "meow");
    let ran = run(
        &folder,
        &service,
        &["upload-file", "--file", "cat.png", "--owner", "me"],
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(
        ran.stdout,
        "{\n    \"Id\": \"id-1\",\n    \"State\": \"done\"\n}\n"
    );
    let calls = service.requests();
    for part in [
        r#""FileName":"cat.png""#,
        r#""Size":4"#,
        r#""ContentType":"image/png""#,
        r#""Owner":"me""#,
    ] {
        assert!(calls[0].body.contains(part), "{}", calls[0].body);
    }
    assert_eq!(calls[1].body, r#"{"Id":"id-1"}"#);
    let sent = &storage.requests()[0];
    assert_eq!(
        (sent.line.as_str(), sent.body.as_str()),
        ("PUT /blob?sig=SECRET HTTP/1.1", "meow")
    );
    assert!(!sent.headers.to_lowercase().contains("authorization"));
}

#[test]
fn options_take_precedence_over_the_file() {
    let storage = Server::new(&[("200 OK", "")]);
    let service = service(&storage.url, DONE);
    let folder = Folder::new("options");
    folder.write("cat.png", "meow");
    let words = [
        "upload-file",
        "--name",
        "dog.txt",
        "--cli-input-json",
        r#"{"Owner": "json", "ContentType": "text/x"}"#,
        "--file",
        "fileb://cat.png",
        "--query",
        "Id",
    ];
    let ran = run(&folder, &service, &words);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "\"id-1\"\n"),
        "{}",
        ran.stderr
    );
    let call = &service.requests()[0].body;
    for part in [
        r#""FileName":"dog.txt""#,
        r#""ContentType":"text/x""#,
        r#""Owner":"json""#,
    ] {
        assert!(call.contains(part), "{call}");
    }
}

#[test]
fn the_file_is_required_and_must_exist() {
    let service = Server::new(&[DONE]);
    let folder = Folder::new("missing");
    let ran = run(&folder, &service, &["upload-file", "--owner", "me"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .ends_with("the following arguments are required: --file\n"),
        "{}",
        ran.stderr
    );
    let ran = run(
        &folder,
        &service,
        &["upload-file", "--cli-input-json", "{}"],
    );
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .ends_with("the following arguments are required: --file\n"),
        "{}",
        ran.stderr
    );
    let ran = run(
        &folder,
        &service,
        &["upload-file", "--owner", "me", "--file", "none"],
    );
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr,
        "\n[Errno 2] No such file or directory: 'none'\n"
    );
    let ran = run(
        &folder,
        &service,
        &["upload-file", "--owner", "me", "--file", "-"],
    );
    assert_eq!(ran.code, 255);
    assert!(
        ran.stderr.contains("--file needs the path of a file"),
        "{}",
        ran.stderr
    );
    assert_eq!(service.requests().len(), 0);
}

#[test]
fn a_skeleton_and_help_need_no_file() {
    let service = Server::new(&[DONE]);
    let folder = Folder::new("help");
    let ran = run(
        &folder,
        &service,
        &["upload-file", "--generate-cli-skeleton"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("\"Owner\": \"\""), "{}", ran.stdout);
    let help = run(&folder, &service, &["upload-file", "help"]).stdout;
    for part in [
        "Uploads a file and completes the upload.",
        "[--name <value>]",
        "--owner <value>",
        "--file <value>",
        "--file (string)",
        "Id -> (string)",
        "State -> (string)",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
    assert!(!help.contains("Url ->"), "{help}");
    let short = run(&folder, &service, &["download-file", "--help"]).stdout;
    assert!(short.contains("--output-file <value>"), "{short}");
    let listed = run(&folder, &service, &["help"]).stdout;
    assert!(
        listed.contains("download-file") && listed.contains("upload-file"),
        "{listed}"
    );
}

#[test]
fn errors_say_at_which_stage_the_upload_failed() {
    let folder = Folder::new("errors");
    folder.write("a.txt", "text");
    let words = ["upload-file", "--file", "a.txt", "--owner", "me"];
    let denied = (
        "400 Bad Request",
        r#"{"__type": "Denied", "message": "no"}"#,
    );
    let refusing = Server::new(&[denied]);
    let ran = run(&folder, &refusing, &words);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr,
        "\nAn error occurred (Denied) when calling the StartUpload operation: no\n"
    );
    let storage = Server::new(&[("404 Not Found", "")]);
    let ran = run(&folder, &service(&storage.url, DONE), &words);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr,
        "\nThe file wasn't sent: NotFound (status 404)\n"
    );
    let storage = Server::new(&[("200 OK", "")]);
    let ran = run(&folder, &service(&storage.url, denied), &words);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr,
        "\nThe file was sent, but: An error occurred (Denied) when calling the CompleteUpload operation: no\n"
    );
}

#[test]
fn a_file_is_downloaded() {
    let storage = Server::new(&[("200 OK", "meow")]);
    let folder = Folder::new("download");
    let words = ["download-file", "--id", "id-1", "--output-file", "cat.png"];
    let ran = run(&folder, &giving(&storage.url, 4), &words);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(
        ran.stdout,
        "{\n    \"Size\": 4,\n    \"Owner\": \"me\"\n}\n"
    );
    let written = std::fs::read_to_string(folder.0.join("cat.png")).expect("a file");
    assert_eq!(written, "meow");
    let ran = run(&folder, &giving(&storage.url, 5), &words);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr,
        "\nThe file wasn't received: it should have 5 bytes, but has 4\n"
    );
    assert_eq!(names(&folder), ["cat.png"]);
}

#[test]
fn commands_of_transfers_are_not_among_the_choices_of_the_aws_cli() {
    let folder = Folder::new("choices");
    let ran = run(&folder, &Server::new(&[DONE]), &["uplod"]);
    assert_eq!(ran.code, 2);
    assert!(!ran.stderr.contains("upload-file "), "{}", ran.stderr);
}

/// Interrupts a command once the storage has its connection and the test has done something with it.
fn interrupted(
    folder: &Folder,
    words: &[&str],
    service: impl FnOnce(&str) -> Server,
    act: impl FnOnce(&mut TcpStream),
) -> Ran {
    let storage = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", storage.local_addr().expect("an address"));
    let service = service(&url);
    let child = program("transfers", &folder.0)
        .args(words)
        .args(["--endpoint-url", &service.url])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example");
    let (mut stream, _) = storage.accept().expect("a request");
    stream.read_exact(&mut [0; 4]).expect("a request");
    act(&mut stream);
    std::thread::sleep(std::time::Duration::from_millis(200));
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(sent.is_ok_and(|status| status.success()));
    let ran = finish(&child.wait_with_output().expect("the example"));
    assert_eq!(service.requests().len(), 1, "nothing is completed");
    ran
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_half_done() {
    let folder = Folder::new("interrupted");
    let words = ["download-file", "--id", "1", "--output-file", "out/cat.png"];
    std::fs::create_dir(folder.0.join("out")).expect("a folder");
    let ran = interrupted(
        &folder,
        &words,
        |storage| giving(storage, 1_000_000),
        |stream| {
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
            stream.write_all(head.as_bytes()).expect("a response");
            stream.write_all(&vec![7; 100_000]).expect("a response");
        },
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (130, ""));
    let out = Folder(folder.0.join("out"));
    assert_eq!(names(&out), [""; 0]);

    folder.write("big", &"x".repeat(8_000_000));
    let words = ["upload-file", "--file", "big", "--owner", "me"];
    let ran = interrupted(&folder, &words, |storage| service(storage, DONE), |_| {});
    assert_eq!((ran.code, ran.stderr.as_str()), (130, ""));
}
