//! A real HTTP/1.1 server on loopback that responds with a test's bytes, and a small service to call.

use aws_credential_types::Credentials;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use swage_client::operation::{Auth, OperationTrait, Pagination};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Kind, Member, Schema};
use swage_client::{Any, Client, ClientBuilder, Failure, Metadata, Operation, Record, Service};

/// A request as received.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// The first line.
    pub line: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// The body as received.
    pub bytes: Vec<u8>,
    /// The index of the connection, from 0.
    #[cfg_attr(
        not(feature = "tls"),
        expect(dead_code, reason = "only tests with TLS read it")
    )]
    pub connection: usize,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The server's reaction to a request.
#[derive(Clone)]
pub(crate) enum Answer {
    /// Writes these bytes.
    Bytes(Vec<u8>),
    /// Writes these bytes and closes the connection.
    Last(Vec<u8>),
    /// Closes the connection.
    Close,
    /// Writes these bytes, and then nothing for a long time.
    Stall(Vec<u8>),
    /// Writes the first bytes, and then repeats the second ones.
    Endless(Vec<u8>, Vec<u8>),
}

pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut text = format!(
        "HTTP/1.1 {status} Some Reason\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    Answer::Bytes(format!("{text}\r\n{body}").into_bytes())
}

pub(crate) fn ok() -> Answer {
    reply(
        200,
        &[("x-amzn-RequestId", "id-1")],
        r#"{"Result": "done"}"#,
    )
}

pub(crate) struct Server {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// A server that gives these responses in turn and repeats the last one.
    pub(crate) fn new(answers: Vec<Answer>) -> Self {
        let next = AtomicUsize::new(0);
        Self::with(move |_| {
            let index = next.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
            answers[index].clone()
        })
    }

    pub(crate) fn with(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (seen.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().flatten().enumerate() {
                let (log, answer) = (log.clone(), answer.clone());
                std::thread::spawn(move || serve(stream, number, &log, answer.as_ref()));
            }
        });
        Self { address, seen }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.seen.lock().expect("not poisoned").clone()
    }

    pub(crate) fn request(&self) -> Request {
        self.requests().pop().expect("a request")
    }
}

fn serve(
    stream: TcpStream,
    number: usize,
    log: &Mutex<Vec<Request>>,
    answer: &dyn Fn(&Request) -> Answer,
) {
    let mut reader = BufReader::new(stream.try_clone().expect("a handle"));
    let mut stream = stream;
    while let Some(request) = read_request(&mut reader, number) {
        let answer = answer(&request);
        log.lock().expect("not poisoned").push(request);
        match answer {
            Answer::Bytes(bytes) if stream.write_all(&bytes).is_ok() => {}
            Answer::Last(bytes) => {
                let _ = stream.write_all(&bytes);
                return;
            }
            Answer::Stall(bytes) => {
                let _ = stream.write_all(&bytes);
                std::thread::sleep(Duration::from_secs(20));
                return;
            }
            Answer::Endless(start, piece) => {
                let _ = stream.write_all(&start);
                while stream.write_all(&piece).is_ok() {}
                return;
            }
            Answer::Bytes(_) | Answer::Close => return,
        }
    }
}

pub(crate) fn read_request(reader: &mut impl BufRead, connection: usize) -> Option<Request> {
    let mut request = Request {
        connection,
        ..Request::default()
    };
    reader
        .read_line(&mut request.line)
        .ok()
        .filter(|length| *length > 0)?;
    request.line.truncate(request.line.trim_end().len());
    loop {
        let mut line = Vec::new();
        reader
            .read_until(b'\n', &mut line)
            .ok()
            .filter(|length| *length > 0)?;
        let line = String::from_utf8_lossy(&line)
            .trim_end_matches(['\r', '\n'])
            .to_owned();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        request.headers.push((
            name.to_ascii_lowercase(),
            value.strip_prefix(' ').unwrap_or(value).to_owned(),
        ));
    }
    if request.header("transfer-encoding") == Some("chunked") {
        request.bytes = read_chunks(reader)?;
        request.body = String::from_utf8_lossy(&request.bytes).into_owned();
        return Some(request);
    }
    let length = request
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    request.bytes = body;
    Some(request)
}

fn read_chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut chunk = vec![0; usize::from_str_radix(line.trim_end(), 16).ok()? + 2];
        reader.read_exact(&mut chunk).ok()?;
        if chunk.len() == 2 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..chunk.len() - 2]);
    }
}

static SECRET: Schema = Schema::simple("test#Secret", Kind::String).sensitive();
static STREAM: Schema = Schema::simple("test#Stream", Kind::Blob).streaming();

static INPUT: Schema = Schema::structure(
    "test#PutThingInput",
    &[
        Member::new("Id", &schema::STRING).label().required(),
        Member::new("Token", &schema::STRING).idempotency_token(),
        Member::new("Name", &schema::STRING),
        Member::new("Bearer", &SECRET).header(&"X-Amz-Bearer"),
    ],
);
static OUTPUT: Schema = Schema::structure(
    "test#PutThingOutput",
    &[Member::new("Result", &schema::STRING)],
);
static UPLOAD: Schema = Schema::structure(
    "test#UploadInput",
    &[Member::new("Data", &STREAM).payload()],
);
static DOWNLOAD: Schema = Schema::structure(
    "test#DownloadOutput",
    &[Member::new("Data", &STREAM).payload()],
);
static NAMES: Schema = Schema::list("test#Names", &[Member::new("member", &schema::STRING)]);
static LIST: Schema = Schema::structure(
    "test#ListInput",
    &[
        Member::new("NextToken", &schema::STRING),
        Member::new("MaxResults", &schema::INTEGER),
    ],
);
static PAGE: Schema = Schema::structure(
    "test#ListOutput",
    &[
        Member::new("NextToken", &schema::STRING),
        Member::new("Names", &NAMES),
    ],
);

pub(crate) static SERVICE: Service = Service {
    id: "test#Things",
    sdk_id: "Test Things",
    version: "2026-01-01",
    protocol: rest_json::REST_JSON_1,
    auth: &[Auth::SigV4 { name: "things" }],
    endpoint_rules: "",
    endpoint_prefix: "things",
    xml_namespace: None,
    traits: &[],
};
pub(crate) static PUT: Operation = Operation {
    name: "PutThing",
    service: &SERVICE,
    input: &INPUT,
    output: &OUTPUT,
    errors: &[],
    method: "POST",
    uri: "/things/{Id}",
    code: 200,
    host_prefix: "",
    auth: None,
    optional_auth: true,
    traits: &[],
};
pub(crate) static SIGNED: Operation = Operation {
    name: "PutSigned",
    optional_auth: false,
    ..PUT
};
pub(crate) static UPLOADS: Operation = Operation {
    name: "Upload",
    input: &UPLOAD,
    uri: "/upload",
    method: "PUT",
    ..PUT
};
pub(crate) static DOWNLOADS: Operation = Operation {
    name: "Download",
    input: &schema::UNIT,
    output: &DOWNLOAD,
    uri: "/download",
    method: "GET",
    ..PUT
};
pub(crate) static LISTS: Operation = Operation {
    name: "List",
    input: &LIST,
    output: &PAGE,
    uri: "/list",
    traits: &[OperationTrait::Paginated(Pagination {
        input_token: "NextToken",
        output_token: "NextToken",
        more_results: "",
        items: "Names",
        page_size: "MaxResults",
    })],
    ..PUT
};

/// A client's settings, without delays between attempts and without a proxy.
pub(crate) fn builder() -> ClientBuilder<Client> {
    Client::builder(&SERVICE)
        .region("us-east-1")
        .no_proxy()
        .retry_config(
            swage_client::RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)),
        )
}

pub(crate) fn client(server: &Server) -> Client {
    builder()
        .endpoint_url(server.url())
        .build()
        .expect("good settings")
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new(
        "AKIDEXAMPLE",
        "a-secret-key",
        Some("a-session-token".to_owned()),
        None,
        "test",
    )
}

/// The input of [`PUT`].
pub(crate) fn thing() -> Record {
    let mut input = Record::new(&INPUT);
    input.set(0, Any::String("a b/c".to_owned()));
    input.set(2, Any::String("cat.png".to_owned()));
    input.set(3, Any::String("hush-hush".to_owned()));
    input
}

/// Calls an operation and returns its output.
pub(crate) async fn call(
    client: &Client,
    operation: &'static Operation,
    mut input: Record,
) -> Result<(Metadata, Record), Failure> {
    let mut output = Record::new(operation.output);
    let metadata = client.call(operation, &mut input, &mut output).await?;
    Ok((metadata, output))
}

pub(crate) async fn put(client: &Client) -> Result<(Metadata, Record), Failure> {
    call(client, &PUT, thing()).await
}
