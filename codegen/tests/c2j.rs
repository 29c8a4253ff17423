//! The AWS JSON format: what each of its words becomes.

use swage_codegen::Options;
use swage_codegen::diagnostic::{Diagnostic, Source, render};
use swage_codegen::load::load;
use swage_codegen::model::{Model, ShapeId, ShapeKind};
use swage_codegen::node::{Node, NodeValue};

fn sources(files: &[(&str, &str)]) -> Vec<Source> {
    let source = |(name, text): &(&str, &str)| Source {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    };
    files.iter().map(source).collect()
}

/// Loads files that stand in one folder, or fails with what was reported.
fn model(texts: &[&str]) -> Model {
    let files: Vec<(&str, &str)> = texts.iter().map(|text| ("a/file.json", *text)).collect();
    let sources = sources(&files);
    load(&sources).unwrap_or_else(|problems| panic!("{}", render(&problems, &sources, false)))
}

fn errors(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    load(&sources(files)).err().unwrap_or_default()
}

/// A service with that metadata, operations and shapes, all without their braces.
fn service(metadata: &str, operations: &str, shapes: &str) -> String {
    format!(
        r#"{{"version": "2.0",
            "metadata": {{"apiVersion": "2020-01-01", "uid": "thing-2020-01-01", {metadata}}},
            "operations": {{{operations}}}, "shapes": {{{shapes}}}}}"#
    )
}

/// A trait of a shape or member, as compact text.
fn applied(model: &Model, id: &str, applied: &str) -> String {
    let (name, member) = id.split_once('$').unwrap_or((id, ""));
    let shape = &model.shapes[&ShapeId::new(format!("com.amazonaws.thing#{name}"))];
    let own = match &shape.kind {
        ShapeKind::List(own) if member == "member" => Some(&**own),
        ShapeKind::Map(own, _) if member == "key" => Some(&**own),
        ShapeKind::Map(_, own) if member == "value" => Some(&**own),
        _ => shape.members().iter().find(|own| own.name == member),
    };
    let traits = own.map_or(&shape.traits, |member| &member.traits);
    traits.get(applied).map(compact).unwrap_or_default()
}

fn compact(node: &Node) -> String {
    match &node.value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Boolean(value) => value.to_string(),
        NodeValue::Number(text) | NodeValue::String(text) => text.clone(),
        NodeValue::Array(all) => {
            format!(
                "[{}]",
                all.iter().map(compact).collect::<Vec<_>>().join(" ")
            )
        }
        NodeValue::Object(all) => {
            let entries = all
                .iter()
                .map(|entry| format!("{}={}", entry.key, compact(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
    }
}

fn kind(model: &Model, name: &str) -> String {
    let shape = &model.shapes[&ShapeId::new(format!("com.amazonaws.thing#{name}"))];
    let text = format!("{:?}", shape.kind);
    text.split(['(', ' '])
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches(')')
        .to_owned()
}

#[test]
fn metadata_becomes_traits_of_the_service() {
    let loaded = model(&[&service(
        r#""protocols": ["json", "query", "smithy-rpc-v2-cbor"], "protocol": "query", "jsonVersion": "1.1",
           "targetPrefix": "Thing_20200101", "serviceId": "Some Thing", "endpointPrefix": "thing", "signingName": "thingy",
           "serviceFullName": "The Thing Service", "signatureVersion": "v4", "auth": ["aws.auth#sigv4", "aws.auth#sigv4a"],
           "xmlNamespace": "https://thing/", "awsQueryCompatible": {}"#,
        r#""Do": {"name": "Do", "http": {"method": "POST", "requestUri": "/"}}"#,
        "",
    )]);
    let of = |name| applied(&loaded, "Thing_20200101", name);
    assert_eq!(
        of("aws.api#service"),
        "{sdkId=Some Thing endpointPrefix=thing}"
    );
    assert_eq!(of("aws.protocols#awsJson1_1"), "{}");
    assert_eq!(of("aws.protocols#awsQuery"), "{}");
    assert_eq!(of("smithy.protocols#rpcv2Cbor"), "{}");
    assert_eq!(of("aws.protocols#awsQueryCompatible"), "{}");
    assert_eq!(of("aws.auth#sigv4"), "{name=thingy}");
    assert_eq!(of("auth"), "[aws.auth#sigv4 aws.auth#sigv4a]");
    assert_eq!(of("title"), "The Thing Service");
    assert_eq!(of("xmlNamespace"), "{uri=https://thing/}");
    assert_eq!(applied(&loaded, "Do", "http"), "");
}

/// Services expect the prefix as it stands, and it may not be a name in Smithy.
#[test]
fn the_target_prefix_is_what_the_service_is_called() {
    for (prefix, name, kept) in [
        ("secretsmanager", "secretsmanager", false),
        ("com.amazonaws.v1.Trail_2013", "Trail_2013", true),
        ("com.amazonaws.1", "_1", true),
        ("Thing", "ThingService", true),
    ] {
        let metadata = format!(r#""protocol": "json", "targetPrefix": "{prefix}""#);
        let text = service(
            &metadata,
            r#""Do": {"output": {"shape": "Thing"}}"#,
            r#""Thing": {"type": "structure", "members": {}}"#,
        );
        let loaded = model(&[&text]);
        let given = if kept { prefix } else { "" };
        assert_eq!(applied(&loaded, name, "swage#serviceName"), given);
        let crate_of = swage_codegen::generate(
            &sources(&[("a/service-2.json", &text)]),
            &Options {
                name: Some("thing".to_owned()),
                ..Options::default()
            },
        );
        let files = crate_of.expect("it can be generated").files;
        let table = files.iter().find(|file| file.path == "src/service.rs");
        let table = &table.expect("there is one").text;
        assert!(
            table.contains(&format!("id: \"com.amazonaws.thing#{prefix}\"")),
            "{table}"
        );
    }
}

#[test]
fn schemes_of_operations() {
    let loaded = model(&[&service(
        r#""protocol": "json", "targetPrefix": "T", "signatureVersion": "v4", "endpointPrefix": "thing""#,
        r#""A": {"auth": ["aws.auth#sigv4a", "aws.auth#sigv4"]}, "B": {"auth": ["aws.auth#sigv4", "smithy.api#noAuth"]},
           "C": {"authtype": "none"}, "D": {"authtype": "v4-unsigned-body"}, "E": {"authtype": "bearer"}"#,
        "",
    )]);
    let of = |id, name| applied(&loaded, id, name);
    assert_eq!(
        [of("T", "auth"), of("T", "aws.auth#sigv4a")],
        ["[aws.auth#sigv4]", "{name=thing}"]
    );
    assert_eq!(
        [of("A", "auth"), of("A", "optionalAuth")],
        ["[aws.auth#sigv4a aws.auth#sigv4]", ""]
    );
    assert_eq!(
        [of("B", "auth"), of("B", "optionalAuth")],
        ["[aws.auth#sigv4]", "{}"]
    );
    assert_eq!(
        [of("C", "auth"), of("D", "aws.auth#unsignedPayload")],
        ["[]", "{}"]
    );
    assert_eq!(of("E", "auth"), "[smithy.api#httpBearerAuth]");
}

#[test]
fn shapes_keep_their_meaning() {
    let loaded = model(&[&service(
        r#""protocol": "rest-json""#,
        "",
        r#""S": {"type": "string", "enum": ["a", "", "b c"], "sensitive": true},
           "P": {"type": "string", "min": 1, "max": 2, "pattern": "x+", "documentation": "<p>p</p>"},
           "I": {"type": "integer", "min": 1, "box": true}, "L": {"type": "list", "member": {"shape": "P"}, "max": 3},
           "M": {"type": "map", "key": {"shape": "P"}, "value": {"shape": "L"}},
           "T": {"type": "timestamp", "timestampFormat": "rfc822"}, "C": {"type": "character"},
           "D": {"type": "structure", "document": true, "members": {}},
           "U": {"type": "structure", "union": true, "members": {"z": {"shape": "P"}, "a": {"shape": "I"}}},
           "E": {"type": "structure", "eventstream": true, "members": {"e": {"shape": "V"}}},
           "V": {"type": "structure", "event": true, "members": {
               "h": {"shape": "P", "eventheader": true}, "p": {"shape": "B", "eventpayload": true}}},
           "B": {"type": "blob"},
           "R": {"type": "structure", "required": ["a"], "members": {
               "a": {"shape": "P", "idempotencyToken": true, "deprecated": true, "deprecatedMessage": "old"},
               "b": {"shape": "T", "timestampFormat": "unixTimestamp"}}}"#,
    )]);
    let of = |id, name| applied(&loaded, id, name);
    assert_eq!(kind(&loaded, "S"), "Enum [Member");
    assert_eq!(
        [
            of("S$a", "enumValue"),
            of("S$b_c", "enumValue"),
            of("S", "sensitive")
        ],
        ["a", "b c", "{}"]
    );
    assert_eq!(
        [
            of("P", "length"),
            of("P", "pattern"),
            of("P", "documentation")
        ],
        ["{min=1 max=2}", "x+", "<p>p</p>"]
    );
    assert_eq!(
        [of("I", "range"), of("L", "length")],
        ["{min=1}", "{max=3}"]
    );
    assert_eq!(
        [of("T", "timestampFormat"), of("R$b", "timestampFormat")],
        ["http-date", "epoch-seconds"]
    );
    assert_eq!(
        [kind(&loaded, "C"), kind(&loaded, "D")],
        ["Simple String", "Simple Document"]
    );
    assert_eq!(
        [kind(&loaded, "U"), of("E", "streaming")],
        ["Union [Member", "{}"]
    );
    let union = &loaded.shapes[&ShapeId::new("com.amazonaws.thing#U")];
    assert_eq!(union.members()[0].name, "z");
    assert_eq!(
        [of("V$h", "eventHeader"), of("V$p", "eventPayload")],
        ["{}", "{}"]
    );
    assert_eq!(
        [of("R$a", "required"), of("R$a", "idempotencyToken")],
        ["{}", "{}"]
    );
    assert_eq!(of("R$a", "deprecated"), "{message=old}");
}

#[test]
fn http_bindings() {
    let loaded = model(&[&service(
        r#""protocol": "rest-json""#,
        r#""Get": {"http": {"method": "PUT", "requestUri": "/a/{Bucket}/{Key+}?x", "responseCode": 201},
                   "input": {"shape": "In"}, "output": {"shape": "Out"}, "errors": [{"shape": "Bad"}],
                   "endpoint": {"hostPrefix": "{h}."}, "httpChecksumRequired": true, "authtype": "none",
                   "staticContextParams": {"P": {"value": true}}, "requestcompression": {"encodings": ["gzip"]},
                   "httpChecksum": {"responseAlgorithms": ["SHA1"]}}"#,
        r#""In": {"type": "structure", "payload": "body", "members": {
               "bucket": {"shape": "S", "location": "uri", "locationName": "Bucket", "contextParam": {"name": "Bucket"}},
               "Key": {"shape": "S", "location": "uri", "locationName": "Key"},
               "h": {"shape": "S", "hostLabel": true}, "q": {"shape": "S", "location": "querystring", "locationName": "Q"},
               "m": {"shape": "M", "location": "querystring"}, "x": {"shape": "S", "location": "header", "locationName": "X-A"},
               "p": {"shape": "M", "location": "headers", "locationName": "X-P-"}, "n": {"shape": "S"},
               "j": {"shape": "S", "jsonvalue": true, "location": "header", "locationName": "X-J"},
               "body": {"shape": "B", "streaming": true, "requiresLength": true}}},
           "Out": {"type": "structure", "members": {"c": {"shape": "I", "location": "statusCode"}, "b": {"shape": "B", "locationName": "name"}}},
           "Bad": {"type": "structure", "members": {"message": {"shape": "S"}}, "exception": true,
               "error": {"code": "TooBad", "httpStatusCode": 503}, "retryable": {"throttling": true}},
           "S": {"type": "string"}, "I": {"type": "integer"}, "B": {"type": "blob"},
           "M": {"type": "map", "key": {"shape": "S"}, "value": {"shape": "S"}}"#,
    )]);
    let of = |id, name| applied(&loaded, id, name);
    assert_eq!(
        of("Get", "http"),
        "{method=PUT uri=/a/{bucket}/{Key+}?x code=201}"
    );
    assert_eq!([of("In", "input"), of("Out", "output")], ["{}", "{}"]);
    assert_eq!(
        [of("In$bucket", "httpLabel"), of("In$bucket", "required")],
        ["{}", "{}"]
    );
    assert_eq!(
        of("In$bucket", "smithy.rules#contextParam"),
        "{name=Bucket}"
    );
    assert_eq!(
        [of("In$h", "hostLabel"), of("Get", "endpoint")],
        ["{}", "{hostPrefix={h}.}"]
    );
    assert_eq!(
        [of("In$q", "httpQuery"), of("In$m", "httpQueryParams")],
        ["Q", "{}"]
    );
    assert_eq!(
        [of("In$x", "httpHeader"), of("In$p", "httpPrefixHeaders")],
        ["X-A", "X-P-"]
    );
    assert_eq!(
        [of("Out$b", "jsonName"), of("Out$c", "httpResponseCode")],
        ["name", "{}"]
    );
    assert_eq!(
        [of("JsonS", "mediaType"), of("In$j", "httpHeader")],
        ["application/json", "X-J"]
    );
    assert_eq!(
        [of("In$body", "httpPayload"), of("StreamingB", "streaming")],
        ["{}", "{}"]
    );
    assert_eq!(
        [of("StreamingB", "requiresLength"), of("B", "streaming")],
        ["{}", ""]
    );
    assert_eq!(
        [of("Bad", "error"), of("Bad", "httpError")],
        ["server", "503"]
    );
    assert_eq!(
        of("Bad", "aws.protocols#awsQueryError"),
        "{code=TooBad httpResponseCode=503}"
    );
    assert_eq!(of("Bad", "retryable"), "{throttling=true}");
    assert_eq!(
        [of("Get", "auth"), of("Get", "httpChecksumRequired")],
        ["[]", "{}"]
    );
    assert_eq!(
        of("Get", "aws.protocols#httpChecksum"),
        "{responseAlgorithms=[SHA1]}"
    );
    assert_eq!(of("Get", "requestCompression"), "{encodings=[gzip]}");
    assert_eq!(
        of("Get", "smithy.rules#staticContextParams"),
        "{P={value=true}}"
    );
}

#[test]
fn namespaces_of_shapes_and_names_of_documents() {
    let shapes = r#""Put": {"type": "structure", "members": {"g": {"shape": "G"}, "o": {"shape": "G", "xmlNamespace": {"uri": "own"}}}},
        "Gs": {"type": "list", "member": {"shape": "G"}},
        "G": {"type": "structure", "members": {"gs": {"shape": "Gs"}}, "xmlNamespace": {"prefix": "xsi", "uri": "x"}}"#;
    let operations =
        r#""Put": {"http": {"requestUri": "/"}, "input": {"shape": "Put", "locationName": "Put"}}"#;
    let model = model(&[&service(r#""protocol": "rest-xml""#, operations, shapes)]);
    let of = |id| applied(&model, id, "xmlNamespace");
    assert_eq!(of("PutShape$g"), "{uri=x prefix=xsi}");
    assert_eq!(of("PutShape$o"), "{uri=own}");
    assert_eq!(of("Gs$member"), "{uri=x prefix=xsi}");
    // The shape had to step aside for the operation; the document needn't.
    assert_eq!(applied(&model, "PutShape", "xmlName"), "Put");
}

#[test]
fn xml_names() {
    let shapes = r#""In": {"type": "structure", "members": {
            "a": {"shape": "L", "locationName": "As"}, "f": {"shape": "F"}, "g": {"shape": "N", "locationName": "Gs", "flattened": true},
            "t": {"shape": "S", "xmlAttribute": true, "locationName": "xsi:type", "xmlNamespace": {"uri": "u", "prefix": "xsi"}},
            "q": {"shape": "S", "queryName": "Q"}, "m": {"shape": "M"}}},
        "Out": {"type": "structure", "members": {"f": {"shape": "F"}}},
        "Pay": {"type": "structure", "payload": "p", "members": {"p": {"shape": "In", "locationName": "p"}}},
        "L": {"type": "list", "member": {"shape": "S", "locationName": "item"}},
        "F": {"type": "list", "member": {"shape": "S", "locationName": "element"}, "flattened": true},
        "N": {"type": "list", "member": {"shape": "S"}},
        "M": {"type": "map", "key": {"shape": "S", "locationName": "K"}, "value": {"shape": "S", "locationName": "V"}, "flattened": true},
        "S": {"type": "string"}"#;
    let operations = r#""Do": {"http": {"requestUri": "/"}, "input": {"shape": "In", "locationName": "DoIt", "xmlNamespace": {"uri": "n"}}}"#;
    let loaded = |protocol| {
        model(&[&service(
            &format!(r#""protocol": "{protocol}""#),
            operations,
            shapes,
        )])
    };
    let ec2 = loaded("ec2");
    let of = |id, name| applied(&ec2, id, name);
    assert_eq!(
        [of("In$a", "xmlName"), of("L$member", "xmlName")],
        ["As", "item"]
    );
    assert_eq!(
        [of("In$f", "xmlName"), of("In$f", "xmlFlattened")],
        ["element", "{}"]
    );
    assert_eq!(
        [of("In$g", "xmlName"), of("In$g", "xmlFlattened")],
        ["Gs", "{}"]
    );
    assert_eq!(
        [of("In$t", "xmlName"), of("In$t", "xmlAttribute")],
        ["xsi:type", "{}"]
    );
    assert_eq!(of("In$t", "xmlNamespace"), "{uri=u prefix=xsi}");
    assert_eq!(
        [
            of("In$q", "aws.protocols#ec2QueryName"),
            of("In$m", "xmlFlattened")
        ],
        ["Q", "{}"]
    );
    assert_eq!(
        [of("M$key", "xmlName"), of("M$value", "xmlName")],
        ["K", "V"]
    );
    assert_eq!(
        [of("In", "xmlName"), of("In", "xmlNamespace")],
        ["", "{uri=n}"]
    );
    let sent = |id| of(id, "aws.protocols#ec2QueryName");
    assert_eq!([sent("In$a"), sent("In$f"), sent("In$g")], ["", "f", ""]);
    assert_eq!(of("Out$f", "aws.protocols#ec2QueryName"), "");
    let rest = loaded("rest-xml");
    assert_eq!(applied(&rest, "In", "xmlName"), "DoIt");
    assert_eq!(applied(&rest, "In$f", "xmlName"), "");
    assert_eq!(applied(&rest, "Out$f", "xmlName"), "element");
    assert_eq!(applied(&rest, "Pay$p", "xmlName"), "p");
    assert_eq!(applied(&loaded("json"), "In$a", "jsonName"), "As");
    assert_eq!(applied(&loaded("json"), "In$a", "xmlName"), "");
}

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
fn names_that_collide_or_are_not_smithys_step_aside() {
    let loaded = model(&[&service(
        r#""protocol": "rest-json", "serviceId": "Do""#,
        r#""Do": {"http": {"requestUri": "/"}, "input": {"shape": "Do"}}"#,
        r#""Do": {"type": "structure", "members": {"x-y": {"shape": "__string"}}}, "__string": {"type": "string"}"#,
    )]);
    assert_eq!(applied(&loaded, "DoShape$x_y", "jsonName"), "x-y");
    assert_eq!(
        applied(&loaded, "DoService", "aws.protocols#restJson1"),
        "{}"
    );
}

#[test]
fn a_service_without_metadata_loads() {
    let bare = r#"{"metadata": {"protocol": "query"}, "operations": {"A": {"input": {"shape": "I"}}, "B": {}},
                   "shapes": {"I": {"type": "structure", "members": {}}}}"#;
    let model = model(&[bare]);
    assert!(
        model
            .shapes
            .contains_key(&ShapeId::new("com.amazonaws.service#Service"))
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
    let loaded = load(&sources(&files)).unwrap();
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

/// Where the JSON value that starts there ends.
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

#[test]
fn a_label_and_a_member_of_the_body_may_share_a_name() {
    let loaded = model(&[&service(
        r#""protocol": "rest-json""#,
        r#""Do": {"http": {"requestUri": "/{method}"}, "input": {"shape": "In"}}"#,
        r#""In": {"type": "structure", "members": {
                "Method": {"shape": "Text", "location": "uri", "locationName": "method"},
                "Other": {"shape": "Text", "locationName": "Method"}}},
           "Text": {"type": "string"}"#,
    )]);
    assert!(swage_codegen::check::check(&loaded).is_empty());
    assert_eq!(applied(&loaded, "In$Other", "jsonName"), "Method");
}
