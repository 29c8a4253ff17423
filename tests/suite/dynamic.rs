//! Services whose tables are made at run time, and called by names.

use serde_json::json;
use std::time::Duration;
use swage_client::Any;
use swage_client::dynamic::{Client, Error, Service};
use swage_client::pack::PackError;
use swage_codegen::{Options, Source, load, pack, packed};
use swage_tests::server::{Answer, Server};

const MODEL: &str = r#"$version: "2"

namespace test

use aws.protocols#restJson1
use smithy.waiters#waitable

@restJson1
@auth([])
service Things {
    version: "2026-01-01"
    operations: [GetThing, ListThings]
}

@http(method: "POST", uri: "/get")
@waitable(
    ThingReady: {
        minDelay: 1
        maxDelay: 1
        acceptors: [
            { state: "success", matcher: { output: { path: "State", expected: "ready", comparator: "stringEquals" } } }
            { state: "failure", matcher: { output: { path: "State", expected: "broken", comparator: "stringEquals" } } }
        ]
    }
)
operation GetThing {
    input := {
        @required
        Id: String
        Options: OptionList
    }
    output := {
        State: String
        Data: Blob
    }
    errors: [Gone]
}

@http(method: "POST", uri: "/list")
@readonly
@paginated(inputToken: "NextToken", outputToken: "NextToken", items: "Ids")
operation ListThings {
    input := { NextToken: String }
    output := { NextToken: String, Ids: Ids }
}

list Ids { member: String }
list OptionList { member: Option }
structure Option { Count: Integer, Name: String }

@error("client")
structure Gone { message: String, Since: Timestamp }
"#;

fn service() -> Service {
    let name = "things.smithy".to_owned();
    let text = MODEL.to_owned();
    let loaded = load::load(&[Source { name, text }]);
    let options = Options::default();
    let packed = packed(&loaded, &options).unwrap_or_else(|problems| panic!("{problems:?}"));
    let pack = pack::file(vec![packed]).expect("a small pack");
    Service::open(pack, "things").expect("a service")
}

fn client(answers: Vec<Answer>) -> (Client, Server) {
    let (server, service) = (Server::start(answers), service());
    let settings = service.settings().endpoint_url(&server.url).no_proxy();
    (service.client(settings).expect("a client"), server)
}

fn problem(error: &Error) -> String {
    error.to_string()
}

#[tokio::test]
async fn input_and_output_are_json() {
    let (client, server) = client(vec![Answer::json(
        r#"{"State": "new", "Data": "aGk=", "More": 1}"#,
    )]);
    let input = json!({"Id": "a", "Options": [{"Count": 3}]});
    let output = client
        .call("GetThing", input.clone())
        .await
        .expect("an output");
    assert_eq!(output, json!({"State": "new", "Data": "aGk="}));
    let sent: serde_json::Value = serde_json::from_str(&server.requests()[0].body).expect("JSON");
    assert_eq!(sent, input);
    let mut record = swage_client::Record::new(service().operation("GetThing").expect("it").input);
    record.set(0, Any::String("a".to_owned()));
    let error = client
        .call_record("GetThing", record)
        .await
        .expect_err("of another service");
    assert!(problem(&error).contains("expected a record"), "{error}");
}

#[tokio::test]
async fn mistakes_are_explained_before_anything_is_sent() {
    let (client, server) = client(vec![Answer::json("{}")]);
    for (operation, input, expected) in [
        (
            "GetThings",
            json!({}),
            "the service has no operation `GetThings`; did you mean `GetThing`, `ListThings`?",
        ),
        ("get-thing", json!({}), "did you mean `GetThing`?"),
        (
            "Frobnicate",
            json!({}),
            "the service has no operation `Frobnicate`",
        ),
        (
            "GetThing",
            json!({"Id": "a", "Options": [{"Cuont": 1}]}),
            "Options[0].Cuont: there is no such member; did you mean `Count`?",
        ),
        (
            "GetThing",
            json!({"Id": "a", "Options": [{"Count": "x"}]}),
            "Options[0].Count: expected a",
        ),
        (
            "GetThing",
            json!({"Id": "a", "Options": 1}),
            "Options: expected",
        ),
        ("GetThing", json!([]), "expected"),
        ("GetThing", json!({}), "Id"),
    ] {
        let error = client.call(operation, input).await.expect_err("a mistake");
        assert!(problem(&error).contains(expected), "{expected}: {error}");
    }
    assert!(server.requests().is_empty());
    let error = Service::open(&b"not a pack"[..], "things").expect_err("not a pack");
    assert_eq!(error, PackError::NotAPack);
}

#[tokio::test]
async fn errors_have_codes_and_members() {
    let gone = Answer::status(400, r#"{"message": "it is gone", "Since": 0}"#);
    let (client, _server) = client(vec![gone.header("x-amzn-errortype", "Gone")]);
    let error = client
        .call("GetThing", json!({"Id": "a"}))
        .await
        .expect_err("gone");
    assert_eq!(error.code(), Some("Gone"));
    assert_eq!(error.message(), Some("it is gone"));
    assert_eq!(error.request_id(), Some("request-1"));
    let members = json!({"message": "it is gone", "Since": "1970-01-01T00:00:00Z"});
    assert_eq!(error.members(), Some(members));
    assert!(problem(&error).contains("it is gone"), "{error}");
}

#[tokio::test]
async fn pages_follow_each_other() {
    let (client, server) = client(vec![
        Answer::json(r#"{"Ids": ["a"], "NextToken": "2"}"#),
        Answer::json(r#"{"Ids": ["b"]}"#),
    ]);
    let mut pages = client.pages("ListThings", json!({})).expect("pages");
    let mut all = Vec::new();
    while let Some(page) = pages.try_next().await.expect("a page") {
        all.push(page["Ids"][0].clone());
    }
    assert_eq!(all, ["a", "b"]);
    assert_eq!(server.requests()[1].body, r#"{"NextToken":"2"}"#);
    let error = client
        .pages("GetThing", json!({"Id": "a"}))
        .expect_err("no pages");
    assert!(matches!(error, Error::NoPages("GetThing")), "{error}");
}

#[tokio::test]
async fn waiters_wait() {
    let state = |state: &str| Answer::json(&format!(r#"{{"State": "{state}"}}"#));
    let (ready, _server) = client(vec![state("new"), state("ready")]);
    let limit = Duration::from_mins(1);
    let output = ready.wait("ThingReady", json!({"Id": "a"}), limit).await;
    assert_eq!(output.expect("ready"), json!({"State": "ready"}));
    let (broken, _server) = client(vec![state("broken")]);
    let error = broken
        .wait("ThingReady", json!({"Id": "a"}), limit)
        .await
        .expect_err("broken");
    assert!(matches!(error, Error::Unreachable(Some(_))), "{error}");
    let error = broken
        .wait("ThingRedy", json!({"Id": "a"}), limit)
        .await
        .expect_err("unknown");
    assert!(
        problem(&error).contains("did you mean `ThingReady`?"),
        "{error}"
    );
    let (new, _server) = client(vec![state("new")]);
    let error = new
        .wait("ThingReady", json!({"Id": "a"}), Duration::ZERO)
        .await;
    assert!(matches!(error, Err(Error::TooLate(_))), "{error:?}");
}
