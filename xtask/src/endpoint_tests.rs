//! Runs a model's own endpoint tests against the table that was made of its rules.

use swage_client::endpoint::{Endpoint, EndpointError, Params, Rules, Value};
use swage_codegen::endpoint_rules::{EndpointTest, Expectation};
use swage_codegen::node::{Node, NodeValue};

/// What fails, a sentence each.
pub(crate) fn run(tests: &[EndpointTest], table: &str) -> Vec<String> {
    if tests.is_empty() {
        return Vec::new();
    }
    match Rules::parse(table) {
        Ok(rules) => tests
            .iter()
            .filter_map(|test| failure(test, &rules))
            .collect(),
        Err(error) => vec![error.to_string()],
    }
}

fn failure(test: &EndpointTest, rules: &Rules) -> Option<String> {
    let mut params = Params::new();
    for (name, node) in &test.params {
        let Some(value) = value(node) else {
            return Some(format!(
                "endpoint test {:?}: {name} has no value",
                test.documentation
            ));
        };
        params.set(name, value);
    }
    let found = rules.resolve(&params);
    if is_older_than_the_partitions(test, &found) {
        return None;
    }
    let wrong = difference(&test.expect, found)?;
    Some(format!("endpoint test {:?}: {wrong}", test.documentation))
}

/// Models up to 2025 test that the isolated partitions have no dual-stack endpoints. They have them now; a model whose tests
/// say so doesn't come here.
fn is_older_than_the_partitions(
    test: &EndpointTest,
    found: &Result<Endpoint, EndpointError>,
) -> bool {
    let isolated = [
        "api.aws.ic.gov",
        "api.aws.scloud",
        "api.cloud-aws.adc-e.uk",
        "api.aws.hci.ic.gov",
    ];
    let Ok(endpoint) = found else { return false };
    matches!(&test.expect, Expectation::Error(message) if message.contains("DualStack"))
        && isolated.iter().any(|suffix| endpoint.url.ends_with(suffix))
}

/// What separates an endpoint from the one that is expected.
pub(crate) fn difference(
    expect: &Expectation,
    found: Result<Endpoint, EndpointError>,
) -> Option<String> {
    match (expect, found) {
        (Expectation::Error(message), Err(error)) if *message == error.to_string() => None,
        (Expectation::Error(message), found) => {
            Some(format!("the error {message:?} is expected, not {found:?}"))
        }
        (
            Expectation::Endpoint {
                url,
                headers,
                properties,
            },
            Ok(mut found),
        ) => {
            let properties = properties
                .iter()
                .map(|(key, node)| Some((key.clone(), value(node)?)));
            let mut expected = Endpoint::new(url);
            expected.headers.clone_from(headers);
            expected.properties = properties.collect::<Option<_>>().unwrap_or_default();
            sort(&mut expected);
            sort(&mut found);
            (expected != found).then(|| format!("{expected:?} is expected, not {found:?}"))
        }
        (Expectation::Endpoint { url, .. }, Err(error)) => {
            Some(format!("{url} is expected, not the error {error}"))
        }
    }
}

/// Objects have no order.
fn sort(endpoint: &mut Endpoint) {
    endpoint.headers.sort();
    endpoint.properties.sort_by(|a, b| a.0.cmp(&b.0));
    for (_, value) in &mut endpoint.properties {
        sort_value(value);
    }
}

fn sort_value(value: &mut Value) {
    match value {
        Value::List(elements) => elements.iter_mut().for_each(sort_value),
        Value::Object(entries) => {
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            for (_, value) in entries {
                sort_value(value);
            }
        }
        Value::Boolean(_) | Value::Integer(_) | Value::String(_) => {}
    }
}

/// None for what can be neither a parameter nor a property.
pub(crate) fn value(node: &Node) -> Option<Value> {
    Some(match &node.value {
        NodeValue::Boolean(value) => Value::Boolean(*value),
        NodeValue::Number(_) => Value::Integer(node.as_i64()?),
        NodeValue::String(text) => Value::String(text.clone()),
        NodeValue::Array(elements) => {
            Value::List(elements.iter().map(value).collect::<Option<_>>()?)
        }
        NodeValue::Object(entries) => {
            let entry = |entry: &swage_codegen::node::Entry| {
                Some((entry.key.clone(), value(&entry.value)?))
            };
            Value::Object(entries.iter().map(entry).collect::<Option<_>>()?)
        }
        NodeValue::Null => return None,
    })
}
