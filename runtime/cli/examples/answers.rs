//! A command for tests of responses. The variable `ANSWERS_PROTOCOL` selects its protocol.

use std::process::ExitCode;
use swage_cli::{Cli, Command};
use swage_client::operation::{Auth, Operation, OperationTrait, Protocol, Service, ServiceTrait};
use swage_client::protocol;
use swage_client::schema::{self, Member, Schema, Trait, UNIT};

const fn service(protocol: Protocol) -> Service {
    Service {
        id: "example#Answers",
        sdk_id: "Answers",
        version: "2026-11-01",
        protocol,
        auth: &[Auth::SigV4 { name: "answers" }],
        endpoint_rules: "",
        endpoint_prefix: "answers",
        xml_namespace: None,
        traits: &[ServiceTrait::AwsQueryCompatible],
    }
}

static PART: Schema = Schema::structure("example#Part", &[Member::new("Name", &schema::STRING)]);
static MEMBERS: Schema = Schema::structure(
    "example#Members",
    &[
        Member::new("Name", &schema::STRING),
        Member::new("Open", &schema::BOOLEAN),
        Member::new("Size", &schema::INTEGER),
        Member::new("At", &schema::TIMESTAMP),
        Member::new("Data", &schema::BLOB),
    ],
);
static PAYLOAD: Schema =
    Schema::structure("example#Payload", &[Member::new("Part", &PART).payload()]);
static LONE: Schema = Schema::structure("example#Lone", &[Member::new("Place", &schema::STRING)]);
static TAGS: Schema = Schema::map(
    "example#Tags",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);
static HEADS: Schema = Schema::structure(
    "example#Heads",
    &[
        Member::new("Name", &schema::STRING).header(&"x-name"),
        Member::new("Expires", &schema::TIMESTAMP).header(&"Expires"),
        Member::new("Until", &schema::TIMESTAMP).header(&"x-until"),
        Member::new("Tags", &TAGS).prefix_headers(&"x-tag-"),
        Member::new("ExpiresString", &schema::STRING).header(&"Expires"),
    ],
);
static GONE: Schema = Schema::structure("example#Gone", &[Member::new("message", &schema::STRING)])
    .with(&[Trait::ClientError(true)]);
static ERRORS: &[&Schema] = &[&GONE];

const fn operation(
    service: &'static Service,
    name: &'static str,
    output: &'static Schema,
    traits: &'static [OperationTrait],
) -> Operation {
    Operation::new(name, service, &UNIT, output)
        .http("POST", "/", 200)
        .errors(ERRORS)
        .with(traits)
}

/// The command line of a service with that protocol.
macro_rules! cli {
    ($module:ident, $protocol:expr) => {
        mod $module {
            use super::*;

            static SERVICE: Service = service($protocol);
            static GET_NOTHING: Operation = operation(&SERVICE, "GetNothing", &UNIT, &[]);
            static GET_MEMBERS: Operation = operation(&SERVICE, "GetMembers", &MEMBERS, &[]);
            static GET_PAYLOAD: Operation = operation(&SERVICE, "GetPayload", &PAYLOAD, &[]);
            static GET_HEADS: Operation = operation(&SERVICE, "GetHeads", &HEADS, &[]);
            static GET_LONE: Operation = operation(
                &SERVICE,
                "GetLone",
                &LONE,
                &[OperationTrait::UnwrappedXmlOutput],
            );
            pub(super) static CLI: Cli = Cli {
                name: "answers",
                version: "1.2.3",
                service: &SERVICE,
                manual: "# example#Answers\np A service that may answer anything.\n",
                commands: &[
                    Command::new("get-nothing", &GET_NOTHING, "Asks."),
                    Command::new("get-members", &GET_MEMBERS, "Asks."),
                    Command::new("get-payload", &GET_PAYLOAD, "Asks."),
                    Command::new("get-heads", &GET_HEADS, "Asks."),
                    Command::new("get-lone", &GET_LONE, "Asks."),
                ],
            };
        }
    };
}
cli!(rest_json, protocol::rest_json::REST_JSON_1);
cli!(aws_json, protocol::aws_json::AWS_JSON_1_1);
cli!(rest_xml, protocol::rest_xml::REST_XML);

fn main() -> ExitCode {
    match std::env::var("ANSWERS_PROTOCOL").as_deref() {
        Ok("rest-json") => swage_cli::main(&rest_json::CLI),
        Ok("aws-json") => swage_cli::main(&aws_json::CLI),
        _ => swage_cli::main(&rest_xml::CLI),
    }
}
