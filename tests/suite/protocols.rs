//! Which of a service's protocols its client uses.

use swage_codegen::{Options, OutputFile as File, Source, generate, render_diagnostics};

/// The protocol of a client for a service with these traits, or the rendered diagnostics.
fn chosen(offered: &str, protocol: Option<&str>) -> Result<String, String> {
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "a.b#Get": {{"type": "operation", "traits": {{"smithy.api#http": {{"method": "GET", "uri": "/"}}}}}},
            "a.b#Store": {{
                "type": "service", "version": "1", "operations": [{{"target": "a.b#Get"}}], "traits": {{{offered}}}
            }}
        }}}}"#
    );
    let files = files("model.json", text, protocol)?;
    Ok(spoken(&files))
}

fn files(name: &str, text: String, protocol: Option<&str>) -> Result<Vec<File>, String> {
    let sources = [Source {
        name: name.to_owned(),
        text,
    }];
    let options = Options {
        protocol: protocol.map(str::to_owned),
        ..Options::default()
    };
    let generated = generate(&sources, &options);
    let generated = generated.map_err(|problems| render_diagnostics(&problems, &sources, false))?;
    Ok(generated.files)
}

fn text_of<'a>(files: &'a [File], path: &str) -> &'a str {
    let file = files.iter().find(|file| file.path == path);
    &file.expect("the file").text
}

/// The static that the service's table names.
fn spoken(files: &[File]) -> String {
    let text = text_of(files, "src/service.rs");
    let (_, rest) = text.split_once("protocol: ").expect("its protocol");
    let (path, _) = rest.split_once(',').expect("its end");
    let (_, name) = path.rsplit_once("::").expect("a path");
    name.to_owned()
}

const SEVERAL: [&str; 3] = [
    "aws.protocols#awsJson1_1",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
];

fn traits(ids: &[&str]) -> String {
    let traits: Vec<_> = ids.iter().map(|id| format!("\"{id}\": {{}}")).collect();
    traits.join(", ")
}

#[test]
fn the_order_is_that_of_the_aws_cli() {
    let order = [
        ("aws.protocols#awsJson1_0", "AWS_JSON_1_0"),
        ("aws.protocols#awsJson1_1", "AWS_JSON_1_1"),
        ("aws.protocols#restJson1", "REST_JSON_1"),
        ("aws.protocols#restXml", "REST_XML"),
        ("smithy.protocols#rpcv2Cbor", "RPC_V2_CBOR"),
        ("smithy.protocols#rpcv2Json", "RPC_V2_JSON"),
        ("aws.protocols#awsQuery", "AWS_QUERY"),
        ("aws.protocols#ec2Query", "EC2_QUERY"),
    ];
    for (index, (_, expected)) in order.iter().enumerate() {
        let mut offered: Vec<_> = order.iter().skip(index).map(|(id, _)| *id).collect();
        offered.reverse();
        assert_eq!(chosen(&traits(&offered), None).as_deref(), Ok(*expected));
    }
}

#[test]
fn another_can_be_chosen() {
    for name in ["restJson1", "aws.protocols#restJson1"] {
        let chosen = chosen(&traits(&SEVERAL), Some(name));
        assert_eq!(chosen.as_deref(), Ok("REST_JSON_1"), "{name}");
    }
}

/// A service in the AWS JSON format with these protocols.
fn c2j(protocols: &str, chosen: Option<&str>) -> Vec<File> {
    let text = format!(
        r#"{{
            "version": "2.0",
            "metadata": {{
                "apiVersion": "2020-02-02", "endpointPrefix": "store", "jsonVersion": "1.0", "serviceId": "Store",
                "signatureVersion": "v4", "targetPrefix": "Store", "uid": "store-2020-02-02", {protocols}
            }},
            "operations": {{ "Get": {{ "name": "Get", "http": {{"method": "POST", "requestUri": "/"}} }} }},
            "shapes": {{}}
        }}"#
    );
    files("service-2.json", text, chosen).expect("it generates")
}

#[test]
fn the_aws_json_format_has_the_same_order() {
    let cases = [
        (
            r#""protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor", "json", "query"]"#,
            "AWS_JSON_1_0",
        ),
        (
            r#""protocol": "query", "protocols": ["ec2", "query", "smithy-rpc-v2-cbor", "rest-xml", "rest-json"]"#,
            "REST_JSON_1",
        ),
        (
            r#""protocol": "query", "protocols": ["ec2", "query", "smithy-rpc-v2-cbor"]"#,
            "RPC_V2_CBOR",
        ),
        (
            r#""protocol": "query", "protocols": ["ec2", "query"]"#,
            "AWS_QUERY",
        ),
        (r#""protocol": "query""#, "AWS_QUERY"),
        // The list has precedence.
        (r#""protocol": "json", "protocols": ["query"]"#, "AWS_QUERY"),
    ];
    for (protocols, expected) in cases {
        assert_eq!(spoken(&c2j(protocols, None)), expected, "{protocols}");
    }
    let several = r#""protocols": ["smithy-rpc-v2-cbor", "json"]"#;
    assert_eq!(spoken(&c2j(several, Some("rpcv2Cbor"))), "RPC_V2_CBOR");
}

#[test]
fn a_crate_has_the_code_of_the_first_protocol() {
    let several = r#""protocols": ["smithy-rpc-v2-cbor", "json"]"#;
    for (chosen, feature) in [(None, "aws-json"), (Some("rpcv2Cbor"), "rpc-v2-cbor")] {
        let files = c2j(several, chosen);
        let manifest = text_of(&files, "Cargo.toml");
        let asked =
            ["aws-json", "rpc-v2-cbor"].map(|name| manifest.contains(&format!(r#""{name}""#)));
        assert_eq!(
            asked,
            ["aws-json", "rpc-v2-cbor"].map(|name| name == feature)
        );
    }
}

#[test]
fn tables_have_the_bindings_of_the_protocol_in_use() {
    let text = r#"{"smithy": "2.0", "shapes": {
        "a.b#GetInput": {"type": "structure", "members": {
            "id": {"target": "smithy.api#String", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}},
            "name": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "other"}},
            "tags": {"target": "a.b#Tags", "traits": {"smithy.api#xmlFlattened": {}, "smithy.api#xmlName": "tag"}}
        }},
        "a.b#Tags": {"type": "list", "member": {"target": "smithy.api#String"}, "traits": {
            "smithy.api#xmlNamespace": {"uri": "https://store.test"}
        }},
        "a.b#Get": {
            "type": "operation", "input": {"target": "a.b#GetInput"},
            "traits": {"smithy.api#http": {"method": "POST", "uri": "/{id}"}}
        },
        "a.b#Store": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Get"}], "traits": {
                "aws.protocols#restJson1": {}, "aws.protocols#awsJson1_0": {}, "aws.protocols#restXml": {},
                "smithy.api#xmlNamespace": {"uri": "https://store.test"}
            }
        }
    }}"#;
    for (chosen, http, json_name, xml) in [
        (None, false, false, false),
        (Some("restJson1"), true, true, false),
        (Some("restXml"), true, false, true),
    ] {
        let files = files("model.json", text.to_owned(), chosen).expect("it generates");
        let operation = text_of(&files, "src/operation/get.rs");
        assert_eq!(operation.contains(".label()"), http, "{operation}");
        assert_eq!(operation.contains(r#""other""#), json_name, "{operation}");
        assert_eq!(operation.contains(".xml_flattened()"), xml, "{operation}");
        assert_eq!(operation.contains(r#"XmlName("tag")"#), xml, "{operation}");
        for file in ["src/schema.rs", "src/service.rs"] {
            let text = text_of(&files, file);
            assert_eq!(text.contains("https://store.test"), xml, "{text}");
        }
    }
}

#[test]
fn http2_for_event_streams_is_that_of_the_protocol_in_use() {
    let text = r#"{"smithy": "2.0", "shapes": {
        "a.b#Text": {"type": "structure", "members": {"text": {"target": "smithy.api#String"}}},
        "a.b#Events": {
            "type": "union", "members": {"text": {"target": "a.b#Text"}}, "traits": {"smithy.api#streaming": {}}
        },
        "a.b#GetOutput": {"type": "structure", "members": {
            "events": {"target": "a.b#Events", "traits": {"smithy.api#httpPayload": {}}}
        }},
        "a.b#Get": {
            "type": "operation", "output": {"target": "a.b#GetOutput"},
            "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}}
        },
        "a.b#Store": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Get"}], "traits": {
                "aws.protocols#restJson1": {"http": ["h2", "http/1.1"]}, "smithy.protocols#rpcv2Cbor": {}
            }
        }
    }}"#;
    let cases = [
        (None, true),
        (Some("restJson1"), true),
        (Some("rpcv2Cbor"), false),
    ];
    for (chosen, expected) in cases {
        let files = files("model.json", text.to_owned(), chosen).expect("it generates");
        let operation = text_of(&files, "src/operation/get.rs");
        assert_eq!(
            operation.contains("EventStreamHttp2"),
            expected,
            "{chosen:?}"
        );
    }
}

#[test]
fn a_wrong_choice_is_told_the_right_ones() {
    for wrong in ["restjson1", "aws.protocols#restxml", "ec2Query", "soap", ""] {
        let told = chosen(&traits(&SEVERAL), Some(wrong)).expect_err("it isn't offered");
        let message = format!("the service Store does not have the protocol {wrong:?}");
        assert!(told.contains(&message), "{told}");
        let choices = "available protocols: awsJson1_1, restJson1, restXml";
        assert!(told.contains(choices), "{told}");
        assert!(told.contains("model.json:3"), "{told}");
    }
}
