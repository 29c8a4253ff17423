//! Transfers of files: a service and a storage on loopback, and everything that can go wrong between them and a disk.

mod downloads;
mod storage;
mod uploads;

use aws_credential_types::Credentials;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use storage::Storage;
use swage_client::operation::{
    Auth, Completion, Download, Operation, OperationRef, Service, Upload,
};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Member, Schema};
use swage_client::transfer::TransferError;
use swage_client::{Any, Client, Record, RetryConfig};
use tempfile::TempDir;

static SERVICE: Service = Service {
    id: "example#Chat",
    sdk_id: "Chat",
    version: "2026-01-01",
    protocol: rest_json::REST_JSON_1,
    auth: &[Auth::SigV4 { name: "chat" }],
    endpoint_rules: "",
    endpoint_prefix: "chat",
    xml_namespace: None,
    traits: &[],
};

static URL: Schema = Schema::string("example#Url", &[]).sensitive();
static FIELDS: Schema = Schema::map(
    "example#Fields",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
)
.sensitive();
static PLACE: Schema = Schema::structure(
    "example#Place",
    &[
        Member::new("Url", &URL),
        Member::new("Expiry", &schema::STRING),
        Member::new("Fields", &FIELDS),
    ],
);
static START_INPUT: Schema = Schema::structure(
    "example#StartInput",
    &[
        Member::new("Name", &schema::STRING).required(),
        Member::new("Bytes", &schema::LONG).required(),
        Member::new("Kind", &schema::STRING).required(),
        Member::new("Token", &schema::STRING).idempotency_token(),
        Member::new("Chat", &schema::STRING),
    ],
);
static START_OUTPUT: Schema = Schema::structure(
    "example#StartOutput",
    &[
        Member::new("Id", &schema::STRING),
        Member::new("Place", &PLACE),
    ],
);
static IDS: Schema = Schema::list("example#Ids", &[Member::new("member", &schema::STRING)]);
static COMPLETE_INPUT: Schema = Schema::structure(
    "example#CompleteInput",
    &[
        Member::new("Ids", &IDS).required(),
        Member::new("Chat", &schema::STRING),
    ],
);
static COMPLETE_OUTPUT: Schema = Schema::structure(
    "example#CompleteOutput",
    &[Member::new("Done", &schema::BOOLEAN)],
);
static GET_INPUT: Schema =
    Schema::structure("example#GetInput", &[Member::new("Id", &schema::STRING)]);
static GET_OUTPUT: Schema = Schema::structure(
    "example#GetOutput",
    &[
        Member::new("Url", &URL),
        Member::new("Expiry", &schema::STRING),
        Member::new("Size", &schema::LONG),
    ],
);
static START: Operation =
    Operation::new("Start", &SERVICE, &START_INPUT, &START_OUTPUT).http("POST", "/start", 200);
static COMPLETE: Operation =
    Operation::new("Complete", &SERVICE, &COMPLETE_INPUT, &COMPLETE_OUTPUT).http(
        "POST",
        "/complete",
        200,
    );
static GET: Operation =
    Operation::new("Get", &SERVICE, &GET_INPUT, &GET_OUTPUT).http("POST", "/get", 200);
static UPLOAD: Upload = Upload {
    name: "UploadFile",
    start: OperationRef(&START),
    method: "PUT",
    url: "Place.Url",
    headers: "Place.Fields",
    expiry: "Place.Expiry",
    file_name: "Name",
    file_size: "Bytes",
    media_type: "Kind",
    completion: Some(Completion {
        operation: OperationRef(&COMPLETE),
        from_output: &[("Ids", "Id")],
        from_input: &[("Chat", "Chat")],
    }),
};
static DOWNLOAD: Download = Download {
    name: "DownloadFile",
    start: OperationRef(&GET),
    url: "Url",
    expiry: "Expiry",
    file_size: "Size",
};

/// A client that tries three times, without pauses.
fn client(storage: &Storage) -> Client {
    let retries = RetryConfig::standard()
        .with_max_attempts(3)
        .with_initial_backoff(Duration::from_millis(1));
    Client::builder::<Client>(&SERVICE)
        .region("us-east-1")
        .endpoint_url(&storage.url)
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "a-key", None, None, "test"))
        .retry_config(retries)
        .read_timeout(Duration::from_millis(300))
        .build()
        .expect("settings")
}

/// A folder with a file.
struct Folder {
    folder: TempDir,
    path: PathBuf,
}

impl Folder {
    fn new(name: &str, content: &[u8]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, content).expect("a file");
        Self { folder, path }
    }

    /// The names of the files in it.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<_> = entries
            .map(|entry| name(entry).into_string().expect("UTF-8"))
            .collect();
        names.sort();
        names
    }
}

fn text(of: &Record, name: &str) -> Option<String> {
    let (index, _) = of.schema().member(name)?;
    match of.get(index)? {
        Any::String(text) | Any::Number(text) => Some(text.clone()),
        _ => None,
    }
}

fn set(record: &mut Record, name: &str, value: &str) {
    let (index, _) = record.schema().member(name).expect("a member");
    record.set(index, Any::String(value.to_owned()));
}

/// Checks that neither form of an error has a secret.
fn said(error: &TransferError) -> String {
    for text in [error.to_string(), format!("{error:?}")] {
        for secret in ["SECRET", "/blob", "sig="] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    error.to_string()
}

fn content(length: usize) -> Vec<u8> {
    (0..251).cycle().take(length).collect()
}

fn exists(path: &Path) -> bool {
    path.try_exists().expect("known")
}
