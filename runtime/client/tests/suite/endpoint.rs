//! Handwritten endpoint tables: their results, and that no table or parameter makes the evaluator panic.

use crate::rules::{TABLE, rules};
use std::fmt::Write as _;
use swage_client::endpoint::{AuthScheme, Endpoint, EndpointError, EndpointValue, Params, Rules};

fn resolve_with(params: &[(&str, EndpointValue)]) -> Result<Endpoint, EndpointError> {
    let mut all = Params::new();
    for (name, value) in params {
        all.set(*name, value.clone());
    }
    rules(TABLE).resolve(&all)
}

#[test]
fn conditions_lead_to_an_endpoint_or_an_error() {
    let url = |params: &[(&str, EndpointValue)]| resolve_with(params).unwrap().url;
    assert_eq!(
        url(&[("Endpoint", "http://here:1".into())]),
        "http://here:1"
    );
    assert_eq!(
        url(&[("Region", "cn-north-1".into()), ("Bucket", "b".into())]),
        "https://b.store.cn-north-1.amazonaws.com.cn"
    );
    assert_eq!(
        url(&[
            ("Region", "nowhere".into()),
            ("Bucket", "b".into()),
            ("PathStyle", true.into())
        ]),
        "https://store.nowhere.api.aws/b"
    );
    let names = EndpointValue::from(vec!["n".to_owned(), "m".to_owned()]);
    assert_eq!(
        url(&[("Region", "us-gov-west-1".into()), ("Names", names)]),
        "https://n.us-gov-west-1.amazonaws.com"
    );
    let error = |params: &[(&str, EndpointValue)]| resolve_with(params).unwrap_err();
    assert_eq!(
        error(&[("Region", "us-iso-east-1".into()), ("UseFIPS", true.into())]),
        EndpointError::Rule("no FIPS in aws-iso".to_owned())
    );
    assert_eq!(error(&[]), EndpointError::NoMatch);
    assert_eq!(
        error(&[("Region", "r".into()), ("Bucket", "no label".into())]),
        EndpointError::NoMatch
    );
    assert_eq!(
        error(&[("Region", true.into())]),
        EndpointError::Type("Region".to_owned())
    );
    let list = EndpointValue::List(vec![EndpointValue::Boolean(true)]);
    assert_eq!(
        error(&[("Names", list)]),
        EndpointError::Type("Names".to_owned())
    );
}

#[test]
fn properties_and_headers_are_templates() {
    let endpoint = resolve_with(&[("Region", "eu-west-1".into()), ("Bucket", "b".into())]).unwrap();
    let header = (
        "x-region".to_owned(),
        vec!["eu-west-1".to_owned(), "{}".to_owned()],
    );
    assert_eq!(endpoint.headers, [header]);
    assert_eq!(
        endpoint.property("backend"),
        Some(&EndpointValue::from("b"))
    );
    let expected = [
        AuthScheme {
            name: "sigv4a".to_owned(),
            signing_name: Some("store".to_owned()),
            signing_region: None,
            signing_region_set: vec!["*".to_owned()],
            disable_double_encoding: true,
        },
        AuthScheme {
            name: "sigv4".to_owned(),
            signing_region: Some("eu-west-1".to_owned()),
            ..AuthScheme::default()
        },
    ];
    assert_eq!(endpoint.auth_schemes(), expected);
    assert_eq!(Endpoint::new("https://a").auth_schemes(), []);
}

/// The value of an expression with one parameter `P`.
fn call(expression: &str, text: &str) -> Result<String, EndpointError> {
    let table = format!(
        "swage-endpoint-rules 1\nparam P string\nparam Absent string\nc0 X = {expression}\nr0 error \"{{X}}\"\nn0 c0 r0 -\n"
    );
    let mut params = Params::new();
    params.set("P", text);
    match rules(&table).resolve(&params) {
        Err(EndpointError::Rule(message)) => Ok(message),
        Err(error) => Err(error),
        Ok(endpoint) => panic!("{endpoint:?}"),
    }
}

fn check_calls(table: &[(&str, &str, Option<&str>)]) {
    for (expression, text, expected) in table {
        let expected = expected.map(str::to_owned).ok_or(EndpointError::NoMatch);
        assert_eq!(call(expression, text), expected, "{expression} of {text:?}");
    }
}

#[test]
fn functions_of_the_standard_library() {
    check_calls(&[
        ("isSet(P)", "", Some("true")),
        ("isSet(Absent)", "", None),
        ("not(isSet(Absent))", "", Some("true")),
        ("not(true)", "", None),
        ("stringEquals(P, \"a\")", "a", Some("true")),
        ("stringEquals(P, Absent)", "a", None),
        ("booleanEquals(false, isSet(Absent))", "", Some("true")),
        ("coalesce(Absent, Absent, P)", "x", Some("x")),
        ("coalesce(Absent, P, \"y\")", "x", Some("x")),
        ("ite(isSet(Absent), \"yes\", \"no\")", "", Some("no")),
        ("substring(P, 0, 4, false)", "abcdef", Some("abcd")),
        ("substring(P, 0, 4, true)", "abcdef", Some("cdef")),
        ("substring(P, 1, 3, true)", "abcdef", Some("de")),
        ("substring(P, 0, 4, false)", "abc", None),
        ("substring(P, 3, 3, false)", "abcdef", None),
        ("substring(P, 0, 1, false)", "äb", None),
        ("uriEncode(P)", "a/ä b~", Some("a%2F%C3%A4%20b~")),
        (
            "getAttr(split(P, \"--\", 2), \"[1]\")",
            "a--b--c",
            Some("b--c"),
        ),
        (
            "getAttr(split(P, \"--\", 0), \"[-1]\")",
            "a--b--c",
            Some("c"),
        ),
        ("getAttr(split(P, \"\", 0), \"[0]\")", "abc", Some("abc")),
        ("isValidHostLabel(P, false)", "a-1", Some("true")),
        ("isValidHostLabel(P, false)", "a.b", None),
        ("isValidHostLabel(P, true)", "a.b", Some("true")),
        ("isValidHostLabel(P, true)", "a..b", None),
        ("isValidHostLabel(P, false)", "-a", None),
    ]);
}

#[test]
fn urls() {
    let (scheme, path) = (
        "getAttr(parseURL(P), \"scheme\")",
        "getAttr(parseURL(P), \"path\")",
    );
    let (authority, is_ip) = (
        "getAttr(parseURL(P), \"authority\")",
        "getAttr(parseURL(P), \"isIp\")",
    );
    check_calls(&[
        (authority, "https://a.b:80/c", Some("a.b:80")),
        (path, "https://a.b", Some("")),
        (path, "https://a.b/c", Some("/c")),
        (
            "getAttr(parseURL(P), \"normalizedPath\")",
            "https://a.b/c",
            Some("/c/"),
        ),
        (
            "getAttr(parseURL(P), \"normalizedPath\")",
            "https://a.b",
            Some("/"),
        ),
        (is_ip, "https://[::1]:8080", Some("true")),
        (is_ip, "https://1.2.3.4.5", None),
        (scheme, "http://a", Some("http")),
        (scheme, "ftp://a", None),
        (scheme, "https://", None),
        (scheme, "https://a?b", None),
        (scheme, "https://a:99999", None),
        (scheme, "https://[a", None),
        (scheme, "https://user@a", None),
    ]);
}

#[test]
fn functions_of_aws() {
    let hostable = "aws.isVirtualHostableS3Bucket(P, false)";
    let hostable_with_dots = "aws.isVirtualHostableS3Bucket(P, true)";
    check_calls(&[
        (
            "getAttr(aws.parseArn(P), \"resourceId[1]\")",
            "arn:aws:s3:::a/b:c",
            Some("b"),
        ),
        (
            "getAttr(aws.parseArn(P), \"region\")",
            "arn:aws:s3:r:",
            None,
        ),
        (
            "getAttr(aws.parseArn(P), \"region\")",
            "arn::s3:r:1:x",
            None,
        ),
        (
            "getAttr(aws.partition(P), \"name\")",
            "eusc-de-east-1",
            Some("aws-eusc"),
        ),
        (
            "getAttr(aws.partition(P), \"name\")",
            "us-gov-east-1",
            Some("aws-us-gov"),
        ),
        (
            "getAttr(aws.partition(P), \"name\")",
            "us-isof-south-1",
            Some("aws-iso-f"),
        ),
        ("getAttr(aws.partition(P), \"name\")", "moon-1", Some("aws")),
        (
            "getAttr(aws.partition(P), \"implicitGlobalRegion\")",
            "aws-cn-global",
            Some("cn-northwest-1"),
        ),
        (hostable, "bucket-1", Some("true")),
        (hostable, "a.bucket", None),
        (hostable, "ab", None),
        (hostable_with_dots, "a.bucket", Some("true")),
        (hostable_with_dots, "Bucket", None),
        (hostable_with_dots, "1.2.3.4", None),
    ]);
}

#[test]
fn a_table_that_is_wrong_says_where() {
    let table = [
        ("", "line 1: there is no table"),
        ("other 1", "line 1: not `swage-endpoint-rules 1`"),
        ("swage-endpoint-rules 1\nc0 P", "line 2: unknown name: P"),
        (
            "swage-endpoint-rules 1\nc1 true",
            "line 2: c1 stands where c0 should",
        ),
        (
            "swage-endpoint-rules 1\nc0 f(true)",
            "line 2: unknown function: f",
        ),
        (
            "swage-endpoint-rules 1\nc0 not()",
            "line 2: not doesn't take 0 arguments",
        ),
        (
            "swage-endpoint-rules 1\nr0 error \"{P}\"",
            "line 2: unknown name: P",
        ),
        (
            "swage-endpoint-rules 1\nr0 error \"a",
            "line 2: a string without an end",
        ),
        (
            "swage-endpoint-rules 1\nc0 true\nn0 c0 n0 -",
            "line 3: a jump that doesn't go forward: n0",
        ),
        (
            "swage-endpoint-rules 1\nc0 true\nn0 c0 n5 -",
            "line 3: a jump to a node that isn't there",
        ),
    ];
    for (text, expected) in table {
        let error = Rules::parse(text).unwrap_err();
        assert_eq!(error.to_string(), format!("endpoint rules, {expected}"));
    }
    let deep = format!("swage-endpoint-rules 1\nc0 {}", "not(".repeat(100_000));
    assert_eq!(
        Rules::parse(&deep).unwrap_err().message,
        "nested too deeply"
    );
}

#[test]
fn no_table_panics() {
    let mut params = Params::new();
    params
        .set("Bucket", "b")
        .set("Region", "us-east-1")
        .set("Names", vec!["ä".to_owned()]);
    for at in 0..TABLE.len() {
        for replacement in [
            "", "\"", "{", "}", "(", "[", ",", " ", "\n", "-", "9", "ä", "\\", "\\u", "#", ".",
        ] {
            let end = at + usize::from(at % 2 == 0);
            let text = format!("{}{replacement}{}", &TABLE[..at], &TABLE[end..]);
            if let Ok(rules) = Rules::parse(&text) {
                let _ = rules.resolve(&params);
            }
        }
    }
}

#[test]
fn conditions_that_double_a_value_each_time_end_in_nothing() {
    let mut texts = "swage-endpoint-rules 1\nparam P string\n".to_owned();
    let (mut lists, mut nodes, mut last) = (texts.clone(), String::new(), "P".to_owned());
    for index in 0..100 {
        writeln!(
            texts,
            "c{index} V{index} = coalesce(\"{{{last}}}{{{last}}}\", true)"
        )
        .unwrap();
        writeln!(
            lists,
            "c{index} V{index} = coalesce([{last}, {last}], true)"
        )
        .unwrap();
        let next = if index == 99 {
            "r0".to_owned()
        } else {
            format!("n{}", index + 1)
        };
        writeln!(nodes, "n{index} c{index} {next} -").unwrap();
        last = format!("V{index}");
    }
    for conditions in [texts, lists] {
        let rules = rules(&format!("{conditions}r0 error \"end\"\n{nodes}"));
        let mut params = Params::new();
        params.set("P", "ab");
        assert_eq!(
            rules.resolve(&params),
            Err(EndpointError::Rule("end".to_owned()))
        );
    }
}
