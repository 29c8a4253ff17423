//! Tables made at run time.

use crate::server::{Server, builder, reply};
use std::sync::OnceLock;
use swage_client::schema::{self, Member, Schema, SchemaSource};
use swage_client::{Any, Client, ClientBuilder, Operation, Record};

/// The shapes of a service, each made on request.
#[derive(Default)]
struct Lazy([OnceLock<Schema>; 2]);

const NODE: u32 = 0;
const NODES: u32 = 1;

static LAZY: Lazy = Lazy([const { OnceLock::new() }; 2]);
static SOURCE: &dyn SchemaSource = &LAZY;

impl SchemaSource for Lazy {
    fn schema(&self, index: u32) -> &'static Schema {
        LAZY.0[index as usize].get_or_init(|| match index {
            NODE => {
                let members = vec![
                    Member::new("Name", &schema::STRING).required(),
                    Member::deferred("Next", &SOURCE, NODE),
                    Member::deferred("Others", &SOURCE, NODES),
                ];
                Schema::structure("test#Node", members.leak())
            }
            NODES => {
                let member = Box::leak(Box::new([Member::deferred("member", &SOURCE, NODE)]));
                Schema::list("test#Nodes", member)
            }
            _ => panic!("no such shape"),
        })
    }
}

/// A node with this name.
fn node(name: &str) -> Record {
    let mut record = Record::new(LAZY.schema(NODE));
    record.set(0, Any::String(name.to_owned()));
    record
}

#[tokio::test]
async fn a_recursive_table_that_is_made_at_run_time() {
    let body = r#"{"Name": "a", "Next": {"Name": "b"}, "Others": [{"Name": "c", "Others": []}]}"#;
    let server = Server::new(vec![reply(200, &[], body)]);
    let builder: ClientBuilder = builder();
    let client: Client = builder
        .endpoint_url(server.url())
        .anonymous()
        .build()
        .expect("settings");
    let schema = LAZY.schema(NODE);
    let operation = Operation::new("Walk", client.service(), schema, schema);
    let operation: &'static Operation = Box::leak(Box::new(operation.http("POST", "/walk", 200)));

    let mut input = node("a");
    input.set(1, Any::Structure(node("b")));
    input.set(2, Any::List(vec![Any::Structure(node("c"))]));
    let mut output = Record::new(schema);
    client
        .call(operation, &mut input, &mut output)
        .await
        .expect("an answer");
    assert_eq!(
        server.request().body,
        r#"{"Name":"a","Next":{"Name":"b"},"Others":[{"Name":"c"}]}"#
    );
    let Some(Any::Structure(next)) = output.get(1) else {
        panic!("{output:?}")
    };
    assert!(matches!(next.get(0), Some(Any::String(name)) if name == "b"));
    assert!(matches!(output.get(2), Some(Any::List(others)) if others.len() == 1));
}

#[test]
fn the_debug_form_of_a_recursive_table_ends() {
    let shown = format!("{:?}", LAZY.schema(NODE));
    assert!(
        shown.contains(r#"name: "Next", target: "test#Node""#),
        "{shown}"
    );
}

#[test]
fn a_member_stays_small() {
    assert!(size_of::<Member>() <= 56, "{}", size_of::<Member>());
}
