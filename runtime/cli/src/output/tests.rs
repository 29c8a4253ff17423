//! The output formats.

use crate::output::{self, Format, Style};
use swage_client::schema::{self, Member, Schema};
use swage_client::{Any, Record};

fn string(text: &str) -> Any {
    Any::String(text.to_owned())
}

fn number(text: &str) -> Any {
    Any::Number(text.to_owned())
}

fn map<const N: usize>(entries: [(&str, Any); N]) -> Any {
    Any::Map(
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

fn try_print(style: Style, value: Any) -> Result<String, String> {
    let mut out = Vec::new();
    output::write(&mut out, style, "ListThings", value).map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}

fn print(format: Format, value: Any) -> String {
    try_print(
        Style {
            format,
            color: false,
            width: 80,
        },
        value,
    )
    .expect("prints")
}

fn things() -> Any {
    let sizes = Any::List(vec![number("1"), number("2.50")]);
    map([
        (
            "Things",
            Any::List(vec![
                map([
                    ("Name", string("one")),
                    ("Big", Any::Boolean(true)),
                    ("Sizes", sizes),
                ]),
                map([("Name", string("日本")), ("Note", Any::Null)]),
            ]),
        ),
        ("Count", number("2")),
        ("Empty", Any::List(Vec::new())),
    ])
}

#[test]
fn json_is_indented_and_keeps_order_and_characters() {
    assert_eq!(
        print(Format::Json, things()),
        r#"{
    "Things": [
        {
            "Name": "one",
            "Big": true,
            "Sizes": [
                1,
                2.5
            ]
        },
        {
            "Name": "日本",
            "Note": null
        }
    ],
    "Count": 2,
    "Empty": []
}
"#
    );
}

#[test]
fn json_escapes_only_what_it_must() {
    let text = string("\" \\ / \n\r\t\u{8}\u{c}\u{1}\u{7f} \u{2028} 😀");
    assert_eq!(
        print(Format::Json, text),
        "\"\\\" \\\\ / \\n\\r\\t\\b\\f\\u0001\u{7f} \u{2028} 😀\"\n"
    );
}

#[test]
fn numbers_keep_their_kind_and_size() {
    let cases = [
        ("100", "100"),
        ("-0", "0"),
        (
            "123456789012345678901234567890",
            "123456789012345678901234567890",
        ),
        ("100.0", "100.0"),
        ("1e2", "100.0"),
        ("1e100", "1e+100"),
        ("1e16", "1e+16"),
        ("1e15", "1000000000000000.0"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-05"),
        ("-0.0", "-0.0"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
    ];
    for (wire, printed) in cases {
        assert_eq!(
            print(Format::Json, number(wire)),
            format!("{printed}\n"),
            "{wire}"
        );
    }
    assert_eq!(print(Format::Text, number("-Infinity")), "-inf\n");
}

#[test]
fn an_empty_object_prints_nothing() {
    for format in [Format::Json, Format::Text, Format::Table] {
        assert_eq!(print(format, map([])), "");
    }
    assert_eq!(print(Format::Json, Any::List(Vec::new())), "[]\n");
    assert_eq!(print(Format::Json, Any::Null), "null\n");
    assert_eq!(print(Format::Text, Any::Null), "None\n");
    assert_eq!(print(Format::Table, Any::Null), "");
}

#[test]
fn text_has_a_line_for_each_row() {
    assert_eq!(
        print(Format::Text, things()),
        "2\nTHINGS\tTrue\tone\t\nSIZES\t1\nSIZES\t2.5\nTHINGS\t\t日本\tNone\n"
    );
    let lists = Any::List(vec![number("1"), Any::List(vec![number("2"), number("3")])]);
    assert_eq!(print(Format::Text, lists), "1\n2\t3\n");
}

fn list<const N: usize>(values: [Any; N]) -> Any {
    Any::List(values.into())
}

#[test]
fn a_mixed_list_shows_objects_after_the_other_values() {
    let mixed = || {
        list([
            map([("A", number("1")), ("B", string("one"))]),
            string("x"),
            map([("A", number("2"))]),
            Any::Null,
        ])
    };
    assert_eq!(
        print(Format::Table, mixed()),
        "--------------
| ListThings |
+------------+
|  x         |
|  None      |
+------------+
| ListThings |
+----+-------+
|  A |   B   |
+----+-------+
|  1 |  one  |
|  2 |       |
+----+-------+
"
    );
    assert_eq!(print(Format::Text, mixed()), "x\tNone\n1\tone\n2\t\n");
    // Whichever comes first, and with a name.
    let nested = || map([("Things", list([number("7"), map([("A", number("1"))])]))]);
    assert_eq!(
        print(Format::Table, nested()),
        "------------
|ListThings|
+----------+
|| Things ||
|+--------+|
||  7     ||
|+--------+|
|| Things ||
|+--------+|
||    A   ||
|+--------+|
||  1     ||
|+--------+|
"
    );
    assert_eq!(print(Format::Text, nested()), "THINGS\t7\nTHINGS\t1\n");
}

#[test]
fn a_mixed_list_shows_every_value_of_any_kind() {
    let values = || {
        list([
            Any::Boolean(true),
            map([]),
            map([(
                "Inner",
                list([string("in"), map([("Deep", string("down"))])]),
            )]),
            list([string("row")]),
            list([]),
            map([("Plain", string("flat"))]),
        ])
    };
    for format in [Format::Table, Format::Text] {
        let shown = print(format, values());
        for value in ["True", "in", "down", "row", "flat"] {
            assert!(shown.contains(value), "{value}: {shown}");
        }
    }
}

#[test]
fn tables_nest_and_align_wide_characters() {
    assert_eq!(
        print(Format::Table, things()),
        "----------------------------
|        ListThings        |
+----------------+---------+
|  Count         |  2      |
+----------------+---------+
||         Things         ||
|+------+--------+--------+|
||  Big | Name   | Note   ||
|+------+--------+--------+|
||  True|  one   |        ||
|+------+--------+--------+|
|||         Sizes        |||
||+----------------------+||
|||  1                   |||
|||  2.5                 |||
||+----------------------+||
||         Things         ||
|+------+--------+--------+|
||  Big | Name   | Note   ||
|+------+--------+--------+|
||      |  日本  |  None  ||
|+------+--------+--------+|
"
    );
}

#[test]
fn a_table_wider_than_the_terminal_is_printed_vertically() {
    let row = || map([("A", string("first")), ("B", string("second"))]);
    let wide = try_print(
        Style {
            format: Format::Table,
            color: false,
            width: 10,
        },
        row(),
    )
    .unwrap();
    assert_eq!(
        wide,
        "-----------------\n|  ListThings   |\n+----+----------+\n|  A |  first   |\n|  B |  second  |\n+----+----------+\n"
    );
}

#[test]
fn colors_are_reset_after_every_part() {
    let table = try_print(
        Style {
            format: Format::Table,
            color: true,
            width: 80,
        },
        map([("A", number("1"))]),
    )
    .unwrap();
    assert!(
        table.starts_with("------------\n\u{1b}[0m\u{1b}[0m|ListThings|\u{1b}[0m\u{1b}[0m\n"),
        "{table:?}"
    );
    assert!(table.contains("\u{1b}[1m\u{1b}[34mA\u{1b}[0m"), "{table:?}");
}

#[test]
fn a_large_table_is_printed_fast() {
    let row = |index: usize| {
        map([
            ("Index", number(&index.to_string())),
            ("Text", string(&"x".repeat(80))),
        ])
    };
    let table = print(
        Format::Table,
        map([("Rows", Any::List((0..30_000).map(row).collect()))]),
    );
    assert_eq!(table.lines().count(), 30_008);
}

static ANSWER: Schema = Schema::structure(
    "t#Answer",
    &[
        Member::new("Inside", &schema::STRING),
        Member::new("Place", &schema::STRING).header(&"location"),
        Member::new("Status", &schema::INTEGER).response_code(),
        Member::new("Also", &schema::STRING),
    ],
);

#[test]
fn members_outside_the_body_come_first() {
    let mut record = Record::new(&ANSWER);
    for (index, value) in [string("i"), string("p"), number("201"), string("a")]
        .into_iter()
        .enumerate()
    {
        assert!(record.set(index, value));
    }
    let expected = concat!(
        "{\n    \"Place\": \"p\",\n    \"Status\": 201,\n",
        "    \"Inside\": \"i\",\n    \"Also\": \"a\"\n}\n"
    );
    assert_eq!(print(Format::Json, Any::Structure(record)), expected);
}

#[test]
fn yaml_has_sorted_keys_and_lists_that_are_not_indented() {
    assert_eq!(
        print(Format::Yaml, things()),
        "\
Count: 2
Empty: []
Things:
- Big: true
  Name: one
  Sizes:
  - 1
  - 2.5
- Name: 日本
  Note: null
"
    );
    assert_eq!(print(Format::Yaml, map([])), "");
    assert_eq!(print(Format::Yaml, string("a: b")), "\"a: b\"\n");
    let nested = Any::List(vec![Any::List(vec![string("a"), map([])]), Any::Null]);
    assert_eq!(print(Format::Yaml, nested), "- - a\n  - {}\n- null\n");
}

#[test]
fn yaml_quotes_what_would_be_something_else() {
    for (text, expected) in [
        ("plain text, with [brackets]", "plain text, with [brackets]"),
        ("yes", "yes"),
        ("", "''"),
        ("true", "'true'"),
        ("1e5", "'1e5'"),
        ("0x1f", "'0x1f'"),
        ("_", "_"),
        ("2020-01-01T00:00:00Z", "'2020-01-01T00:00:00Z'"),
        ("arn:aws:iam::1:role/x", "arn:aws:iam::1:role/x"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("- a", "'- a'"),
        ("it's", "it's"),
        ("'s", "'''s'"),
        (" a", "' a'"),
        ("a\nb", "'a\n\n  b'"),
        ("a\n b", "\"a\\n b\""),
        ("a\tb", "\"a\\tb\""),
        ("\u{1f600}", "\"\\U0001F600\""),
    ] {
        let value = map([("K", string(text))]);
        assert_eq!(print(Format::Yaml, value), format!("K: {expected}\n"));
    }
}

#[test]
fn yaml_breaks_long_lines_at_blanks() {
    let value = map([("K", string(&["word"; 20].join(" ")))]);
    let (first, second) = (["word"; 16].join(" "), ["word"; 4].join(" "));
    assert_eq!(
        print(Format::Yaml, value),
        format!("K: {first}\n  {second}\n")
    );
    let key = "k".repeat(129);
    let value = map([(key.as_str(), number("1"))]);
    assert_eq!(print(Format::Yaml, value), format!("? {key}\n: 1\n"));
}

#[test]
fn a_stream_of_yaml_has_each_response_in_a_list() {
    let value = map([("B", Any::Boolean(false)), ("A", string("x"))]);
    assert_eq!(print(Format::YamlStream, value), "- A: x\n  B: false\n");
    assert_eq!(print(Format::YamlStream, map([])), "");
    assert_eq!(print(Format::YamlStream, string("x")), "- x\n");
}
