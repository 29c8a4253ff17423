//! Pages whose tokens, results and sizes are more than `@paginated` can say.

mod support;

use serde_json::{Value, json};
use support::{Ran, Server};

const FIRST: (&str, &str) = (
    "200 OK",
    r#"{"More": true, "NextId": "", "Bucket": "b", "Parts": [{"Key": {"Id": "AQ=="}}, {"Key": {"Id": "/w=="}}],
        "Prefixes": ["p"], "Count": 2}"#,
);
const SECOND: (&str, &str) = (
    "200 OK",
    r#"{"More": false, "NextId": "unused", "Bucket": "other", "Parts": [{"Key": {"Id": "Aw=="}}],
        "Prefixes": ["q"], "Count": 1}"#,
);

fn answer(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

fn sent(server: &Server) -> Vec<Value> {
    let bodies = server.requests();
    let parse = |body: &str| serde_json::from_str(body).expect("JSON");
    bodies.iter().map(|request| parse(&request.body)).collect()
}

#[test]
fn results_are_joined_and_the_first_page_tells_the_rest() {
    let server = Server::new(&[FIRST, SECOND]);
    let ran = server.run(&["list-parts"]);
    let told = answer(&ran);
    let expected = json!({
        "Parts": [{"Key": {"Id": "AQ=="}}, {"Key": {"Id": "/w=="}}, {"Key": {"Id": "Aw=="}}],
        "Prefixes": ["p", "q"],
        "Count": 3,
        "Bucket": "b",
        "Owner": {"Name": null},
    });
    assert_eq!(told, expected);
    let places =
        ["Parts", "Prefixes", "Count", "Bucket", "Owner"].map(|name| ran.stdout.find(name));
    assert!(places.is_sorted(), "{}", ran.stdout);
    assert_eq!(
        sent(&server),
        [json!({}), json!({"KeyMarker": {"Id": "/w=="}})]
    );
}

#[test]
fn pages_as_text_come_one_by_one() {
    let server = Server::new(&[FIRST, SECOND]);
    let query = "[Bucket, Count, Parts[].Key.Id]";
    let ran = server.run(&["list-parts", "--output", "text", "--query", query]);
    assert_eq!(
        ran.stdout, "b\t2\nAQ==\t/w==\nNone\t1\nAw==\n",
        "{}",
        ran.stderr
    );
}

#[test]
fn a_token_carries_bytes_and_how_many_items_were_told() {
    let server = Server::new(&[FIRST]);
    let told = answer(&server.run(&["list-parts", "--max-items", "2"]));
    let token = told["NextToken"].as_str().expect("a token");
    // {"KeyMarker": {"Id": "/w=="}, "IdMarker": null, "boto_encoded_keys": [["KeyMarker", "Id"]]}
    let expected = "eyJLZXlNYXJrZXIiOiB7IklkIjogIi93PT0ifSwgIklkTWFya2VyIjogbnVsbCwgImJvdG9fZW5jb2RlZF9rZXlzIjogW1siS2V5TWFya2VyIiwgIklkIl1dfQ==";
    assert_eq!(token, expected);
    let server = Server::new(&[SECOND]);
    let told = answer(&server.run(&["list-parts", "--starting-token", token]));
    assert_eq!(sent(&server), [json!({"KeyMarker": {"Id": "/w=="}})]);
    let expected = json!({
        "Parts": [{"Key": {"Id": "Aw=="}}],
        "Prefixes": [],
        "Count": 1,
        "Bucket": "other",
        "Owner": {"Name": null},
    });
    assert_eq!(told, expected, "what isn't counted was told before");
}

#[test]
fn tokens_of_an_older_form_and_bad_ones() {
    let server = Server::new(&[FIRST, SECOND]);
    let ran = server.run(&[
        "list-parts",
        "--starting-token",
        "None___i___1",
        "--query",
        "Parts[0]",
    ]);
    assert_eq!(answer(&ran), json!({"Key": {"Id": "/w=="}}));
    assert_eq!(sent(&server)[0], json!({"IdMarker": "i"}));
    let ran = Server::new(&[]).run(&["list-parts", "--starting-token", "a___b___c___d"]);
    assert_eq!(
        (ran.code, ran.stderr.trim()),
        (255, "Bad starting token: a___b___c___d")
    );
    let ran = Server::new(&[]).run(&["list-parts", "--max-items", "many"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn a_token_by_hand_makes_one_call_and_gives_the_size_its_meaning_back() {
    let server = Server::new(&[FIRST]);
    let ran = server.run(&["list-parts", "--id-marker", "i", "--max-items", "1"]);
    assert_eq!(answer(&ran)["More"], json!(true));
    assert_eq!(sent(&server), [json!({"IdMarker": "i", "MaxItems": 1})]);
    let ran = Server::new(&[]).run(&["list-parts", "--id-marker", "i", "--page-size", "1"]);
    assert!(
        ran.stderr.contains("pagination arguments: --page-size"),
        "{}",
        ran.stderr
    );
}
