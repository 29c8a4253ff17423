//! A command that uploads and downloads files by presigned URLs.

use swage_cli::{Cli, Command, CommandOption, Transfer};
use swage_client::operation::{
    Auth, Completion, Download, Operation, OperationRef, Service, Upload,
};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Member, Schema};

static SERVICE: Service = Service {
    id: "com.amazonaws.example#Files",
    sdk_id: "Files",
    version: "2026-11-01",
    protocol: rest_json::REST_JSON_1,
    auth: &[Auth::SigV4 { name: "files" }],
    endpoint_rules: "",
    endpoint_prefix: "files",
    xml_namespace: None,
    traits: &[],
};

static URL: Schema = Schema::string("example#Url", &[]).sensitive();
static START: Operation = Operation::new(
    "StartUpload",
    &SERVICE,
    &Schema::structure(
        "example#StartInput",
        &[
            Member::new("FileName", &schema::STRING).required(),
            Member::new("Size", &schema::LONG).required(),
            Member::new("ContentType", &schema::STRING).required(),
            Member::new("Owner", &schema::STRING).required(),
        ],
    ),
    &Schema::structure(
        "example#StartOutput",
        &[
            Member::new("Id", &schema::STRING),
            Member::new("Url", &URL),
            Member::new("Expiry", &schema::STRING),
        ],
    ),
)
.http("POST", "/start", 200);
static COMPLETE: Operation = Operation::new(
    "CompleteUpload",
    &SERVICE,
    &Schema::structure(
        "example#CompleteInput",
        &[Member::new("Id", &schema::STRING).required()],
    ),
    &Schema::structure(
        "example#CompleteOutput",
        &[Member::new("State", &schema::STRING)],
    ),
)
.http("POST", "/complete", 200);
static GET: Operation = Operation::new(
    "GetFile",
    &SERVICE,
    &Schema::structure(
        "example#GetInput",
        &[Member::new("Id", &schema::STRING).required()],
    ),
    &Schema::structure(
        "example#GetOutput",
        &[
            Member::new("Url", &URL),
            Member::new("Size", &schema::LONG),
            Member::new("Owner", &schema::STRING),
        ],
    ),
)
.http("POST", "/get", 200);
static UPLOAD: Upload = Upload {
    name: "UploadFile",
    start: OperationRef(&START),
    method: "PUT",
    url: "Url",
    headers: "",
    expiry: "Expiry",
    file_name: "FileName",
    file_size: "Size",
    media_type: "ContentType",
    completion: Some(Completion {
        operation: OperationRef(&COMPLETE),
        from_output: &[("Id", "Id")],
        from_input: &[],
    }),
};
static DOWNLOAD: Download = Download {
    name: "DownloadFile",
    start: OperationRef(&GET),
    url: "Url",
    expiry: "",
    file_size: "Size",
};

static CLI: Cli = Cli {
    name: "transfers",
    version: "0.0.0",
    service: &SERVICE,
    manual: "# com.amazonaws.example#StartUpload$transfer\np Uploads a file and completes the upload.\n",
    commands: &[
        Command::new("start-upload", &START, "Starts an upload."),
        Command::new("get-file", &GET, "Returns the URL of a file."),
        Command::new("upload-file", &START, "Uploads a file.")
            .options(&[CommandOption::new("FileName", "name")])
            .transfer(Transfer::Upload(&UPLOAD)),
        Command::new("download-file", &GET, "Downloads a file.")
            .transfer(Transfer::Download(&DOWNLOAD)),
    ],
};

fn main() -> std::process::ExitCode {
    swage_cli::main(&CLI)
}
