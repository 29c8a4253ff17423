//! Options that set parts of members.

use crate::support::{self, Server};
use serde_json::{Value, json};

/// The body of the request that these words send.
fn sent(words: &[&str]) -> Value {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = server.run(&[&["fill"], words].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words:?}");
    serde_json::from_str(&server.requests()[0].body).expect("JSON")
}

#[test]
fn a_part_of_a_member_is_set_beside_what_its_option_says() {
    let sent = sent(&["--picture-bytes", "abc", "--picture", "Name=x"]);
    assert_eq!(sent["Picture"], json!({"Bytes": "YWJj", "Name": "x"}));
}

#[test]
fn a_value_is_split_or_goes_to_all_paths() {
    let count = |words: &[&str]| {
        let sent = sent(&[&["--picture-bytes", "a"], words].concat());
        [sent["Min"].clone(), sent["Max"].clone()]
    };
    assert_eq!(count(&["--count", "2:5"]), [json!(2), json!(5)]);
    assert_eq!(count(&["--count", "3"]), [json!(3), json!(3)]);
    // Its default, unless what it sets is given.
    assert_eq!(count(&[]), [json!(1), json!(1)]);
    assert_eq!(count(&["--min", "4", "--max", "6"]), [json!(4), json!(6)]);
    let json = r#"{"Min": 7, "Max": 8}"#;
    assert_eq!(count(&["--cli-input-json", json]), [json!(7), json!(8)]);
}

#[test]
fn several_options_fill_the_same_element() {
    let rule = |words: &[&str]| {
        sent(&[&["--picture-bytes", "a", "--source", "ab"], words].concat())["Rules"].clone()
    };
    assert_eq!(
        rule(&["--port", "22-23.5"]),
        json!([{"Name": "ab", "Port": 22, "Weight": 23.5}])
    );
    assert_eq!(
        rule(&["--port=all"]),
        json!([{"Name": "ab", "Port": 65535, "Weight": 65535.0}])
    );
    assert_eq!(
        rule(&["--rules", "Name=xy", "Name=zz", "--rule-names", "cd", "ef"]),
        json!([{"Name": "ab", "Names": ["cd", "ef"]}, {"Name": "zz"}])
    );
}

#[test]
fn a_prefix_leads_to_another_path() {
    let sent = sent(&["--picture-bytes", "a", "--source", "pic-1"]);
    assert_eq!(sent["Picture"]["Name"], "pic-1");
    assert_eq!(sent.get("Rules"), None);
}

#[test]
fn flags_add_to_a_list() {
    let sent = sent(&["--picture-bytes", "a", "--red", "--blue", "--names", "coal"]);
    assert_eq!(sent["Names"], json!(["coal", "rose", "wine", "sky"]));
}

#[test]
fn each_value_makes_an_element() {
    let ports = sent(&["--picture-bytes", "a", "--ports", "1", "2"]);
    // The number of values became a rule of its own, because the first rule is on.
    assert_eq!(
        ports["Rules"],
        json!([
            {"Name": "port", "On": true, "Port": 1},
            {"Name": "port", "On": true, "Port": 2},
            {"Name": "size", "Port": 2},
        ])
    );
    let both = sent(&[
        "--picture-bytes",
        "a",
        "--source",
        "ab",
        "--weights",
        "cd=1,ef=2.5",
    ]);
    assert_eq!(
        both["Rules"],
        json!([{"Name": "ab"}, {"Name": "cd", "Weight": 1.0}, {"Name": "ef", "Weight": 2.5}])
    );
}

#[test]
fn values_can_be_in_a_file() {
    let folder = support::Folder::new("shortcuts");
    folder.write("weights", "cd=1,ef=2");
    let from_file = format!("file://{}", folder.0.join("weights").display());
    let sent = sent(&["--picture-bytes", "a", "--weights", &from_file]);
    assert_eq!(
        sent["Rules"],
        json!([{"Name": "cd", "Weight": 1.0}, {"Name": "ef", "Weight": 2.0}])
    );
}

#[test]
fn what_is_set_can_depend_on_how_the_value_ends() {
    let near = sent(&["--picture-bytes", "a", "--at", "home.local"]);
    assert_eq!(near["Names"], json!(["near"]));
    let far = sent(&["--picture-bytes", "a", "--at", "home"]);
    assert_eq!(far["Names"], json!(["far", "away"]));
    // The same identifier for both, another one for each call.
    assert_eq!(near["Id"], near["OtherId"]);
    assert_ne!(near["Id"], far["Id"]);
}

#[test]
fn members_move_where_they_belong() {
    let moved = |words: &[&str]| {
        let sent = sent(&[&["--picture-bytes", "a", "--where", "home"], words].concat());
        [sent["Where"].clone(), sent["Rules"].clone()]
    };
    assert_eq!(moved(&[]), [json!("home"), json!(null)]);
    assert_eq!(
        moved(&["--rules", "Name=ab"]),
        [json!("home"), json!([{"Name": "ab"}])]
    );
    assert_eq!(
        moved(&["--rules", "Name=ab,On=true"]),
        [json!(null), json!([{"Name": "home", "On": true}])]
    );
}

#[test]
fn wrong_values_and_missing_members_are_reported() {
    let ran = support::run(&["fill", "--picture-bytes", "a", "--count", "file://nowhere"]);
    assert!(
        ran.stderr
            .contains("Unable to load paramfile file://nowhere"),
        "{}",
        ran.stderr
    );
    let ran = support::run(&["fill", "--picture-bytes", "a", "--weights", "ab"]);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr.trim(),
        "Error parsing parameter '--weights': expected '=' in 'ab'"
    );
    let ran = support::run(&["fill", "--ports", "1", "--rules", "Name=ab"]);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr.trim(),
        "The key \"ports\" cannot be specified when one of the following keys are also specified: rules"
    );
    let ran = support::run(&["fill", "--picture-bytes", "a", "--count", "x:2"]);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr.trim(),
        "count parameter should be of form min[:max]"
    );
    let ran = support::run(&["fill", "--endpoint-url", "http://127.0.0.1:1"]);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr.trim(),
        "Parameter validation failed:\nMissing required parameter in input: \"Picture\""
    );
}

#[test]
fn help_shows_them() {
    for words in [["fill", "help"], ["fill", "--help"]] {
        let page = support::run(&words).stdout;
        for shown in [
            "--picture-bytes <value>",
            "The picture itself.",
            "--red",
            "--count",
        ] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(!page.contains("--min"), "{page}");
    }
}
