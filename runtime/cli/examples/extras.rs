//! A command that does more than call its operations: it encodes and decodes values, checks archives and writes files.

use swage_cli::{Cli, Command, CommandOption, Outfile, Pages, Shortcut};
use swage_client::operation::{Auth, Operation, Service, ServiceTrait};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Member, Schema, Trait};

static SERVICE: Service = Service {
    id: "example#Extras",
    sdk_id: "Extras",
    version: "2026-11-01",
    protocol: rest_json::REST_JSON_1,
    auth: &[Auth::SigV4 { name: "extras" }],
    endpoint_rules: "",
    endpoint_prefix: "extras",
    xml_namespace: None,
    traits: &[ServiceTrait::OtherCommands(&[("log-in", "`get-token`")])],
};

static ID: Schema = Schema::structure("example#Id", &[Member::new("Id", &schema::STRING)]);
static IDS: Schema = Schema::list("example#Ids", &[Member::new("member", &ID)]);
static CODE: Schema = Schema::structure(
    "example#Code",
    &[
        Member::new("Zip", &schema::BLOB).zip_file(),
        Member::new("Bucket", &schema::STRING),
    ],
);
static STORE: Schema = Schema::structure(
    "example#Store",
    &[
        Member::new("Script", &schema::STRING),
        Member::new("Archive", &schema::BLOB).zip_file(),
        Member::new("Ids", &IDS),
        Member::new("Code", &CODE),
        Member::new("Key", &schema::STRING).with(&[Trait::CustomerKey("KeyMD5")]),
        Member::new("KeyMD5", &schema::STRING),
    ],
);
static LIST_IN: Schema = Schema::structure(
    "example#ListIn",
    &[
        Member::new("Token", &schema::STRING),
        Member::new("Size", &schema::INTEGER),
        Member::new("Coding", &schema::STRING),
        Member::new("Owner", &schema::STRING),
        Member::new("Prefix", &schema::STRING),
    ],
);
static KEY: Schema = Schema::structure("example#Key", &[Member::new("Key", &schema::STRING)]);
static KEYS: Schema = Schema::list("example#Keys", &[Member::new("member", &KEY)]);
static LIST_OUT: Schema = Schema::structure(
    "example#ListOut",
    &[
        Member::new("Coding", &schema::STRING),
        Member::new("Next", &schema::STRING),
        Member::new("Keys", &KEYS),
    ],
);
static DEVICE: Schema = Schema::structure(
    "example#Device",
    &[
        Member::new("Serial", &schema::STRING),
        Member::new("Seed", &schema::BLOB),
        Member::new("Picture", &schema::BLOB),
    ],
);
static MAKE_OUT: Schema = Schema::structure(
    "example#MakeOut",
    &[
        Member::new("Device", &DEVICE),
        Member::new("Certificate", &schema::STRING),
    ],
);

const fn operation(
    name: &'static str,
    uri: &'static str,
    input: &'static Schema,
    output: &'static Schema,
) -> Operation {
    Operation {
        name,
        service: &SERVICE,
        input,
        output,
        errors: &[],
        method: "POST",
        uri,
        code: 200,
        host_prefix: "",
        auth: None,
        optional_auth: false,
        traits: &[],
    }
}

static OPERATION_STORE: Operation = operation("Store", "/store", &STORE, &schema::UNIT);
static OPERATION_LIST: Operation = operation("ListKeys", "/keys", &LIST_IN, &LIST_OUT);
static OPERATION_MAKE: Operation = operation("Make", "/device", &schema::UNIT, &MAKE_OUT);
static OPERATION_SIGN: Operation = operation("Sign", "/sign", &schema::UNIT, &MAKE_OUT);

static CLI: Cli = Cli {
    name: "extras",
    version: "1.2.3",
    service: &SERVICE,
    manual: "# example#Extras\np A service with extras.\n",
    commands: &[
        Command::new("store", &OPERATION_STORE, "Stores it.")
            .options(&[
                CommandOption::new("Script", "script").base64(),
                CommandOption::new("Ids", "ids").plain_values(),
            ])
            .shortcuts(&[Shortcut::new("code-zip", "The code.")
                .sets(&["Code.Zip"])
                .only("a zip file")]),
        Command::new("list-keys", &OPERATION_LIST, "Lists keys.")
            .percent_encoding("Coding", "url", &["Keys[].Key"])
            .pages(Pages {
                input_tokens: &["Token"],
                output_tokens: &["Next"],
                more_results: "",
                results: &["Keys"],
                non_aggregate: &[],
                page_size: "Size",
            })
            .page_size(100, &["Owner"]),
        Command::new("make", &OPERATION_MAKE, "Makes a device.").outfiles(&[Outfile::new(
            "outfile",
            "The file for what starts it.",
            &["Device.Picture", "Device.Seed"],
        )
        .choice("method", "What is written.", &["Picture", "Seed"])
        .required()
        .removes()]),
        Command::new("sign", &OPERATION_SIGN, "Signs it.").outfiles(&[Outfile::new(
            "certificate-outfile",
            "The file for the certificate.",
            &["Certificate"],
        )]),
    ],
};

fn main() -> std::process::ExitCode {
    swage_cli::main(&CLI)
}
