//! The files beside a service that describe its operations.

use super::super::build::{TraitsBuilder, array, entry, object};
use super::shapes::{C2jShapes, kind};
use super::string;
use crate::node::{Entry, Node};
use crate::registry::NO_AUTH;

/// Whether a list of authentication schemes has `noAuth`.
pub(super) fn has_no_auth(listed: &Node) -> bool {
    listed
        .elements()
        .unwrap_or_default()
        .iter()
        .any(|scheme| scheme.as_str() == Some(NO_AUTH))
}

/// The schemes in a list without `noAuth`.
pub(super) fn schemes(listed: &Node) -> Node {
    let schemes = listed.elements().unwrap_or_default().iter();
    array(
        schemes
            .filter(|scheme| scheme.as_str() != Some(NO_AUTH))
            .cloned()
            .collect(),
        listed.span,
    )
}

/// The traits for a paginator. `@paginated` can't express several tokens or computed ones.
pub(super) fn paginated(
    shapes: &C2jShapes<'_>,
    operation: &Node,
    pagination: &Node,
    traits: &mut TraitsBuilder,
) {
    let named_items = trait_of(shapes, operation, pagination, traits).is_some_and(|named| named);
    command_pages(pagination, named_items, traits);
}

/// The `paginated` trait if it can express the paginator, and whether it has items.
fn trait_of(
    shapes: &C2jShapes<'_>,
    operation: &Node,
    pagination: &Node,
    traits: &mut TraitsBuilder,
) -> Option<bool> {
    let input = path(pagination, "input_token")?;
    let output = path(pagination, "output_token")?;
    let mut entries = vec![entry("inputToken", input), entry("outputToken", output)];
    let items = path(pagination, "result_key").filter(|items| has_items(shapes, operation, items));
    let named_items = items.is_some();
    entries.extend(items.map(|items| entry("items", items)));
    entries.extend(path(pagination, "limit_key").map(|size| entry("pageSize", size)));
    traits.add("smithy.api#paginated", object(entries, pagination.span));
    Some(named_items)
}

/// What only the command needs, and the trait can't express: several tokens or results, computed tokens, a flag for more
/// pages, values of the first page only, and results that aren't items.
fn command_pages(pagination: &Node, named_items: bool, traits: &mut TraitsBuilder) {
    let texts = |key: &str| {
        let node = pagination.get(key)?;
        let all = node.elements().unwrap_or(std::slice::from_ref(node));
        let texts: Vec<Node> = all.iter().filter(|one| is_name(one)).cloned().collect();
        (!texts.is_empty()).then(|| array(texts, node.span))
    };
    let name = |key: &str| pagination.get(key).filter(|node| is_name(node)).cloned();
    let (Some(inputs), Some(outputs), Some(results)) = (
        texts("input_token"),
        texts("output_token"),
        texts("result_key"),
    ) else {
        return;
    };
    let (more, others) = (name("more_results"), texts("non_aggregate_keys"));
    let is_single = [&inputs, &outputs, &results]
        .iter()
        .all(|all| all.elements().unwrap_or_default().len() == 1);
    if is_single && more.is_none() && others.is_none() && named_items {
        return;
    }
    let mut entries = vec![
        entry("inputTokens", inputs),
        entry("outputTokens", outputs),
        entry("results", results),
    ];
    entries.extend(more.map(|more| entry("moreResults", more)));
    entries.extend(others.map(|others| entry("nonAggregate", others)));
    entries.extend(name("limit_key").map(|size| entry("pageSize", size)));
    traits.add("swage.api#pages", object(entries, pagination.span));
}

fn is_name(node: &Node) -> bool {
    node.as_str().is_some_and(|text| !text.is_empty())
}

/// Whether a path selects a list or map. botocore also joins strings and merges structures over pages, which
/// aren't items.
fn has_items(shapes: &C2jShapes<'_>, operation: &Node, path: &Node) -> bool {
    let output = operation.get("output");
    let mut shape = output.and_then(|output| shapes.get(string(output, "shape")?));
    for name in path.as_str().unwrap_or_default().split('.') {
        let member = shape.and_then(|shape| shape.get("members")?.get(name));
        shape = member.and_then(|member| shapes.get(string(member, "shape")?));
    }
    // The check reports paths that select nothing.
    shape.is_none_or(|shape| matches!(kind(shape), Some("list" | "map")))
}

/// A path of names, given as a string or as a list of one.
fn path(pagination: &Node, key: &str) -> Option<Node> {
    let node = pagination.get(key)?;
    let only = match node.elements() {
        None => node,
        Some([only]) => only,
        Some(_) => return None,
    };
    let is_path = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
    };
    only.as_str().is_some_and(is_path).then(|| only.clone())
}

/// The examples of an operation.
pub(super) fn examples(examples: &Node, traits: &mut TraitsBuilder) {
    let one = |example: &Node| {
        string(example, "title")?;
        let keys = [
            ("title", "title"),
            ("documentation", "description"),
            ("input", "input"),
            ("output", "output"),
        ];
        let entries = keys
            .into_iter()
            .filter_map(|(name, key)| Some(entry(name, example.get(key)?.clone())));
        let entries: Vec<Entry> = entries.filter(|entry| !is_empty(&entry.value)).collect();
        Some(object(entries, example.span))
    };
    let all: Vec<Node> = examples
        .elements()
        .unwrap_or_default()
        .iter()
        .filter_map(one)
        .collect();
    if !all.is_empty() {
        traits.add("smithy.api#examples", array(all, examples.span));
    }
}

fn is_empty(node: &Node) -> bool {
    node.is_null() || node.as_str() == Some("")
}
