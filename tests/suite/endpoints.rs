//! Endpoint rules from model to URL: lowered by codegen, evaluated by the runtime.

use serde_json::{Value as Json, json};
use std::fs;
use std::path::{Path, PathBuf};
use swage::endpoint_tests;
use swage_client::endpoint::{EndpointError, Params, Rules};
use swage_codegen::endpoint_rules::{lower, tests};
use swage_codegen::node::{Entry, KeySpan, Node, NodeValue, Span};

/// Nodes whose spans count the values before them.
fn node(json: &Json, count: &mut u32) -> Node {
    *count += 1;
    let span = Span {
        source: 0,
        start: *count,
        end: *count + 1,
    };
    let value = match json {
        Json::Null => NodeValue::Null,
        Json::Bool(value) => NodeValue::Boolean(*value),
        Json::Number(number) => NodeValue::Number(number.to_string()),
        Json::String(text) => NodeValue::String(text.clone()),
        Json::Array(elements) => NodeValue::Array(
            elements
                .iter()
                .map(|element| node(element, count))
                .collect(),
        ),
        Json::Object(entries) => NodeValue::Object(
            entries
                .iter()
                .map(|(key, value)| Entry {
                    key: key.clone().into(),
                    key_span: KeySpan(span),
                    value: node(value, count),
                })
                .collect(),
        ),
    };
    Node::new(value, span)
}

fn to_node(json: &Json) -> Node {
    node(json, &mut 0)
}

/// The folder with models that are not in the repository.
fn shared_models() -> Option<PathBuf> {
    let shared = std::env::var_os("SWAGE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let models = shared.join("models");
    if models.is_dir() {
        return Some(models);
    }
    println!("skipped: there is no {}", models.display());
    None
}

fn read(path: &Path) -> Json {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_shared_model_passes_its_own_endpoint_tests() {
    let Some(models) = shared_models() else {
        return;
    };
    let mut paths: Vec<_> = fs::read_dir(models.join("ast"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let model = read(&path);
        for (id, shape) in model["shapes"].as_object().unwrap() {
            let traits = &shape["traits"];
            let Some(rules) = traits.get("smithy.rules#endpointRuleSet") else {
                continue;
            };
            let table = lower(&to_node(rules)).unwrap();
            let cases = tests(&to_node(&traits["smithy.rules#endpointTests"])).unwrap();
            println!(
                "{id}: {} bytes of {}, {} tests",
                table.len(),
                rules.to_string().len(),
                cases.len()
            );
            let outcome = endpoint_tests::run(&cases, &table).unwrap();
            assert_eq!(outcome.failures, [], "{id}");
            assert_eq!(lower(&to_node(rules)).unwrap(), table);
            if let Some(dir) = std::env::var_os("SWAGE_TABLES") {
                fs::write(
                    Path::new(&dir)
                        .join(path.file_stem().unwrap())
                        .with_extension("rules"),
                    &table,
                )
                .unwrap();
            }
        }
    }
}

#[test]
fn rules_of_the_aws_json_format_lower_too() {
    let Some(models) = shared_models() else {
        return;
    };
    for service in ["connectparticipant", "ec2", "iam", "sqs"] {
        let table = lower(&to_node(&read(
            &models
                .join("c2j")
                .join(service)
                .join("endpoint-rule-set-1.json"),
        )))
        .unwrap();
        let rules = Rules::parse(&table).unwrap();
        let mut params = Params::new();
        params.set("Region", "eu-central-1");
        let endpoint = rules.resolve(&params).unwrap();
        assert!(
            endpoint.url.ends_with(".amazonaws.com"),
            "{service}: {}",
            endpoint.url
        );
    }
}

/// Two conditions, an assignment, properties, headers and every kind of result.
fn tree() -> Json {
    let set = |name: &str| json!({"fn": "isSet", "argv": [{"ref": name}]});
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"type": "String", "builtIn": "AWS::Region", "documentation": ""},
            "Stage": {"type": "string", "required": true, "default": "{live}", "documentation": ""},
        },
        "rules": [
            {
                "type": "tree",
                "conditions": [set("Region"), {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "Part"}],
                "rules": [
                    {
                        "type": "endpoint",
                        "conditions": [{"fn": "stringEquals", "argv": ["aws", {"fn": "getAttr", "argv": [{"ref": "Part"}, "name"]}]}],
                        "endpoint": {
                            "url": "https://a.{Region}.{Part#dnsSuffix}",
                            "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}"}]},
                            "headers": {"x-stage": [{"ref": "Stage"}]},
                        },
                    },
                    {"type": "error", "conditions": [], "error": "not in {Part#name}"},
                ],
            },
            {"type": "error", "conditions": [], "error": "\"No\"\nregion"},
        ],
    })
}

/// The same as a diagram. The reference to node 3 is negated, so its targets are swapped.
fn diagram() -> Json {
    let mut rules = tree();
    let inner = rules["rules"][0].clone();
    let conditions = [
        &inner["conditions"][0],
        &inner["conditions"][1],
        &inner["rules"][0]["conditions"][0],
    ];
    let results = [&inner["rules"][0], &inner["rules"][1], &rules["rules"][1]];
    let (conditions, results) = (json!(conditions), json!(results));
    let result = |number: i32| 100_000_000 + number;
    let nodes = [
        -1,
        1,
        -1,
        0,
        -3,
        result(3),
        1,
        result(3),
        4,
        2,
        result(1),
        result(2),
    ];
    let rules_object = rules.as_object_mut().unwrap();
    rules_object.remove("rules");
    rules_object.extend([
        ("conditions".to_owned(), conditions),
        ("results".to_owned(), results),
        ("root".to_owned(), json!(2)),
        ("nodeCount".to_owned(), json!(4)),
        ("nodes".to_owned(), json!(base64(&nodes))),
    ]);
    rules
}

fn base64(words: &[i32]) -> String {
    let bytes: Vec<_> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
    let digit = |bits: u32| {
        char::from(
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[bits as usize & 63],
        )
    };
    assert_eq!(bytes.len() % 3, 0, "triples of four bytes need no padding");
    bytes
        .chunks(3)
        .map(|chunk| u32::from_be_bytes([0, chunk[0], chunk[1], chunk[2]]))
        .flat_map(|bits| {
            [
                digit(bits >> 18),
                digit(bits >> 12),
                digit(bits >> 6),
                digit(bits),
            ]
        })
        .collect()
}

const TABLE: &str = r#"swage-endpoint-rules 1
param Region string builtin=AWS::Region
param Stage string required default="{{live}}"
c0 isSet(Region)
c1 Part = aws.partition(Region)
c2 stringEquals(getAttr(Part, "name"), "aws")
p0 {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}"}]}
r0 error "\"No\"\nregion"
r1 endpoint "https://a.{Region}.{Part#dnsSuffix}" p0 {"x-stage": [Stage]}
r2 error "not in {Part#name}"
n0 c0 n1 r0
n1 c1 n2 r0
n2 c2 r1 r2
"#;

#[test]
fn a_tree_and_a_diagram_become_the_same_table() {
    assert_eq!(lower(&to_node(&tree())).unwrap(), TABLE);
    assert_eq!(lower(&to_node(&diagram())).unwrap(), TABLE);
}

#[test]
fn a_model_s_tests_run_against_its_table() {
    let case = |region: Option<&str>, expect: Json| {
        let params = region.map_or(json!({}), |region| json!({"Region": region}));
        json!({"documentation": "about", "params": params, "expect": expect})
    };
    let endpoint = json!({"endpoint": {
        "url": "https://a.eu-west-1.amazonaws.com",
        "properties": {"authSchemes": [{"signingRegion": "eu-west-1", "name": "sigv4"}]},
        "headers": {"x-stage": ["{live}"]},
    }});
    let run = |cases: &[Json]| {
        let cases = tests(&to_node(&json!({"version": "1.0", "testCases": cases}))).unwrap();
        let outcome = endpoint_tests::run(&cases, TABLE).unwrap();
        assert_eq!(outcome.outdated, 0);
        let failures = outcome.failures.into_iter();
        failures
            .map(|failure| format!("{}: {}", failure.message, failure.label))
            .collect::<Vec<_>>()
    };
    let right = [
        case(Some("eu-west-1"), endpoint.clone()),
        case(Some("cn-north-1"), json!({"error": "not in aws-cn"})),
        case(None, json!({"error": "\"No\"\nregion"})),
    ];
    assert_eq!(run(&right), [""; 0]);
    let without = |key: &str| {
        let mut endpoint = endpoint.clone();
        endpoint["endpoint"].as_object_mut().unwrap().remove(key);
        endpoint
    };
    let wrong = [
        case(None, endpoint.clone()),
        case(Some("eu-west-1"), json!({"error": "no"})),
        case(Some("eu-west-1"), json!({"endpoint": {"url": "https://b"}})),
        case(None, json!({"error": "no"})),
        case(Some("eu-west-1"), without("headers")),
        case(Some("eu-west-1"), without("properties")),
        json!({"documentation": "about", "params": {"Region": null}, "expect": {"error": "no"}}),
    ];
    let url = "https://a.eu-west-1.amazonaws.com";
    assert_eq!(
        run(&wrong),
        [
            format!(r#"endpoint test fails: "about": expected the URL "{url}", got the error "\"No\"\nregion""#),
            format!(r#"endpoint test fails: "about": expected the error "no", got the URL "{url}""#),
            format!(r#"endpoint test fails: "about": expected the URL "https://b", got "{url}""#),
            r#"endpoint test fails: "about": expected the error "no", got "\"No\"\nregion""#.to_owned(),
            r#"endpoint test fails: "about": expected the headers {}, got {"x-stage":["{live}"]}"#.to_owned(),
            r#"endpoint test fails: "about": expected the properties {}, got {"authSchemes":[{"name":"sigv4","signingRegion":"eu-west-1"}]}"#.to_owned(),
            r#"endpoint test fails: "about": its parameter Region has no value"#.to_owned(),
        ]
    );
    let right = tests(&to_node(&json!({"version": "1.0", "testCases": right}))).unwrap();
    assert_eq!(
        endpoint_tests::run(&right, "no table").unwrap_err(),
        "endpoint rules, line 1: not `swage-endpoint-rules 1`"
    );
}

#[test]
fn only_tests_that_are_older_than_dual_stack_in_isolated_partitions_are_outdated() {
    let table = r#"swage-endpoint-rules 1
param Region string builtin=AWS::Region
c0 isSet(Region)
c1 Part = aws.partition(Region)
r0 error "no region"
r1 endpoint "https://a.{Region}.{Part#dualStackDnsSuffix}"
n0 c0 n1 r0
n1 c1 r1 r0
"#;
    let outdated = |region: &str, error: &str| {
        let case = json!({"params": {"Region": region}, "expect": {"error": error}});
        let cases = tests(&to_node(&json!({"version": "1.0", "testCases": [case]}))).unwrap();
        let outcome = endpoint_tests::run(&cases, table).unwrap();
        assert_eq!(outcome.failures.len() + outcome.outdated, 1);
        outcome.outdated == 1
    };
    let none = "DualStack is enabled but this partition does not support DualStack";
    let both = "FIPS and DualStack are enabled, but this partition does not support one or both";
    for region in [
        "us-iso-east-1",
        "us-isob-east-1",
        "eu-isoe-west-1",
        "us-isof-south-1",
    ] {
        assert!(outdated(region, none) && outdated(region, both), "{region}");
        assert!(!outdated(region, "no DualStack"), "{region}");
    }
    for region in ["us-east-1", "cn-north-1", "eusc-de-east-1"] {
        assert!(!outdated(region, none), "{region}");
    }
}

/// The messages about a rule set, each with its label.
fn problems(rules: &Json) -> Vec<String> {
    let node = to_node(rules);
    let problems = lower(&node).unwrap_err();
    assert!(
        problems
            .iter()
            .all(|problem| problem.span.start >= node.span.start)
    );
    problems
        .into_iter()
        .map(|problem| format!("{}: {}", problem.message, problem.label))
        .collect()
}

fn with_condition(condition: &Json) -> Json {
    json!({
        "version": "1.0",
        "parameters": {"A": {"type": "string"}},
        "rules": [{"conditions": [condition], "error": "e", "type": "error"}],
    })
}

#[test]
fn conditions_that_mean_nothing_are_reported() {
    let table = [
        (
            json!({"fn": "isSet", "argv": [{"ref": "B"}]}),
            "undefined name \"B\" in endpoint rules: not defined",
        ),
        (
            json!({"fn": "isSet", "argv": []}),
            "expected 1 argument for isSet, found 0: ",
        ),
        (
            json!({"fn": "other", "argv": []}),
            "unknown function \"other\" in endpoint rules: ",
        ),
        (
            json!({"argv": []}),
            "missing `fn` in endpoint rules: `fn` is missing here",
        ),
        (
            json!({"fn": "isSet"}),
            "missing `argv` in endpoint rules: `argv` is missing here",
        ),
        (
            json!({"fn": "isSet", "argv": [{"ref": "A"}], "assign": "a b"}),
            "invalid `assign` in endpoint rules: expected a name: found a string",
        ),
        (
            json!({"fn": "not", "argv": ["a"]}),
            "unexpected value in endpoint rules: found a string",
        ),
        (
            json!({"fn": "isSet", "argv": [1.5]}),
            "unexpected value in endpoint rules: found a number",
        ),
        (
            json!({"fn": "isSet", "argv": ["{A"]}),
            "unbalanced brace in a template: write `{{` for a literal brace",
        ),
        (
            json!({"fn": "isSet", "argv": ["{A#b[c]}"]}),
            "invalid path \"b[c]\" in endpoint rules: write it like `key` or `key[0]`",
        ),
        (
            json!({"fn": "getAttr", "argv": [{"ref": "A"}, {"ref": "A"}]}),
            "unexpected value in endpoint rules: found an object",
        ),
    ];
    for (condition, expected) in table {
        assert_eq!(problems(&with_condition(&condition)), [expected]);
    }
    let deep = (0..40).fold(
        json!({"ref": "A"}),
        |inner, _| json!({"fn": "not", "argv": [inner]}),
    );
    assert_eq!(
        problems(&with_condition(&deep)),
        ["unexpected value in endpoint rules: found an object"]
    );
}

#[test]
fn all_that_is_wrong_is_reported_at_once() {
    let rules = json!({
        "version": "2.0",
        "parameters": {
            "A": {"type": "number"},
            "B": {"type": "boolean", "default": "true", "required": 1, "builtIn": "a b"},
            "c d": {},
        },
        "rules": [
            {"conditions": [], "type": "endpoint"},
            {"conditions": [], "endpoint": {"headers": {"h": "v"}, "properties": {"p": null}}, "type": "endpoint"},
        ],
    });
    let mut problems = problems(&rules);
    problems.sort();
    assert_eq!(
        problems,
        [
            "invalid `builtIn` for an endpoint parameter: found a string",
            "invalid `required` for an endpoint parameter: expected a boolean: found a number",
            "invalid default for B: expected a boolean: found a string",
            "invalid header in endpoint rules: expected a list of values: found a string",
            "invalid name \"c d\" for an endpoint parameter: not a name",
            "missing `endpoint` in endpoint rules: `endpoint` is missing here",
            "missing `url` in endpoint rules: `url` is missing here",
            "unexpected value in endpoint rules: found null",
            "unknown type \"number\" for an endpoint parameter: expected string, boolean or stringArray",
            "unsupported version \"2.0\" of endpoint rules: supported is 1.x",
        ]
    );
}

#[test]
fn diagrams_that_lead_nowhere_are_reported() {
    let with = |words: &[i32]| {
        let mut rules = diagram();
        rules["nodes"] = json!(base64(words));
        problems(&rules)
    };
    let at = "the nodes of these endpoint rules";
    assert_eq!(
        with(&[-1, 1, -1, 0, 3, 1, 1, 7, 1]),
        [format!("unknown node 7: {at}")]
    );
    assert_eq!(
        with(&[-1, 1, -1, 0, 3, 1, 1, 2, 1]),
        [format!("node 3 is part of a cycle: {at}")]
    );
    assert_eq!(
        with(&[-1, 1, -1, 0, 2, 1]),
        [format!("node 2 is part of a cycle: {at}")]
    );
    assert_eq!(
        with(&[-1, 1, -1, 9, 1, -1]),
        [format!("unknown condition in node 2: {at}")]
    );
    assert_eq!(
        with(&[-1, 1, -1, 0, 1, 100_000_009]),
        [format!("unknown result 100000009: {at}")]
    );
    assert_eq!(with(&[-1, 1, -1]), [format!("unknown node 2: {at}")]);
    let mut rules = diagram();
    rules["nodes"] = json!("?");
    assert!(
        problems(&rules)
            .contains(&"invalid `nodes` in endpoint rules: expected base64: ".to_owned())
    );
}

#[test]
fn a_thousand_rules_in_a_row_are_no_problem() {
    let rule = |index: usize| {
        let conditions =
            json!([{"fn": "stringEquals", "argv": [{"ref": "A"}, format!("v{index}")]}]);
        json!({"type": "endpoint", "conditions": conditions, "endpoint": {"url": format!("https://e{index}")}})
    };
    let rules: Vec<_> = (0..20_000).map(rule).collect();
    let rules = json!({"version": "1.0", "parameters": {"A": {"type": "string"}}, "rules": rules});
    let table = Rules::parse(&lower(&to_node(&rules)).unwrap()).unwrap();
    let mut params = Params::new();
    params.set("A", "v19999");
    assert_eq!(table.resolve(&params).unwrap().url, "https://e19999");
    assert_eq!(table.resolve(&Params::new()), Err(EndpointError::NoMatch));
}

/// All rule sets that differ from this one in one value.
fn variants(rules: &Json) -> Vec<Json> {
    let mut all: Vec<_> = [
        json!(null),
        json!(true),
        json!(-7),
        json!(""),
        json!("{x}"),
        json!("{"),
        json!("a\u{202e}\r\n\"\\#"),
        json!([]),
        json!({}),
    ]
    .into();
    match rules {
        Json::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                for variant in variants(element) {
                    let mut elements = elements.clone();
                    elements[index] = variant;
                    all.push(Json::Array(elements));
                }
            }
        }
        Json::Object(entries) => {
            for (key, value) in entries {
                let mut without = entries.clone();
                without.remove(key);
                all.push(Json::Object(without));
                for variant in variants(value) {
                    let mut entries = entries.clone();
                    entries[key] = variant;
                    all.push(Json::Object(entries));
                }
            }
        }
        _ => {}
    }
    all
}

#[test]
fn what_is_lowered_can_be_evaluated() {
    let mut lowered = 0;
    for rules in variants(&tree()).iter().chain(&variants(&diagram())) {
        if let Ok(table) = lower(&to_node(rules)) {
            lowered += 1;
            let parsed = Rules::parse(&table).unwrap_or_else(|error| panic!("{error}:\n{table}"));
            let mut params = Params::new();
            let _ = parsed.resolve(&params);
            let _ = parsed.resolve(params.set("Region", "us-east-1"));
        }
    }
    assert!(lowered > 100, "{lowered}");
}

#[test]
fn a_diagram_may_use_what_not_every_way_sets() {
    let rules = json!({
        "version": "1.1",
        "parameters": {"A": {"type": "string"}},
        "conditions": [
            {"fn": "parseURL", "argv": [{"ref": "A"}], "assign": "url"},
            {"fn": "coalesce", "argv": [{"fn": "getAttr", "argv": [{"ref": "url"}, "scheme"]}, "none"], "assign": "scheme"},
        ],
        "results": [{"conditions": [], "error": "{scheme}", "type": "error"}],
        "root": 2,
        "nodeCount": 3,
        "nodes": base64(&[-1, 1, -1, 0, 3, 3, 1, 100_000_001, -1]),
    });
    // Both targets of the first node are the same node, which uses the variable that the first assigns.
    let table = Rules::parse(&lower(&to_node(&rules)).unwrap()).unwrap();
    assert_eq!(
        table.resolve(&Params::new()),
        Err(EndpointError::Rule("none".to_owned()))
    );
    let mut params = Params::new();
    params.set("A", "http://a");
    assert_eq!(
        table.resolve(&params),
        Err(EndpointError::Rule("http".to_owned()))
    );
}
