//! Compares a request with a case.

use crate::body;
use crate::cases::text;
use crate::server::Received;
use swage_codegen::node::Node;

/// All differences.
pub(crate) fn problems(case: &Node, found: &Received) -> Vec<String> {
    let mut problems = Vec::new();
    let mut equal = |what: &str, expected: Option<&str>, found: &str| {
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            problems.push(format!("{what}: expected {expected:?}, found {found:?}"));
        }
    };
    equal("method", text(case, "method"), found.method.as_str());
    equal("uri", text(case, "uri"), &found.path);
    equal("host", text(case, "resolvedHost"), &found.host);
    problems.extend(query(case, found));
    problems.extend(headers(case, found));
    if let Some(expected) = text(case, "body") {
        let media_type = text(case, "bodyMediaType").unwrap_or_else(|| usual_media_type(case));
        problems.extend(body::difference(media_type, expected, &found.body));
    }
    problems
}

/// The media type of bodies where the case doesn't say it. Alloy's cases often leave it out, and then list fields in no
/// particular order.
fn usual_media_type(case: &Node) -> &'static str {
    match text(case, "protocol") {
        Some("alloy#simpleRestJson") => "application/json",
        _ => "",
    }
}

fn texts<'c>(case: &'c Node, property: &str) -> impl Iterator<Item = &'c str> {
    let nodes = case.get(property).and_then(Node::elements);
    nodes.unwrap_or_default().iter().filter_map(Node::as_str)
}

fn query(case: &Node, found: &Received) -> Vec<String> {
    let mut problems = Vec::new();
    let all: Vec<&str> = found.query.split('&').collect();
    let mut left = all.clone();
    for expected in texts(case, "queryParams") {
        // A space can't be in a query: the case means it encoded.
        let encoded = expected.replace(' ', "%20");
        match left.iter().position(|pair| *pair == encoded) {
            Some(index) => drop(left.remove(index)),
            None => problems.push(format!(
                "query: expected {expected}, found {:?}",
                found.query
            )),
        }
    }
    let has = |name: &&str| all.iter().any(|pair| pair.split('=').next() == Some(name));
    let forbidden = texts(case, "forbidQueryParams").filter(has);
    problems.extend(forbidden.map(|name| format!("query: {name} is forbidden: {:?}", found.query)));
    let missing = texts(case, "requireQueryParams").filter(|name| !has(name));
    problems.extend(missing.map(|name| format!("query: {name} is missing: {:?}", found.query)));
    problems
}

fn headers(case: &Node, found: &Received) -> Vec<String> {
    let mut problems = Vec::new();
    let expected = case.get("headers").and_then(Node::entries);
    for entry in expected.unwrap_or_default() {
        let lines = found.headers.get_all(&*entry.key).into_iter();
        let lines: Vec<_> = lines
            .map(|line| String::from_utf8_lossy(line.as_bytes()))
            .collect();
        let found = (!lines.is_empty()).then(|| lines.join(", "));
        if entry.value.as_str() != found.as_deref() {
            let (name, expected) = (&entry.key, entry.value.as_str());
            problems.push(format!(
                "header {name}: expected {expected:?}, found {found:?}"
            ));
        }
    }
    let has = |name: &&str| found.headers.contains_key(*name);
    let forbidden = texts(case, "forbidHeaders").filter(has);
    problems.extend(
        forbidden.map(|name| format!("header {name} is forbidden: {:?}", found.headers[name])),
    );
    let missing = texts(case, "requireHeaders").filter(|name| !has(name));
    problems.extend(missing.map(|name| format!("header {name} is missing")));
    problems
}
