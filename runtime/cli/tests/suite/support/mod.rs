//! Runs the example command against a server on loopback.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A response of STS to `AssumeRole`.
pub(crate) const ROLE: &str = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>\
                               <Credentials><AccessKeyId>THEIRS</AccessKeyId><SecretAccessKey>S</SecretAccessKey>\
                               <SessionToken>st</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>\
                               <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn>\
                               <AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>";

/// The result of a command.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A temporary folder, which is removed when dropped.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("swage-cli-{}-{number}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// The example, in an environment with nothing but credentials and region.
pub(crate) fn command(folder: &Path) -> Command {
    program("everything", folder)
}

/// An example by name, in the same environment.
pub(crate) fn program(name: &str, folder: &Path) -> Command {
    let tests = std::env::current_exe().expect("this test");
    let target = tests
        .parent()
        .and_then(Path::parent)
        .expect("target folder");
    let mut command = Command::new(target.join("examples").join(name));
    command.env_clear().current_dir(folder).env("HOME", folder);
    command
        .env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", "hidden");
    command
        .env("AWS_DEFAULT_REGION", "us-west-2")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

pub(crate) fn finish(output: &Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs the example with these arguments.
pub(crate) fn run(words: &[&str]) -> Ran {
    run_in(&Folder::new("none").0, words)
}

/// Runs the example with these variables set, or removed if they have no value.
pub(crate) fn run_with(folder: &Folder, variables: &[(&str, Option<&str>)], words: &[&str]) -> Ran {
    let mut command = command(&folder.0);
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    finish(&command.args(words).output().expect("the example"))
}

pub(crate) fn run_in(folder: &Path, words: &[&str]) -> Ran {
    std::fs::create_dir_all(folder).expect("a folder");
    finish(
        &command(folder)
            .args(words)
            .output()
            .expect("the example, which `cargo test` builds"),
    )
}

/// A request as received.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) headers: String,
    pub(crate) body: String,
}

/// A server that answers the n-th request with the n-th response, and repeats the last one.
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// The responses: status line with headers, and body.
    pub(crate) fn new(responses: &[(&str, &str)]) -> Self {
        Self::start(responses, None)
    }

    /// A server with TLS, and its certificate for 127.0.0.1.
    pub(crate) fn secure(responses: &[(&str, &str)]) -> (Self, String) {
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]);
        let made = made.expect("a certificate");
        let key = made.signing_key.serialize_der();
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![made.cert.der().clone()],
                rustls::pki_types::PrivatePkcs8KeyDer::from(key).into(),
            )
            .expect("a certificate with its key");
        (Self::start(responses, Some(config)), made.cert.pem())
    }

    fn start(responses: &[(&str, &str)], tls: Option<rustls::ServerConfig>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let address = listener.local_addr().expect("an address");
        let url = format!("{scheme}://{address}");
        let tls = tls.map(Arc::new);
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let responses: Vec<_> = responses
            .iter()
            .map(|(head, body)| ((*head).to_owned(), (*body).to_owned()))
            .collect();
        let seen = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Some(config) = &tls else {
                    serve(stream, &responses, &seen);
                    continue;
                };
                let session = rustls::ServerConnection::new(Arc::clone(config)).expect("TLS");
                serve(rustls::StreamOwned::new(session, stream), &responses, &seen);
            }
        });
        Self { url, requests }
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("the requests").clone()
    }

    /// Runs the example against the server.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        self.run_in(
            &Folder::new(self.url.rsplit(':').next().unwrap_or_default()).0,
            words,
        )
    }

    pub(crate) fn run_in(&self, folder: &Path, words: &[&str]) -> Ran {
        run_in(folder, &[words, &["--endpoint-url", &self.url]].concat())
    }
}

/// Answers one request, then closes the connection.
fn serve(stream: impl Read + Write, responses: &[(String, String)], seen: &Mutex<Vec<Request>>) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    if !reader.read_line(&mut line).is_ok_and(|length| length > 0) {
        return;
    }
    let mut headers = String::new();
    while !headers.ends_with("\r\n\r\n") && reader.read_line(&mut headers).is_ok_and(|n| n > 0) {
        if headers == "\r\n" {
            break;
        }
    }
    let length = headers.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length: ")?
            .parse()
            .ok()
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok();
    let request = Request {
        line: line.trim().to_owned(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let number = {
        let mut seen = seen.lock().expect("the requests");
        seen.push(request);
        seen.len() - 1
    };
    let (head, body) = responses
        .get(number)
        .or(responses.last())
        .expect("a response");
    write!(
        reader.get_mut(),
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok();
}
