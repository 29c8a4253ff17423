//! Values of all kinds in all forms.
use crate::support;

use crate::support::{Folder, Server};
use serde_json::{Value, json};

fn sent_in(folder: &Folder, words: &[&str]) -> Value {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = server.run_in(
        &folder.0,
        &[&["echo", "--name", "ab", "--token", "t"], words].concat(),
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words:?}");
    serde_json::from_str(&server.requests()[0].body).expect("JSON")
}

fn sent(words: &[&str]) -> Value {
    sent_in(
        &Folder::new(&format!("sent-{}", words.join("").len())),
        words,
    )
}

fn error(words: &[&str]) -> String {
    let ran = support::run(
        &[
            &[
                "echo",
                "--name",
                "ab",
                "--endpoint-url",
                "http://127.0.0.1:1",
            ],
            words,
        ]
        .concat(),
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (255, ""), "{words:?}");
    ran.stderr.trim().to_owned()
}

#[test]
fn scalars() {
    assert_eq!(sent(&["--byte", "7"])["Byte"], 7);
    assert_eq!(
        sent(&["--long", " 9007199254740993"])["Long"],
        json!(9_007_199_254_740_993_i64)
    );
    assert_eq!(sent(&["--float", "1.5e3"])["Float"], 1500.0);
    assert_eq!(sent(&["--blob", "abc"])["Blob"], "YWJj");
    assert_eq!(sent(&["--level", "5"])["Level"], 5);
    assert_eq!(sent(&["--color", "on", "--color=off"]).get("Color"), None);
    assert_eq!(
        sent(&["--document", "{\"a\": [1, null]}"])["Document"],
        json!({"a": [1, null]})
    );
    assert!(
        error(&["--count", "abc"])
            .contains("Error parsing parameter '--count': invalid number 'abc'")
    );
}

#[test]
fn timestamps() {
    for text in [
        "1600000000",
        "2020-09-13T12:26:40Z",
        "2020-09-13 12:26:40",
        "2020-09-13T14:26:40+02:00",
        "20200913T122640Z",
        "Sun, 13 Sep 2020 12:26:40 GMT",
        "Sep 13, 2020 12:26:40 PM",
        "13 September 2020 12:26:40",
        "09/13/2020 12:26:40",
    ] {
        assert_eq!(
            sent(&["--when", text])["When"],
            json!(1_600_000_000),
            "{text}"
        );
    }
    assert_eq!(
        sent(&["--when", "2020-02-29"])["When"],
        json!(1_582_934_400)
    );
    assert_eq!(
        sent(&["--when", "2020-09-13T12:26:40.5Z"])["When"],
        json!(1_600_000_000.5)
    );
    for text in [
        "2021-02-29",
        "9223372036854775807-01-01",
        "01-01-9223372036854775807",
        "2020-01-01T00:00:00+01:9223372036854775807",
    ] {
        let told = error(&["--when", text]);
        let expected = format!("Invalid type for parameter When, value: {text}");
        assert!(told.contains(&expected), "{told}");
    }
}

#[test]
fn in_shorthand_unbalanced_closing_brackets_are_text() {
    let rule = |text: &str| sent(&["--rule", text])["Rule"].clone();
    for text in [
        "fn:${stage.version}/inv",
        "x[1]",
        "a]b}c",
        "]]",
        "}]",
        "}}]]",
        "a={b}",
    ] {
        let expected = json!({"Name": text});
        assert_eq!(rule(&format!("Name={text}")), expected, "{text}");
        let expected = json!({"Name": text, "Port": 1});
        assert_eq!(rule(&format!("Name={text},Port=1")), expected, "{text}");
    }
    // Brackets that are open are closed.
    assert_eq!(
        rule("Name=a},Names=[x},y{z],Tags={kk=v]}"),
        json!({"Name": "a}", "Names": ["x}", "y{z"], "Tags": {"kk": "v]"}})
    );
}

#[test]
fn shorthand() {
    let rule = |text: &str| sent(&["--rule", text])["Rule"].clone();
    assert_eq!(
        rule("Name=ab,Port=3,On=true,Weight=2"),
        json!({"Name": "ab", "Port": 3, "On": true, "Weight": 2.0})
    );
    assert_eq!(
        rule("Name = ab , Names = [aa, bb]"),
        json!({"Name": "ab", "Names": ["aa", "bb"]})
    );
    assert_eq!(
        rule("Name=ab,Names=aa,bb,Port=1"),
        json!({"Name": "ab", "Names": ["aa", "bb"], "Port": 1})
    );
    assert_eq!(
        rule("Name=ab,Names=aa"),
        json!({"Name": "ab", "Names": ["aa"]})
    );
    assert_eq!(
        rule("Name=ab,Tags={aa=x,bb='y,z'}"),
        json!({"Name": "ab", "Tags": {"aa": "x", "bb": "y,z"}})
    );
    assert_eq!(
        rule("Name=ab,Then=[{Name=cd,Then=[{Name=ef}]},{Name=gh}]"),
        json!({"Name": "ab", "Then": [{"Name": "cd", "Then": [{"Name": "ef"}]}, {"Name": "gh"}]})
    );
    assert_eq!(rule("Name=\"a\\\"=,b\""), json!({"Name": "a\"=,b"}));
    assert_eq!(rule("Name=a\\,b c"), json!({"Name": "a,b c"}));
    assert_eq!(rule("Name=x😀"), json!({"Name": "x😀"}));
    assert_eq!(
        sent(&["--rules", "Name=ab", "Name=cd,Port=2"])["Rules"],
        json!([{"Name": "ab"}, {"Name": "cd", "Port": 2}])
    );
    assert_eq!(
        sent(&["--tags", "aa=1,bb=2"])["Tags"],
        json!({"aa": "1", "bb": "2"})
    );
    assert_eq!(sent(&["--target", "Port=2"])["Target"], json!({"Port": 2}));
    assert_eq!(
        sent(&["--wrapped", "plain"])["Wrapped"],
        json!({"Value": "plain"})
    );
}

#[test]
fn shorthand_errors_show_the_place() {
    assert_eq!(
        error(&["--rule", "abc"]),
        "Error parsing parameter '--rule': Expected: '=', received: 'EOF' for input:\nabc\n   ^"
    );
    assert_eq!(
        error(&["--rule", "Name=a,Name=b"]),
        "Error parsing parameter '--rule': Second instance of key \"Name\" encountered for input:\nName=a,Name=b\n       ^\n\
         This is often because there is a preceding \",\" instead of a space."
    );
    assert!(
        error(&["--rule", "Name=\"ab"]).contains("Expected: '<double quoted>', received: '<none>'")
    );
    assert!(error(&["--rule", "Name=ab,Extra=x"]).contains("does not support document types"));
}

#[test]
fn json() {
    assert_eq!(
        sent(&["--rule", " {\"Name\": \"a\\u0062\"}"])["Rule"],
        json!({"Name": "ab"})
    );
    assert_eq!(
        sent(&["--names", "[\"aa\", \"bb\"]"])["Names"],
        json!(["aa", "bb"])
    );
    assert_eq!(
        sent(&["--rules", "{\"Name\": \"ab\"}", "{\"Name\": \"cd\"}"])["Rules"],
        json!([{"Name": "ab"}, {"Name": "cd"}])
    );
    assert_eq!(
        sent(&["--gaps", "[\"a\", null]"])["Gaps"],
        json!(["a", null])
    );
    let text = error(&["--rule", "{\"Name\" 1}"]);
    assert_eq!(
        text,
        "Error parsing parameter '--rule': Invalid JSON: expected ':' at line 1 column 9\nJSON received: {\"Name\" 1}"
    );
    assert_eq!(
        error(&["--rule", "[1]"]),
        "Error parsing parameter '--rule': Invalid JSON:\n[1]"
    );
}

#[test]
fn files() {
    let folder = Folder::new("files");
    folder.write("text", "a\r\nb\n");
    folder.write("lines", "aa\nbb\n");
    folder.write("rule.json", "{\"Name\": \"ab\"}");
    std::fs::write(folder.0.join("bytes"), [0xff, 0]).expect("a file");
    assert_eq!(
        sent_in(&folder, &["--secret", "file://text"])["Secret"],
        "a\nb\n"
    );
    assert_eq!(
        sent_in(&folder, &["--secret", "file://~/text"])["Secret"],
        "a\nb\n"
    );
    assert_eq!(
        sent_in(&folder, &["--names", "file://lines"])["Names"],
        json!(["aa", "bb"])
    );
    assert_eq!(
        sent_in(&folder, &["--rule", "file://rule.json"])["Rule"],
        json!({"Name": "ab"})
    );
    assert_eq!(
        sent_in(&folder, &["--tags", "aa@=file://text"])["Tags"],
        json!({"aa": "a\nb\n"})
    );
    assert_eq!(
        sent_in(&folder, &["--blob", "fileb://bytes"])["Blob"],
        "/wA="
    );
    assert_eq!(
        sent_in(&folder, &["--secret", "http://127.0.0.1:1/"])["Secret"],
        "http://127.0.0.1:1/"
    );
    assert_eq!(
        error(&["--secret", "file://nope"]),
        "Error parsing parameter '--secret': Unable to load paramfile file://nope: [Errno 2] No such file or directory: 'nope'"
    );
}

#[test]
fn brackets_can_start_a_shorthand_value() {
    let folder = Folder::new("brackets");
    assert_eq!(
        sent_in(&folder, &["--target", "Host=]"])["Target"]["Host"],
        "]"
    );
    assert_eq!(
        sent_in(&folder, &["--target", "Host=}"])["Target"]["Host"],
        "}"
    );
}

#[test]
fn all_problems_are_reported_at_once() {
    let text = error(&[
        "--secret",
        "s",
        "--count",
        "0",
        "--names",
        "a",
        "--rule",
        "{\"Port\": \"1\", \"Foo\": 1}",
        "--target",
        "{}",
    ]);
    let expected = "Parameter validation failed:\n\
        Invalid length for parameter Secret, value: 1, valid min length: 2\n\
        Invalid value for parameter Count, value: 0, valid min value: 1\n\
        Invalid length for parameter Names[0], value: 1, valid min length: 2\n\
        Missing required parameter in Rule: \"Name\"\n\
        Unknown parameter in Rule: \"Foo\", must be one of: Name, Port, On, Weight, Tags, Names, Then, Extra\n\
        Invalid type for parameter Rule.Port, value: 1, type: string, valid types: integer\n\
        Must set one of the following keys for tagged unionstructure Target: Host, Port, Rule.";
    assert_eq!(text, expected);
    let secret = error(&["--cli-input-json", "{\"Secret\": 12345}"]);
    assert!(
        secret.contains("Invalid type for parameter Secret, value: ***, type: integer"),
        "{secret}"
    );
}

#[test]
fn each_element_of_a_list_is_shorthand_or_json() {
    for words in [
        ["Name=ab", "{\"Name\": \"cd\"}"],
        ["{\"Name\": \"ab\"}", "Name=cd"],
    ] {
        let expected = json!([{"Name": "ab"}, {"Name": "cd"}]);
        assert_eq!(
            sent(&["--rules", words[0], words[1]])["Rules"],
            expected,
            "{words:?}"
        );
    }
}
