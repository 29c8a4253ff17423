//! Runs a model's own endpoint tests against the table that was made of its rules.

use serde_json::Value as Json;
use swage_client::endpoint::{Endpoint, EndpointError, EndpointValue, Params, Rules};
use swage_codegen::Diagnostic;
use swage_codegen::endpoint_rules::{EndpointTest, Expectation};
use swage_codegen::node::{Node, NodeValue};

/// What came of a model's tests.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many of them fail only because AWS's partitions are no longer what they were when the model was written.
    pub outdated: usize,
    /// The tests that fail.
    pub failures: Vec<Diagnostic>,
}

/// Runs the tests.
///
/// # Errors
///
/// The table can't be parsed.
pub fn run(tests: &[EndpointTest], table: &str) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    if tests.is_empty() {
        return Ok(outcome);
    }
    let rules = Rules::parse(table).map_err(|error| error.to_string())?;
    for test in tests {
        match found(test, &rules) {
            Ok(found) if expects_no_dual_stack(test, &found) => outcome.outdated += 1,
            Ok(found) => {
                let wrong = difference(&test.expect, found);
                outcome.failures.extend(wrong.map(|it| failure(test, it)));
            }
            Err(wrong) => outcome.failures.push(failure(test, wrong)),
        }
    }
    Ok(outcome)
}

fn failure(test: &EndpointTest, wrong: String) -> Diagnostic {
    let message = match test.documentation.as_str() {
        "" => "an endpoint test fails".to_owned(),
        about => format!("endpoint test fails: {about:?}"),
    };
    Diagnostic::new(test.span, message).label(wrong)
}

fn found(test: &EndpointTest, rules: &Rules) -> Result<Result<Endpoint, EndpointError>, String> {
    let mut params = Params::new();
    for (name, node) in &test.params {
        let value = value(node).ok_or_else(|| format!("its parameter {name} has no value"))?;
        params.set(name, value);
    }
    Ok(rules.resolve(&params))
}

/// Whether a test is older than the dual-stack endpoints of the isolated partitions, which AWS added in 2025: it says that
/// such a partition has none, and the rules give one.
fn expects_no_dual_stack(test: &EndpointTest, found: &Result<Endpoint, EndpointError>) -> bool {
    let param = |name: &str| test.params.iter().find(|(key, _)| key == name);
    let region = param("Region").and_then(|(_, region)| region.as_str());
    let suffix = region.and_then(|region| {
        let mut isolated = ISOLATED.iter();
        isolated.find(|(prefix, _)| region.starts_with(prefix))
    });
    let (Some((_, suffix)), Ok(endpoint), Expectation::Error(message)) =
        (suffix, found, &test.expect)
    else {
        return false;
    };
    let host = endpoint.url.strip_prefix("https://");
    NO_DUAL_STACK.contains(&message.as_str()) && host.is_some_and(|host| host.ends_with(suffix))
}

/// The isolated partitions: what their regions begin with, and what the hosts of their dual-stack endpoints end in.
const ISOLATED: [(&str, &str); 4] = [
    ("us-iso-", ".api.aws.ic.gov"),
    ("us-isob-", ".api.aws.scloud"),
    ("eu-isoe-", ".api.cloud-aws.adc-e.uk"),
    ("us-isof-", ".api.aws.hci.ic.gov"),
];

/// What the rules of AWS's services say where a partition has no dual-stack endpoints.
const NO_DUAL_STACK: [&str; 2] = [
    "DualStack is enabled but this partition does not support DualStack",
    "FIPS and DualStack are enabled, but this partition does not support one or both",
];

/// What separates an endpoint from the one that is expected.
pub fn difference(expect: &Expectation, found: Result<Endpoint, EndpointError>) -> Option<String> {
    match (expect, found) {
        (Expectation::Error(message), Err(error)) => {
            unequal("error", &message.as_str().into(), &error.to_string().into())
        }
        (Expectation::Error(message), Ok(found)) => Some(format!(
            "expected the error {message:?}, got the URL {:?}",
            found.url
        )),
        (Expectation::Endpoint { url, .. }, Err(error)) => Some(format!(
            "expected the URL {url:?}, got the error {:?}",
            error.to_string()
        )),
        (Expectation::Endpoint { url, .. }, Ok(found)) if *url != found.url => {
            unequal("URL", &url.as_str().into(), &found.url.into())
        }
        (
            Expectation::Endpoint {
                headers,
                properties,
                ..
            },
            Ok(found),
        ) => {
            let expected = |(key, node): &(String, Node)| {
                let value = value(node).as_ref().map_or(Json::Null, json);
                (key.clone(), value)
            };
            let expected = properties.iter().map(expected).collect();
            let found_properties = found.properties.iter().map(entry).collect();
            unequal("headers", &by_name(headers), &by_name(&found.headers))
                .or_else(|| unequal("properties", &expected, &found_properties))
        }
    }
}

fn unequal(what: &str, expected: &Json, found: &Json) -> Option<String> {
    (expected != found).then(|| format!("expected the {what} {expected}, got {found}"))
}

fn by_name(headers: &[(String, Vec<String>)]) -> Json {
    let headers = headers.iter().cloned();
    headers.collect()
}

fn entry((key, value): &(String, EndpointValue)) -> (String, Json) {
    (key.clone(), json(value))
}

/// A value as JSON, whose objects have no order.
fn json(value: &EndpointValue) -> Json {
    match value {
        EndpointValue::Boolean(value) => (*value).into(),
        EndpointValue::Integer(value) => (*value).into(),
        EndpointValue::String(text) => text.as_str().into(),
        EndpointValue::List(elements) => elements.iter().map(json).collect(),
        EndpointValue::Object(entries) => entries.iter().map(entry).collect(),
    }
}

/// None for what can be neither a parameter nor a property.
pub fn value(node: &Node) -> Option<EndpointValue> {
    Some(match &node.value {
        NodeValue::Boolean(value) => EndpointValue::Boolean(*value),
        NodeValue::Number(_) => EndpointValue::Integer(node.as_i64()?),
        NodeValue::String(text) => EndpointValue::String(text.clone()),
        NodeValue::Array(elements) => {
            EndpointValue::List(elements.iter().map(value).collect::<Option<_>>()?)
        }
        NodeValue::Object(entries) => {
            let entry = |entry: &swage_codegen::node::Entry| {
                Some((entry.key.to_string(), value(&entry.value)?))
            };
            EndpointValue::Object(entries.iter().map(entry).collect::<Option<_>>()?)
        }
        NodeValue::Null => return None,
    })
}
