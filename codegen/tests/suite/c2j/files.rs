//! The files beside a service, and errors in its files.

use super::{applied, errors, model, service, sources};
use swage_codegen::load::load;

#[test]
fn files_beside_a_service() {
    let model = model(&[
        r#"{"pagination": {"List": {"input_token": "t", "output_token": "n.t", "limit_key": "max", "result_key": "items"},
            "Other": {"input_token": ["a", "b"], "output_token": ["c || x[-1].k", "d"], "result_key": ["x", "y"],
                "more_results": "more", "non_aggregate_keys": ["z.w"], "limit_key": "max"}}}"#,
        r#"{"version": 1.0, "merge": {"pagination": {"List": {"result_key": ["all"]}}}}"#,
        r#"{"version": 1.0, "merge": {"metadata": {"endpointPrefix": "extra"}}}"#,
        r#"{"version": 2, "waiters": {"Done": {"delay": 600, "maxAttempts": 3, "operation": "List", "acceptors": [
            {"matcher": "path", "argument": "s", "expected": "x", "state": "success"},
            {"matcher": "pathAll", "argument": "s[]", "expected": "x", "state": "success"},
            {"matcher": "path", "argument": "n", "expected": 0, "state": "retry"},
            {"matcher": "path", "argument": "b", "expected": true, "state": "retry"},
            {"matcher": "status", "expected": 200, "state": "success"},
            {"matcher": "status", "expected": 404, "state": "retry"},
            {"matcher": "error", "expected": "Gone", "state": "failure"},
            {"matcher": "error", "expected": true, "state": "failure"}]}}}"#,
        r#"{"version": "1.0", "examples": {"List": [{"title": "T", "description": "D", "id": "i", "input": {"max": 1}, "comments": {}}]}}"#,
        r#"{"version": "1.0", "parameters": {}, "rules": []}"#,
        r#"{"testCases": [], "version": "1.0"}"#,
        &service(
            r#""protocol": "json", "endpointPrefix": "thing""#,
            r#""List": {"errors": [{"shape": "Gone"}]}, "Other": {}"#,
            r#""Gone": {"type": "structure", "members": {}, "error": {"httpStatusCode": 404}}"#,
        ),
    ]);
    let of = |id, name| applied(&model, id, name);
    assert_eq!(
        of("List", "paginated"),
        "{inputToken=t outputToken=n.t items=all pageSize=max}"
    );
    assert_eq!(of("List", "swage.api#pages"), "");
    assert_eq!(of("Other", "paginated"), "");
    assert_eq!(
        of("Other", "swage.api#pages"),
        "{inputTokens=[a b] outputTokens=[c || x[-1].k d] results=[x y] moreResults=more nonAggregate=[z.w] pageSize=max}"
    );
    assert_eq!(
        of("List", "examples"),
        "[{title=T documentation=D input={max=1}}]"
    );
    let waiters = of("List", "smithy.waiters#waitable");
    assert!(waiters.contains("maxAttempts=3"), "{waiters}");
    for part in [
        "{state=success matcher={output={path=s expected=x comparator=stringEquals}}}",
        "{state=success matcher={output={path=s[] expected=x comparator=allStringEquals}}}",
        "{state=retry matcher={output={path=(n) == `0` expected=true comparator=booleanEquals}}}",
        "{state=retry matcher={output={path=b expected=true comparator=booleanEquals}}}",
        "{state=success matcher={success=true}}",
        "{state=retry matcher={errorType=Gone}}",
        "{state=failure matcher={errorType=Gone}}",
        "{state=failure matcher={success=false}}",
        "minDelay=600 maxDelay=600",
    ] {
        assert!(waiters.contains(part), "{part} in {waiters}");
    }
    assert_eq!(
        of("Extra", "smithy.rules#endpointRuleSet"),
        "{version=1.0 parameters={} rules=[]}"
    );
    assert_eq!(
        of("Extra", "smithy.rules#endpointTests"),
        "{testCases=[] version=1.0}"
    );
    assert_eq!(
        of("Extra", "aws.api#service"),
        "{sdkId=Extra endpointPrefix=extra}"
    );
}

#[test]
fn several_services_keep_to_their_folders() {
    let one = service(
        r#""protocol": "json", "targetPrefix": "One""#,
        r#""A": {}"#,
        "",
    );
    let two = one.replace("thing-", "other-").replace("\"A\"", "\"B\"");
    let pages = r#"{"pagination": {"A": {"input_token": "i", "output_token": "o"}}}"#;
    let files = [
        ("x/s.json", one.as_str()),
        ("y/s.json", &two),
        ("x/p.json", pages),
    ];
    let loaded = load(&sources(&files)).into_model().unwrap();
    assert_eq!(
        applied(&loaded, "A", "paginated"),
        "{inputToken=i outputToken=o}"
    );
    assert_eq!(errors(&[("x/s.json", &one), ("x/t.json", &two)]).len(), 1);
    assert_eq!(errors(&[("x/p.json", pages)]).len(), 1);
    assert_eq!(
        errors(&[("x/s.json", &one), ("y/s.json", &two), ("z/p.json", pages)]).len(),
        1
    );
}

#[test]
fn values_of_the_wrong_form_are_errors_or_ignored_but_never_a_panic() {
    let whole = service(
        r#""protocols": ["rest-xml"], "protocol": "json", "auth": ["aws.auth#sigv4"], "signatureVersion": "v4""#,
        r#""A": {"name": "A", "http": {"method": "GET", "requestUri": "/{L}"}, "input": {"shape": "I", "locationName": "R"},
           "output": {"shape": "I"}, "errors": [{"shape": "E"}], "auth": ["smithy.api#noAuth"]}"#,
        r#""I": {"type": "structure", "payload": "b", "required": ["l"], "members": {"l": {"shape": "S", "location": "uri", "locationName": "L"},
           "b": {"shape": "B", "streaming": true}, "f": {"shape": "L", "flattened": true}}}, "B": {"type": "blob"},
           "S": {"type": "string", "enum": ["x"]}, "L": {"type": "list", "member": {"shape": "S"}},
           "E": {"type": "structure", "members": {}, "error": {"code": "c", "httpStatusCode": 400}, "exception": true}"#,
    );
    let other = [
        r#"{"pagination": {"A": {"input_token": "i", "output_token": "o"}}}"#,
        r#"{"waiters": {"W": {"operation": "A", "delay": 1, "acceptors": [{"matcher": "status", "expected": 404, "state": "retry"}]}}}"#,
        r#"{"examples": {"A": [{"title": "t"}]}}"#,
        r#"{"merge": {"pagination": {}}}"#,
    ];
    let all = other
        .into_iter()
        .chain([whole.as_str()])
        .collect::<Vec<_>>();
    for (changed, text) in all.iter().enumerate() {
        let starts: Vec<usize> = text
            .match_indices(": ")
            .map(|(index, _)| index + 2)
            .collect();
        for start in starts {
            let end = value_end(text, start);
            for replacement in [
                "null",
                "7",
                "\"\"",
                "\"é{\"",
                "[]",
                "[null]",
                "{}",
                "{\"a\": 1}",
                "true",
            ] {
                let text = format!("{}{replacement}{}", &text[..start], &text[end..]);
                let mut texts = all.clone();
                texts[changed] = &text;
                let files: Vec<(&str, &str)> =
                    texts.iter().map(|text| ("f/x.json", *text)).collect();
                let _ = load(&sources(&files));
            }
        }
    }
}

/// The end of the JSON value that starts at an offset.
fn value_end(text: &str, start: usize) -> usize {
    let mut values =
        serde_json::Deserializer::from_str(&text[start..]).into_iter::<serde_json::Value>();
    values.next();
    start + values.byte_offset()
}

#[test]
fn what_is_no_list_has_no_items() {
    let pages = |key: &str| {
        format!(
            r#"{{"pagination": {{"Do": {{"input_token": "t", "output_token": "t", "result_key": "{key}"}}}}}}"#
        )
    };
    let service = service(
        r#""protocol": "query""#,
        r#""Do": {"input": {"shape": "In"}, "output": {"shape": "Out"}}"#,
        r#""In": {"type": "structure", "members": {"t": {"shape": "Text"}}}, "Text": {"type": "string"},
           "Out": {"type": "structure", "members": {"t": {"shape": "Text"}, "in": {"shape": "Inner"}}},
           "Inner": {"type": "structure", "members": {"all": {"shape": "Texts"}}},
           "Texts": {"type": "list", "member": {"shape": "Text"}}"#,
    );
    for (key, items) in [("t", ""), ("in", ""), ("in.all", " items=in.all")] {
        let loaded = model(&[&service, &pages(key)]);
        let expected = format!("{{inputToken=t outputToken=t{items}}}");
        assert_eq!(applied(&loaded, "Do", "paginated"), expected);
    }
}
