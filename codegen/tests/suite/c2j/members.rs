//! Bindings and wire names of members.

use super::{applied, model, service};

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
    // The shape was renamed because of the operation; the document wasn't.
    assert_eq!(applied(&model, "PutShape", "xmlName"), "Put");
}

#[test]
fn xml_names() {
    let shapes = r#""In": {"type": "structure", "members": {
            "a": {"shape": "L", "locationName": "As"}, "b": {"shape": "L", "locationName": "Bs", "flattened": true}, "f": {"shape": "F"}, "g": {"shape": "N", "locationName": "Gs", "flattened": true},
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
        [of("In$b", "xmlName"), of("In$b", "xmlFlattened")],
        ["Bs", "{}"]
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
    assert_eq!([sent("In$a"), sent("In$f"), sent("In$g")], ["", "F", ""]);
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
fn a_label_and_a_member_of_the_body_may_share_a_name() {
    let loaded = model(&[&service(
        r#""protocol": "rest-json""#,
        r#""Do": {"http": {"requestUri": "/{method}"}, "input": {"shape": "In"}}"#,
        r#""In": {"type": "structure", "members": {
                "Method": {"shape": "Text", "location": "uri", "locationName": "method"},
                "Other": {"shape": "Text", "locationName": "Method"}}},
           "Text": {"type": "string"}"#,
    )]);
    assert!(swage_codegen::check::check(&loaded.clone().into()).is_ok());
    assert_eq!(applied(&loaded, "In$Other", "jsonName"), "Method");
}
