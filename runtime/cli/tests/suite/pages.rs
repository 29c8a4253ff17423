//! Pages that `@paginated` can't express: several tokens, computed tokens, several results.

use crate::support::{Ran, Server};
use serde_json::{Value, json};

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
fn results_are_merged_and_the_rest_comes_from_the_first_page() {
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
fn pages_are_printed_one_by_one_as_text() {
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
fn a_token_carries_bytes_and_the_number_of_printed_items() {
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
fn tokens_in_the_older_form_and_invalid_ones() {
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
fn with_a_manual_token_one_call_is_made_and_the_size_is_a_member_again() {
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

const ROWS: [(&str, &str); 3] = [
    (
        "200 OK",
        r#"{"Rows": ["a", "b"], "Token": "1", "IsTruncated": true}"#,
    ),
    (
        "200 OK",
        r#"{"Rows": ["c"], "Token": "2", "IsTruncated": true}"#,
    ),
    (
        "200 OK",
        r#"{"Rows": ["d"], "Token": "3", "IsTruncated": false}"#,
    ),
];

#[test]
fn options_for_pages_shadow_members_with_their_names() {
    let server = Server::new(&ROWS);
    let ran = server.run(&["list-rows", "--page-size", "2"]);
    assert_eq!(answer(&ran), json!({"Rows": ["a", "b", "c", "d"]}));
    let expected = [
        json!({"PageSize": 2}),
        json!({"StartingToken": "1", "PageSize": 2}),
        json!({"StartingToken": "2", "PageSize": 2}),
    ];
    assert_eq!(sent(&server), expected);

    let server = Server::new(&ROWS[1..]);
    let words = ["list-rows", "--starting-token", "own", "--max-items", "1"];
    let told = answer(&server.run(&words));
    assert_eq!(told["Rows"], json!(["c"]));
    assert_eq!(sent(&server), [json!({"StartingToken": "own"})]);
    let token = told["NextToken"].as_str().expect("a token").to_owned();
    let server = Server::new(&ROWS[2..]);
    let told = answer(&server.run(&["list-rows", "--starting-token", &token]));
    assert_eq!(told, json!({"Rows": ["d"]}));
    assert_eq!(sent(&server), [json!({"StartingToken": "2"})]);
}

#[test]
fn without_pages_shadowed_members_can_be_set() {
    let server = Server::new(&ROWS);
    let words = [
        "list-rows",
        "--no-paginate",
        "--page-size",
        "2",
        "--starting-token",
        "own",
    ];
    let told = answer(&server.run(&words));
    assert_eq!(
        told,
        serde_json::from_str::<Value>(ROWS[0].1).expect("JSON")
    );
    assert_eq!(
        sent(&server),
        [json!({"StartingToken": "own", "PageSize": 2})]
    );
}

#[test]
fn repeated_tokens_end_the_pages() {
    let again = (
        "200 OK",
        r#"{"Rows": ["x"], "Token": "1", "IsTruncated": true}"#,
    );
    let server = Server::new(&[again]);
    let told = answer(&server.run(&["list-rows"]));
    assert_eq!(told, json!({"Rows": ["x", "x"]}));
    assert_eq!(sent(&server).len(), 2);
    // The token that the caller gave counts as well, whatever `--max-items` is.
    for words in [
        &["list-rows", "--starting-token", "1"][..],
        &["list-rows", "--cli-input-json", r#"{"StartingToken": "1"}"#],
        &["list-rows", "--starting-token", "1", "--max-items", "1"],
    ] {
        let server = Server::new(&[again]);
        assert_eq!(
            answer(&server.run(words)),
            json!({"Rows": ["x"]}),
            "{words:?}"
        );
        assert_eq!(sent(&server).len(), 1, "{words:?}");
    }
    let parts = (
        "200 OK",
        r#"{"More": true, "NextId": "i", "Parts": [{"Key": {"Id": "AQ=="}}]}"#,
    );
    let other = (
        "200 OK",
        r#"{"More": true, "NextId": "j", "Parts": [{"Key": {"Id": "AQ=="}}]}"#,
    );
    let server = Server::new(&[parts, other, other]);
    answer(&server.run(&["list-parts"]));
    assert_eq!(sent(&server).len(), 3, "one of two tokens was another");
}

#[test]
fn the_flag_ends_the_pages() {
    for last in [r#", "IsTruncated": false"#, r#", "IsTruncated": null"#, ""] {
        let page = format!(r#"{{"Rows": ["z"], "Token": "9"{last}}}"#);
        let server = Server::new(&[ROWS[0], ("200 OK", &page)]);
        let told = answer(&server.run(&["list-rows"]));
        assert_eq!(told, json!({"Rows": ["a", "b", "z"]}), "{last}");
        assert_eq!(sent(&server).len(), 2, "{last}");
    }
}

#[test]
fn as_text_the_token_is_printed_besides_the_query_result() {
    let token = "eyJTdGFydGluZ1Rva2VuIjogbnVsbCwgImJvdG9fdHJ1bmNhdGVfYW1vdW50IjogMX0=";
    for (query, told) in [
        ("Rows[]", "a\n"),
        ("length(Rows)", "1\n"),
        ("Rows[0].length(@)", "1\n"),
        ("NextToken", "None\n"),
    ] {
        let server = Server::new(&ROWS);
        let words = [
            "list-rows",
            "--output",
            "text",
            "--max-items",
            "1",
            "--query",
            query,
        ];
        let ran = server.run(&words);
        let expected = format!("{told}NEXTTOKEN\t{token}\n");
        assert_eq!(
            (ran.code, ran.stdout),
            (0, expected),
            "{query}: {}",
            ran.stderr
        );
    }
    // As JSON, the query sees the token.
    let server = Server::new(&ROWS);
    let ran = server.run(&["list-rows", "--max-items", "1", "--query", "NextToken"]);
    assert_eq!(answer(&ran), json!(token));
}
