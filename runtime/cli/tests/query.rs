//! `--query`: order, numbers, literals, functions, errors.

use swage_cli::output::{self, Format, Style};
use swage_cli::query::Query;
use swage_client::schema::{BIG_DECIMAL, DOUBLE, Member, Schema};
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
fn expressions_find_what_they_should() {
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
fn a_broken_expression_is_shown_with_its_place() {
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
            "Bad value for --query a b: Unexpected token: Parse error at column 2, for expression:\n\"a b\"\n   ^",
        ),
    ];
    for (expression, message) in cases {
        assert_eq!(apply(expression), Err(message.to_owned()));
    }
}

#[test]
fn a_comma_has_an_argument_before_it_and_a_function_around_it() {
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

/// With the stack that a main thread has.
#[test]
fn deep_expressions_are_refused_or_evaluated_but_never_crash() {
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
