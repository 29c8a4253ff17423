//! A command for a service with all kinds of shapes, which the tests of this crate run.

use swage_cli::{Cli, Command, CommandOption, Move, Pages, Shortcut};
use swage_client::operation::{
    Acceptor, Auth, Comparator, HttpChecksum, Matcher, Operation, OperationTrait, Pagination,
    Service, Waiter, WaiterState,
};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Kind, Member, Schema, Trait};

static SERVICE: Service = Service {
    id: "example#Everything",
    sdk_id: "Every Thing",
    version: "2026-11-01",
    protocol: rest_json::REST_JSON_1,
    auth: &[Auth::SigV4 { name: "everything" }, Auth::Bearer],
    endpoint_rules: "",
    endpoint_prefix: "everything",
    xml_namespace: None,
    traits: &[],
};

static NAME: Schema =
    Schema::simple("example#Name", Kind::String).with(&[Trait::Length(Some(2), Some(8))]);
static SECRET: Schema = Schema::simple("example#Secret", Kind::String)
    .with(&[Trait::Length(Some(2), None)])
    .sensitive();
static PORT: Schema =
    Schema::simple("example#Port", Kind::Integer).with(&[Trait::Range(Some(1.0), None)]);
static COLOR: Schema =
    Schema::simple("example#Color", Kind::Enum).with(&[Trait::EnumValues(&["RED", "GREEN"])]);
static LEVEL: Schema =
    Schema::simple("example#Level", Kind::IntEnum).with(&[Trait::IntEnumValues(&[3, 5])]);
static NAMES: Schema = Schema::list("example#Names", &[Member::new("member", &NAME)]);
static NUMBERS: Schema = Schema::list(
    "example#Numbers",
    &[Member::new("member", &schema::INTEGER)],
);
static GAPS: Schema =
    Schema::list("example#Gaps", &[Member::new("member", &schema::STRING)]).sparse();
static RULES: Schema = Schema::list("example#Rules", &[Member::new("member", &RULE)]);
static TAGS: Schema = Schema::map(
    "example#Tags",
    &[
        Member::new("key", &NAME),
        Member::new("value", &schema::STRING),
    ],
);
static RULE: Schema = Schema::structure(
    "example#Rule",
    &[
        Member::new("Name", &NAME).required(),
        Member::new("Port", &PORT),
        Member::new("On", &schema::BOOLEAN),
        Member::new("Weight", &schema::DOUBLE),
        Member::new("Tags", &TAGS),
        Member::new("Names", &NAMES),
        Member::new("Then", &RULES),
        Member::new("Extra", &schema::DOCUMENT),
    ],
);
static TARGET: Schema = Schema::union(
    "example#Target",
    &[
        Member::new("Host", &schema::STRING),
        Member::new("Port", &schema::INTEGER),
        Member::new("Rule", &RULE),
    ],
);
static WRAPPED: Schema =
    Schema::structure("example#Wrapped", &[Member::new("Value", &schema::STRING)]);

/// All kinds of members. The output has the same members.
static ECHO: Schema = Schema::structure(
    "example#Echo",
    &[
        Member::new("Name", &NAME).required(),
        Member::new("Secret", &SECRET),
        Member::new("Flag", &schema::BOOLEAN),
        Member::new("Byte", &schema::BYTE),
        Member::new("Count", &PORT),
        Member::new("Long", &schema::LONG),
        Member::new("Float", &schema::FLOAT),
        Member::new("Blob", &schema::BLOB),
        Member::new("When", &schema::TIMESTAMP),
        Member::new("Color", &COLOR),
        Member::new("Level", &LEVEL),
        Member::new("Names", &NAMES),
        Member::new("Numbers", &NUMBERS),
        Member::new("Gaps", &GAPS),
        Member::new("Rule", &RULE),
        Member::new("Rules", &RULES),
        Member::new("Tags", &TAGS),
        Member::new("Target", &TARGET),
        Member::new("Wrapped", &WRAPPED),
        Member::new("Document", &schema::DOCUMENT),
        Member::new("Token", &schema::STRING).idempotency_token(),
    ],
);
static POWER: Schema =
    Schema::structure("example#Power", &[Member::new("Value", &schema::BOOLEAN)]);

/// Members whose options have names of their own.
static SWITCH: Schema = Schema::structure(
    "example#Switch",
    &[
        Member::new("Code1", &schema::STRING).required(),
        Member::new("Power", &POWER),
        Member::new("NoSound", &schema::BOOLEAN),
        Member::new("Numbers", &NUMBERS),
        Member::new("Old", &schema::STRING),
    ],
);
static PICTURE: Schema = Schema::structure(
    "example#Picture",
    &[
        Member::new("Bytes", &schema::BLOB),
        Member::new("Name", &schema::STRING),
    ],
);
/// Members that shortcuts fill.
static FILL: Schema = Schema::structure(
    "example#Fill",
    &[
        Member::new("Picture", &PICTURE).required(),
        Member::new("Min", &schema::INTEGER).required(),
        Member::new("Max", &schema::INTEGER).required(),
        Member::new("Rules", &RULES),
        Member::new("Names", &NAMES),
        Member::new("Where", &schema::STRING),
        Member::new("Size", &schema::INTEGER),
        Member::new("Id", &schema::STRING),
        Member::new("OtherId", &schema::STRING),
    ],
);
static LIST_IN: Schema = Schema::structure(
    "example#ListIn",
    &[
        Member::new("NextToken", &schema::STRING),
        Member::new("Limit", &schema::INTEGER),
    ],
);
static THINGS: Schema = Schema::list("example#Things", &[Member::new("member", &schema::STRING)]);
static PAGE: Schema = Schema::structure("example#Page", &[Member::new("Things", &THINGS)]);
static LIST_OUT: Schema = Schema::structure(
    "example#ListOut",
    &[
        Member::new("Page", &PAGE),
        Member::new("NextToken", &schema::STRING),
    ],
);
static PARTS_IN: Schema = Schema::structure(
    "example#PartsIn",
    &[
        Member::new("KeyMarker", &KEY),
        Member::new("IdMarker", &schema::STRING),
        Member::new("MaxItems", &schema::INTEGER),
    ],
);
static KEY: Schema = Schema::structure("example#Key", &[Member::new("Id", &schema::BLOB)]);
static PART: Schema = Schema::structure("example#Part", &[Member::new("Key", &KEY)]);
static PARTS: Schema = Schema::list("example#Parts", &[Member::new("member", &PART)]);
static OWNER: Schema = Schema::structure("example#Owner", &[Member::new("Name", &schema::STRING)]);
static PARTS_OUT: Schema = Schema::structure(
    "example#PartsOut",
    &[
        Member::new("More", &schema::BOOLEAN),
        Member::new("NextId", &schema::STRING),
        Member::new("Owner", &OWNER),
        Member::new("Bucket", &schema::STRING),
        Member::new("Parts", &PARTS),
        Member::new("Prefixes", &THINGS),
        Member::new("Count", &schema::INTEGER),
    ],
);
static ROWS_IN: Schema = Schema::structure(
    "example#RowsIn",
    &[
        Member::new("StartingToken", &schema::STRING),
        Member::new("PageSize", &schema::INTEGER),
    ],
);
static ROWS_OUT: Schema = Schema::structure(
    "example#RowsOut",
    &[
        Member::new("Rows", &THINGS),
        Member::new("Token", &schema::STRING),
        Member::new("IsTruncated", &schema::BOOLEAN),
    ],
);
static STREAM: Schema = Schema::simple("example#Stream", Kind::Blob).streaming();
static UPLOAD: Schema = Schema::structure(
    "example#Upload",
    &[
        Member::new("Key", &schema::STRING).required().label(),
        Member::new("Body", &STREAM).payload(),
    ],
);
static DOWNLOAD_IN: Schema = Schema::structure(
    "example#DownloadIn",
    &[
        Member::new("Key", &schema::STRING).required().label(),
        Member::new("Mode", &schema::STRING).header(&"x-amz-checksum-mode"),
    ],
);
static DOWNLOAD_OUT: Schema = Schema::structure(
    "example#DownloadOut",
    &[
        Member::new("Kind", &schema::STRING).header(&"x-kind"),
        Member::new("Body", &STREAM).payload(),
    ],
);
static STORE_NOTE: Schema = Schema::structure(
    "example#StoreNote",
    &[
        Member::new("Text", &schema::STRING),
        Member::new("Algorithm", &schema::STRING).header(&"x-amz-sdk-checksum-algorithm"),
    ],
);
static GONE: Schema = Schema::structure("example#Gone", &[]).with(&[Trait::ClientError(false)]);
static ERRORS: &[&Schema] = &[&GONE];
static STATE: Schema = Schema::structure("example#State", &[Member::new("State", &schema::STRING)]);

const fn operation(
    name: &'static str,
    method: &'static str,
    uri: &'static str,
    input: &'static Schema,
    output: &'static Schema,
    traits: &'static [OperationTrait],
) -> Operation {
    Operation {
        name,
        service: &SERVICE,
        input,
        output,
        errors: ERRORS,
        method,
        uri,
        code: 200,
        host_prefix: "",
        auth: None,
        optional_auth: false,
        traits,
    }
}

static OPERATION_ECHO: Operation = operation("Echo", "POST", "/echo", &ECHO, &ECHO, &[]);
static OPERATION_LIST: Operation = operation(
    "ListThings",
    "POST",
    "/list",
    &LIST_IN,
    &LIST_OUT,
    &[OperationTrait::Paginated(Pagination {
        input_token: "NextToken",
        output_token: "NextToken",
        more_results: "",
        items: "Page.Things",
        page_size: "Limit",
    })],
);
static OPERATION_PARTS: Operation =
    operation("ListParts", "POST", "/parts", &PARTS_IN, &PARTS_OUT, &[]);
/// An operation with members that are named like options for pages.
static OPERATION_ROWS: Operation = operation(
    "ListRows",
    "POST",
    "/rows",
    &ROWS_IN,
    &ROWS_OUT,
    &[OperationTrait::Paginated(Pagination {
        input_token: "StartingToken",
        output_token: "Token",
        more_results: "IsTruncated",
        items: "Rows",
        page_size: "PageSize",
    })],
);
static OPERATION_UPLOAD: Operation = operation(
    "Upload",
    "PUT",
    "/object/{Key}",
    &UPLOAD,
    &schema::UNIT,
    &[OperationTrait::NoContentType],
);
static OPERATION_DOWNLOAD: Operation = operation(
    "Download",
    "GET",
    "/object/{Key}",
    &DOWNLOAD_IN,
    &DOWNLOAD_OUT,
    &[OperationTrait::HttpChecksum(HttpChecksum {
        request_algorithm_member: "",
        request_checksum_required: false,
        request_validation_mode_member: "Mode",
        response_algorithms: &["CRC32"],
    })],
);
/// An operation for the settings that have no option.
static OPERATION_STORE_NOTE: Operation = Operation {
    host_prefix: "note.",
    auth: Some(&[
        Auth::SigV4 { name: "everything" },
        Auth::SigV4a { name: "everything" },
    ]),
    ..operation(
        "StoreNote",
        "POST",
        "/note",
        &STORE_NOTE,
        &schema::UNIT,
        &[
            OperationTrait::HttpChecksum(HttpChecksum {
                request_algorithm_member: "Algorithm",
                request_checksum_required: false,
                request_validation_mode_member: "",
                response_algorithms: &["CRC32"],
            }),
            OperationTrait::RequestCompression(&["gzip"]),
        ],
    )
};
static OPERATION_SWITCH: Operation =
    operation("Switch", "POST", "/switch", &SWITCH, &schema::UNIT, &[]);
static OPERATION_FILL: Operation = operation("Fill", "POST", "/fill", &FILL, &schema::UNIT, &[]);
static READY: Waiter = Waiter {
    name: "ThingReady",
    min_delay: 0,
    max_delay: 0,
    acceptors: &[
        Acceptor::new(
            WaiterState::Success,
            Matcher::Output("State", "READY", Comparator::StringEquals),
        ),
        Acceptor::new(
            WaiterState::Failure,
            Matcher::Output("State", "BROKEN", Comparator::StringEquals),
        ),
    ],
};
static OPERATION_STATE: Operation = Operation {
    optional_auth: true,
    ..operation(
        "DescribeThing",
        "GET",
        "/state",
        &schema::UNIT,
        &STATE,
        &[OperationTrait::Waitable(&READY)],
    )
};

static CLI: Cli = Cli {
    name: "everything",
    version: "1.2.3",
    service: &SERVICE,
    manual: include_str!("everything.txt"),
    commands: &[
        Command::new("echo", &OPERATION_ECHO, "Gives back what it gets."),
        Command::new("list-things", &OPERATION_LIST, "Lists things."),
        Command::new("list-parts", &OPERATION_PARTS, "Lists parts.").pages(Pages {
            input_tokens: &["KeyMarker", "IdMarker"],
            output_tokens: &["Parts[-1].Key", "NextId"],
            more_results: "More",
            results: &["Parts", "Prefixes", "Count"],
            non_aggregate: &["Bucket", "Owner.Name"],
            page_size: "MaxItems",
        }),
        Command::new("list-rows", &OPERATION_ROWS, "Lists rows."),
        Command::new("upload", &OPERATION_UPLOAD, "Stores an object."),
        Command::new("download", &OPERATION_DOWNLOAD, "Gives an object."),
        Command::new("store-note", &OPERATION_STORE_NOTE, "Stores a note.").hidden(),
        Command::new(
            "describe-thing",
            &OPERATION_STATE,
            "Tells the state of a thing.",
        ),
        Command::new("fill", &OPERATION_FILL, "Fills it.")
            .hidden()
            .options(&[
                CommandOption::new("Min", "min").hidden(),
                CommandOption::new("Max", "max").hidden(),
            ])
            .shortcuts(&[
                Shortcut::new("picture-bytes", "The picture itself.").sets(&["Picture.Bytes"]),
                Shortcut::new("count", "How many.")
                    .sets(&["Min", "Max"])
                    .separator(":")
                    .expected("of form min[:max]")
                    .or("1"),
                Shortcut::new("port", "A port.")
                    .sets(&["Rules[0].Port", "Rules[0].Weight"])
                    .separator("-")
                    .values(&[("all", "65535")]),
                Shortcut::new("source", "The name of a rule or a picture.")
                    .sets(&["Rules[0].Name"])
                    .prefixes(&[("pic-", "Picture.Name")]),
                Shortcut::new("rule-names", "Names of a rule.").sets(&["Rules[0].Names"]),
                Shortcut::new("red", "The reds.").with(&[("Names", &["rose", "wine"])]),
                Shortcut::new("blue", "The blues.").with(&[("Names", &["sky"])]),
                Shortcut::new("ports", "A rule for each port.")
                    .sets(&["Rules[].Port"])
                    .with(&[("Rules[].On", &["true"]), ("Rules[].Name", &["port"])])
                    .counts(&["Size"])
                    .excludes(&["Rules"]),
                Shortcut::new("weights", "Names and weights of rules.")
                    .sets(&["Rules[].Name", "Rules[].Weight"])
                    .separator("=")
                    .delimiter(","),
                Shortcut::new("at", "Where it is.")
                    .sets(&["Where"])
                    .cases(&[
                        (".local", &[("Names", &["near"])]),
                        ("", &[("Names", &["far", "away"])]),
                    ])
                    .ids(&["Id", "OtherId"]),
            ])
            .moves(
                &["Rules[0].On"],
                &[
                    Move::new("Where", "Rules[0].Name"),
                    Move::new("Size", "Rules[].Port").with(&[("Rules[].Name", &["size"])]),
                ],
            ),
        Command::new("switch-it", &OPERATION_SWITCH, "Switches it.")
            .aliases(&["sw-itch"])
            .hidden()
            .options(&[
                CommandOption::new("Code1", "code1").aliases(&["code-1"]),
                CommandOption::new("Power", "power").flag(),
                CommandOption::new("NoSound", "no-sound").off("sound"),
                CommandOption::new("Numbers", "numbers").aliases(&["num-bers"]),
                CommandOption::new("Old", "old").hidden(),
            ]),
    ],
};

fn main() -> std::process::ExitCode {
    swage_cli::main(&CLI)
}
