//! `smithy.rules#endpointTests`: a model's tests of its own rules.

use super::check::Problems;
use crate::diagnostic::Diagnostic;
use crate::node::{Entry, Node, Span};

/// A test case.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointTest {
    /// Its documentation; may be empty.
    pub documentation: String,
    /// The parameters: strings, booleans or lists of strings.
    pub params: Vec<(String, Node)>,
    /// The expected result.
    pub expect: Expectation,
    /// The span of the expected result.
    pub span: Span,
}

/// The expected result.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// An error of the rules, with this message.
    Error(String),
    /// An endpoint.
    Endpoint {
        /// Its URL.
        url: String,
        /// Its headers.
        headers: Vec<(String, Vec<String>)>,
        /// Its properties.
        properties: Vec<(String, Node)>,
    },
}

/// Reads the test cases of `smithy.rules#endpointTests`.
///
/// # Errors
///
/// Every invalid part of the trait's value.
pub fn tests(node: &Node) -> Result<Vec<EndpointTest>, Vec<Diagnostic>> {
    let mut problems = Problems::default();
    let cases = problems.list(node, "testCases").unwrap_or_default();
    let cases: Vec<_> = cases
        .iter()
        .filter_map(|case| test(case, &mut problems))
        .collect();
    problems.finish(|| cases)
}

fn test(case: &Node, problems: &mut Problems) -> Option<EndpointTest> {
    let documentation = case
        .get("documentation")
        .and_then(Node::as_str)
        .unwrap_or_default()
        .to_owned();
    let params = problems.entries(case, "params").iter().map(pair).collect();
    let expect = problems.required(case, "expect")?;
    let span = expect.span;
    let expect = if expect.get("error").is_some() {
        Expectation::Error(problems.string(expect, "error")?.to_owned())
    } else {
        endpoint(problems.required(expect, "endpoint")?, problems)?
    };
    Some(EndpointTest {
        documentation,
        params,
        expect,
        span,
    })
}

fn endpoint(endpoint: &Node, problems: &mut Problems) -> Option<Expectation> {
    let texts = |node: &Node| {
        node.elements()
            .unwrap_or_default()
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    };
    Some(Expectation::Endpoint {
        url: problems.string(endpoint, "url")?.to_owned(),
        headers: problems
            .entries(endpoint, "headers")
            .iter()
            .map(|entry| (entry.key.to_string(), texts(&entry.value)))
            .collect(),
        properties: problems
            .entries(endpoint, "properties")
            .iter()
            .map(pair)
            .collect(),
    })
}

fn pair(entry: &Entry) -> (String, Node) {
    (entry.key.to_string(), entry.value.clone())
}
