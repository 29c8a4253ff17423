//! Names of commands and options that overlays set.

use crate::support::{self, Server};
use serde_json::{Value, json};

/// The body of the request that these words send.
fn sent(words: &[&str]) -> Value {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = server.run(words);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words:?}");
    serde_json::from_str(&server.requests()[0].body).expect("JSON")
}

fn error(words: &[&str]) -> (i32, String) {
    let ran = support::run(&[words, &["--endpoint-url", "http://127.0.0.1:1"]].concat());
    assert_eq!(ran.stdout, "", "{words:?}");
    (ran.code, ran.stderr.trim().to_owned())
}

#[test]
fn aliases_stand_for_their_command_and_options() {
    let expected = json!({"Code1": "7", "Numbers": [1, 2]});
    for words in [
        ["switch-it", "--code1", "7", "--numbers", "1", "2"],
        ["sw-itch", "--code-1", "7", "--num-bers", "1", "2"],
    ] {
        assert_eq!(sent(&words), expected);
    }
    let both = ["switch-it", "--code-1", "new", "--code1", "old"];
    assert_eq!(sent(&both), json!({"Code1": "new"}));
}

#[test]
fn a_required_option_with_an_alias_is_missed_when_the_input_is_checked() {
    let (code, stderr) = error(&["switch-it"]);
    assert_eq!(code, 255);
    assert_eq!(
        stderr,
        "Parameter validation failed:\nMissing required parameter in input: \"Code1\""
    );
}

#[test]
fn a_structure_of_a_boolean_is_a_flag_or_has_a_value() {
    let power =
        |words: &[&str]| sent(&[&["switch-it", "--code1", "7"], words].concat())["Power"].clone();
    assert_eq!(power(&["--power"]), json!({"Value": true}));
    assert_eq!(power(&["--no-power"]), json!({"Value": false}));
    assert_eq!(power(&["--power", "Value=false"]), json!({"Value": false}));
    assert_eq!(
        power(&["--power", r#"{"Value": true}"#]),
        json!({"Value": true})
    );
    let (code, stderr) = error(&["switch-it", "--code1", "7", "--power", "--no-power"]);
    assert_eq!(code, 255);
    assert_eq!(
        stderr,
        r#"Cannot specify both the "--power" option and the "--no-power" option."#
    );
}

#[test]
fn a_flag_is_turned_off_by_the_name_that_it_has_for_that() {
    let sound = |word| sent(&["switch-it", "--code1", "7", word])["NoSound"].clone();
    assert_eq!(sound("--no-sound"), json!(true));
    assert_eq!(sound("--sound"), json!(false));
    let (code, stderr) = error(&["switch-it", "--code1", "7", "--no-no-sound"]);
    assert_eq!(code, 255);
    assert!(
        stderr.ends_with("Unknown options: --no-no-sound"),
        "{stderr}"
    );
}

#[test]
fn help_shows_the_names_but_no_alias_and_nothing_hidden() {
    for words in [["switch-it", "help"], ["switch-it", "--help"]] {
        let page = support::run(&words).stdout;
        for shown in ["--code1", "--power", "--no-power", "--no-sound", "--sound"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        for left_out in ["--code-1", "--num-bers", "--old"] {
            assert!(!page.contains(left_out), "{left_out}: {page}");
        }
    }
    assert_eq!(
        sent(&["switch-it", "--code1", "7", "--old", "x"])["Old"],
        "x"
    );
}
