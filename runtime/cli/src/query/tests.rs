//! `--query`: order, numbers, literals, functions, errors.

use crate::output::{self, Format, Style};
use crate::query::Query;
use swage_client::schema::{BIG_DECIMAL, DOUBLE, Member, STRING, Schema};
use swage_client::{Any, Record};

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

fn response() -> Any {
    let item = |name: &str, size: &str| {
        map([
            ("Name", Any::String(name.to_owned())),
            ("Size", number(size)),
        ])
    };
    map([
        ("Zone", Any::String("z".to_owned())),
        (
            "Items",
            Any::List(vec![item("b", "2"), item("a", "10"), item("c", "2")]),
        ),
        ("Big", number("123456789012345678901234567890")),
        ("Angle", number("1.0")),
    ])
}

fn apply(expression: &str) -> Result<String, String> {
    apply_to(response(), expression)
}

fn apply_to(response: Any, expression: &str) -> Result<String, String> {
    let found = Query::compile(expression)?.apply(response)?;
    let mut out = Vec::new();
    output::write(
        &mut out,
        Style {
            format: Format::Json,
            color: false,
            width: 80,
        },
        "",
        found,
    )
    .map_err(|e| e.to_string())?;
    Ok(String::from_utf8(out)
        .map_err(|e| e.to_string())?
        .split_whitespace()
        .collect())
}

#[test]
fn a_string_can_only_contain_a_string() {
    assert_eq!(apply("contains(Zone, 'z')"), Ok("true".to_owned()));
    assert_eq!(apply("contains(Items[].Size, `10`)"), Ok("true".to_owned()));
    let told = apply("contains(Zone, `1`)").expect_err("a number");
    assert!(
        told.starts_with("In function contains(), invalid type for value: 1"),
        "{told}"
    );
}

#[test]
fn keys_keep_their_order_and_numbers_their_digits() {
    let cases = [
        ("keys(@)", r#"["Zone","Items","Big","Angle"]"#),
        (
            "{b: Big, a: Angle}",
            r#"{"b":123456789012345678901234567890,"a":1.0}"#,
        ),
        ("merge({z: `1`, a: `2`}, {z: `3`})", r#"{"z":3,"a":2}"#),
        (r#"`{"b": 1, "a": [1.0, 2]}`"#, r#"{"b":1,"a":[1.0,2]}"#),
        ("Items[0].*", r#"["b",2]"#),
        ("to_string(Items[0])", r#""{\"Name\":\"b\",\"Size\":2}""#),
    ];
    for (expression, found) in cases {
        assert_eq!(apply(expression).as_deref(), Ok(found), "{expression}");
    }
}

#[test]
fn json_in_strings_can_be_queried() {
    static POLICY: Schema = Schema::structure(
        "a#Policy",
        &[
            Member::new("Policy", &STRING).json_text(),
            Member::new("Text", &STRING),
        ],
    );
    let find = |text: &str, expression: &str| {
        let mut policy = Record::new(&POLICY);
        policy.set(0, Any::String(text.to_owned()));
        policy.set(1, Any::String(text.to_owned()));
        apply_to(Any::Structure(policy), expression)
    };
    let cases = [
        (r#"{"a": [1, 2.5]}"#, r#"{"a":[1,2.5]}"#),
        ("%7B%22a%22%3A%20%22%C3%A4%25%22%7D", r#"{"a":"ä%"}"#),
        (r#"{"a": "%20"}"#, r#"{"a":"%20"}"#),
        ("{\"a\":", r#""{\"a\":""#),
        ("a-b", r#""a-b""#),
        ("%7B", r#""%7B""#),
        ("%FF", r#""%FF""#),
        ("", r#""""#),
    ];
    for (text, found) in cases {
        assert_eq!(find(text, "Policy").as_deref(), Ok(found), "{text}");
    }
    let text = r#"{"a": {"b": 1}}"#;
    assert_eq!(find(text, "Policy.a.b").as_deref(), Ok("1"));
    assert_eq!(find(text, "Text.a.b").as_deref(), Ok("null"));
}

#[test]
fn big_decimals_keep_all_their_digits() {
    static AMOUNT: Schema = Schema::structure(
        "a#Amount",
        &[
            Member::new("Exact", &BIG_DECIMAL),
            Member::new("Near", &DOUBLE),
        ],
    );
    const LONG: &str = "-0.100000000000000000000001";
    let amount = || {
        let mut amount = Record::new(&AMOUNT);
        amount.set(0, number(LONG));
        amount.set(1, number(LONG));
        Any::Structure(amount)
    };
    let cases = [
        ("Exact", LONG),
        ("abs(Exact)", &LONG[1..]),
        ("Near", "-0.1"),
        ("ceil(Exact)", "0"),
        ("Exact < `0`", "true"),
    ];
    for (expression, found) in cases {
        let all = apply_to(amount(), expression);
        assert_eq!(all.as_deref(), Ok(found), "{expression}");
    }
}

#[test]
fn expressions_find_values() {
    let cases = [
        ("Zone", r#""z""#),
        ("Nope", "null"),
        ("Items[?Name=='a'].Size | [0]", "10"),
        ("Items[?Name==`a`].Size", "[10]"),
        ("Items[?Size > `2`].Name", r#"["a"]"#),
        ("Items[::-1].Name", r#"["c","a","b"]"#),
        ("Items[-1].Name", r#""c""#),
        ("Items[5]", "null"),
        ("Items[99999999999]", "null"),
        ("Items[:99999999999].Name", r#"["b","a","c"]"#),
        ("Items[-99999999999:].Name | [0]", r#""b""#),
        ("sort_by(Items, &Size)[].Name", r#"["b","c","a"]"#),
        ("max_by(Items, &Size).Name", r#""a""#),
        ("min_by(Items, &Size).Name", r#""b""#),
        ("join('-', Items[].Name)", r#""b-a-c""#),
        ("sum(Items[].Size)", "14"),
        ("avg(Items[].Size)", "4.666666666666667"),
        ("map(&Nope, Items)", "[null,null,null]"),
        ("not_null(Nope, Zone)", r#""z""#),
        ("Big > `1`", "true"),
        (
            "Zone < `1` || Zone",
            "error: A number and a string can't be compared.",
        ),
        ("!Nope && length(Zone)", "1"),
        ("ceil(`1.2`)", "2"),
        ("to_number('1.50')", "1.5"),
        ("type(&Zone)", "null"),
        ("type(Zone)", r#""string""#),
        ("length(Zone,)", "1"),
        ("join('-,)', Items[].Name , )", r#""b-,)a-,)c""#),
        ("foo(Zone,)", "error: Unknown function: foo()"),
        ("[length(Zone,)]", "[1]"),
        ("length (Zone,)", "1"),
        ("not_null(Nope,Zone,)", r#""z""#),
        ("sort_by(Items, &Size ,)[0].Name", r#""b""#),
    ];
    for (expression, expected) in cases {
        let found = apply(expression).unwrap_or_else(|error| format!("error: {error}"));
        assert_eq!(found, expected, "{expression}");
    }
}

#[test]
fn a_syntax_error_is_shown_with_its_position() {
    let cases = [
        (
            "",
            "Bad value for --query : Invalid JMESPath expression: cannot be empty.",
        ),
        (
            "a[",
            "Bad value for --query a[: Invalid jmespath expression: Incomplete expression:\n\"a[\"\n   ^",
        ),
        (
            "a b",
            "Bad value for --query a b: Unexpected token: b: Parse error at column 2, token \"b\" (UNQUOTED_IDENTIFIER), \
             for expression:\n\"a b\"\n   ^",
        ),
    ];
    for (expression, message) in cases {
        assert_eq!(apply(expression), Err(message.to_owned()));
    }
}

/// Where the AWS CLI differs from the specification, or the specification is silent.
#[test]
fn expressions_are_evaluated_as_by_the_aws_cli() {
    let cases = [
        // A multi-select ends a projection.
        ("`{}` | *.{Bar: x_y}.Bar", "null"),
        ("Items[*].[Name].Name", "null"),
        // A slice of an index isn't a projection.
        ("`[[{\"a\":1}]]`[0][0:1].a", "null"),
        ("`[{\"a\":1}]`[0:1].a", "[1]"),
        ("not_null(Nope Zone)", r#""z""#),
        ("{a: Zone b: Nope}", r#"{"a":"z","b":null}"#),
        ("(length)(Zone)", "1"),
        ("[Zone][?@ == z || `true`][]", r#"["z"]"#),
        ("`b`", r#""b""#),
        // An element that is true is 1.
        ("`1` == `true`", "false"),
        ("`[1]` == `[true]`", "true"),
        ("contains(`[0.0]`, `false`)", "true"),
        ("`9007199254740993` == `9007199254740992.0`", "false"),
        (
            "sort(`[9007199254740993, 9007199254740992.0, -1]`)",
            "[-1,9007199254740992.0,9007199254740993]",
        ),
        ("sum(`[-0.0]`)", "0.0"),
        ("sum(`[9007199254740993, 1, 0.0]`)", "9007199254740994.0"),
        (
            "avg(`[9007199254740993, 9007199254740995, 1]`)",
            "6004799503160663.0",
        ),
        ("ceil(`-0.5`)", "0"),
        ("type(merge(`{}`, `[]`, ''))", r#""object""#),
        ("to_number('+-1')", "null"),
        ("to_number(' +1 ')", "1"),
        ("to_string(`[\"\u{7f}\"]`)", r#""[\"\\u007f\"]""#),
        ("length(`{}`) == `0` && !`0`", "false"),
    ];
    for (expression, found) in cases {
        assert_eq!(apply(expression).as_deref(), Ok(found), "{expression}");
    }
}

#[test]
fn invalid_arguments_have_the_messages_of_the_aws_cli() {
    let number = "['number'], received: \"array\"";
    let string = "['string'], received: \"array\"";
    let object = "['object'], received: \"array\"";
    let keys = "received: \"null\"";
    let cases = [
        ("abs(`[]`)", "[]", number),
        ("ceil(`[]`)", "[]", number),
        ("floor(`[]`)", "[]", number),
        ("starts_with(`[]`, 'a')", "[]", string),
        ("ends_with('a', `[]`)", "[]", string),
        ("join(`[]`, `[]`)", "[]", string),
        ("keys(`[]`)", "[]", object),
        ("values(`[]`)", "[]", object),
        ("merge(`[]`)", "[]", object),
        ("merge(@, `[1]`)", "[1]", object),
        ("map('a', `[]`)", "a", "['expref'], received: \"string\""),
        (
            "length(&a)",
            "an expression",
            "['string', 'array', 'object'], received: \"expref\"",
        ),
        (
            "join('', `[null]`)",
            "None",
            "['array-string'], received: \"null\"",
        ),
        (
            "max(`[1, \"a\"]`)",
            "a",
            "['array-number', 'array-string'], received: \"string\"",
        ),
        (
            "sort_by(`[{\"a\": null}]`, &a)",
            "{'a': None}",
            &format!("['string', 'number'], {keys}"),
        ),
        (
            "sort_by(`[1, null]`, &@)",
            "None",
            &format!("['number'], {keys}"),
        ),
        (
            "max_by(`[\"a\", null]`, &@)",
            "None",
            &format!("['number', 'string'], {keys}"),
        ),
    ];
    for (expression, value, expected) in cases {
        let function = expression.split('(').next().unwrap_or_default();
        let told = format!(
            "In function {function}(), invalid type for value: {value}, expected one of: {expected}"
        );
        assert_eq!(apply(expression), Err(told), "{expression}");
    }
    let mixed = "A number and a string can't be compared.";
    assert_eq!(apply("min_by(`[1, \"a\"]`, &@)"), Err(mixed.to_owned()));
}

#[test]
fn syntax_errors_have_the_messages_of_the_aws_cli() {
    let parse = [
        (
            "a.",
            "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: eof",
            2,
            "",
            "EOF",
        ),
        ("{a}", "Expecting: colon, got: rbrace", 2, "}", "RBRACE"),
        (
            "{1: a}",
            "Expecting: ['quoted_identifier', 'unquoted_identifier'], got: number",
            1,
            "1",
            "NUMBER",
        ),
        ("[:::]", "syntax error", 3, ":", "COLON"),
        ("a !b", "invalid token", 2, "!", "NOT"),
        (
            "`{\"a\":null}` `1`",
            "Unexpected token: 1",
            13,
            "1",
            "LITERAL",
        ),
        (
            "\"\u{e9}\" b",
            "Unexpected token: b",
            4,
            "b",
            "UNQUOTED_IDENTIFIER",
        ),
        (
            "\"a\"(@)",
            "Quoted identifier not allowed for function names.",
            0,
            "(",
            "LPAREN",
        ),
        ("a || @(b)", "Invalid function name '@'", 5, "@", "CURRENT"),
    ];
    for (expression, message, column, token, kind) in parse {
        let told = format!(
            "Bad value for --query {expression}: {message}: Parse error at column {column}, token \"{token}\" ({kind}), \
             for expression:\n\"{expression}\"\n {:column$}^",
            ""
        );
        assert_eq!(apply(expression), Err(told));
    }
    let lexer = [
        ("a = b", "Unknown token '='", 2),
        ("a[-]", "Unknown token '-'", 2),
        ("a \u{e9}", "Unknown token \u{e9}", 2),
        ("a || 'b", "Unclosed ' delimiter", 5),
        ("`a\\`", "Unclosed ` delimiter", 0),
        (r#""\q""#, r"Invalid \escape", 0),
        (r#""\u12""#, r"Invalid \uXXXX escape", 0),
        ("\"\t\"", "Invalid control character at", 0),
        ("`\"`", "Bad token \"", 0),
    ];
    for (expression, message, column) in lexer {
        let told = format!(
            "Bad value for --query {expression}: Bad jmespath expression: {message}:\n{expression}\n{:column$}^",
            ""
        );
        assert_eq!(apply(expression), Err(told));
    }
}

#[test]
fn a_comma_must_follow_an_argument_of_a_function() {
    let cases = [
        ("foo(,)", 4),
        ("(Zone,)", 5),
        ("length(Zone,,)", 12),
        ("[Zone,]", 6),
        ("{a: Zone,}", 9),
    ];
    for (expression, column) in cases {
        let told = apply(expression).expect_err(expression);
        let place = format!("Parse error at column {column}, ");
        assert!(told.contains(&place), "{expression}: {told}");
    }
}

#[test]
fn functions_check_their_arguments() {
    let cases = [
        ("nofunc(@)", "Unknown function: nofunc()"),
        (
            "length()",
            "Expected 1 argument for function length(), received 0",
        ),
        (
            "length(`5`)",
            "In function length(), invalid type for value: 5, expected one of: ['string', 'array', 'object'], received: \"number\"",
        ),
    ];
    for (expression, message) in cases {
        assert_eq!(apply(expression), Err(message.to_owned()));
    }
}

#[test]
fn long_expressions_are_accepted_and_deeply_nested_ones_refused() {
    let long = "Zone.".repeat(5000) + "Zone";
    assert_eq!(apply(&long).as_deref(), Ok("null"));
    let deep = "(".repeat(501) + "Zone" + &")".repeat(501);
    let told = apply(&deep).expect_err("too deep");
    assert!(
        told.ends_with("nested more than 500 levels deep."),
        "{told}"
    );
}

/// Runs with the stack size of a main thread.
#[test]
fn deeply_nested_expressions_never_crash() {
    let all = || {
        for (piece, times) in [
            ("!", 900),
            ("!", 100_000),
            ("(", 100_000),
            ("a.", 900),
            ("a.", 100_000),
            ("[", 900),
        ] {
            let expression = piece.repeat(times) + "a";
            if let Ok(query) = Query::compile(&expression) {
                query.apply(response()).ok();
            }
        }
    };
    let thread = std::thread::Builder::new().stack_size(8 << 20).spawn(all);
    assert!(thread.expect("a thread").join().is_ok());
}
