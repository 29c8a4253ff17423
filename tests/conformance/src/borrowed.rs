//! Cases of restJson1 that Alloy's tests borrow for simpleRestJson, by lists in their metadata.

use crate::cases::{Case, Kind, text};
use swage_codegen::model::{Model, Shape};
use swage_codegen::node::Node;

const METADATA: &str = "alloySimpleRestJsonBorrowedTests";
const LENDER: &str = "aws.protocols#restJson1";
const BORROWER: &str = "simpleRestJson";

/// The lists of cases. What is on both isn't borrowed.
pub(crate) struct Borrowed<'m> {
    allowed: &'m [Node],
    disallowed: &'m [Node],
}

impl<'m> Borrowed<'m> {
    /// The lists for a service that speaks simpleRestJson.
    pub(crate) fn by(service: &Shape, model: &'m Model) -> Option<Self> {
        service.traits.get("alloy#simpleRestJson")?;
        let lists = model.metadata.get(METADATA)?.get(LENDER)?;
        let list = |name| lists.get(name).and_then(Node::elements).unwrap_or_default();
        Some(Self {
            allowed: list("allowList"),
            disallowed: list("disallowList"),
        })
    }

    /// Makes a case one of simpleRestJson if it is borrowed. Whether the service has it then.
    pub(crate) fn take(&self, case: &mut Case<'_>) -> bool {
        if case.protocol == BORROWER {
            return true;
        }
        let has = |list: &[Node]| list.iter().any(|entry| names(entry, case));
        let is_borrowed =
            LENDER.ends_with(case.protocol) && has(self.allowed) && !has(self.disallowed);
        case.protocol = BORROWER;
        is_borrowed
    }
}

/// Whether an entry is about the case. `appliesTo` limits it to clients or servers, `testType` to requests or responses.
fn names(entry: &Node, case: &Case<'_>) -> bool {
    let kind = match case.kind {
        Kind::Request => "request",
        Kind::Response | Kind::Error => "response",
        Kind::Events | Kind::Malformed => return false,
    };
    text(entry, "appliesTo").is_none_or(|to| to == "client")
        && text(entry, "testType").is_none_or(|of| of == kind)
        && text(entry, "id").is_some_and(|pattern| matches(pattern, case.id))
}

/// Whether an id matches a pattern, in which stars stand for any characters.
fn matches(pattern: &str, id: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == id,
        Some((start, rest)) => id.strip_prefix(start).is_some_and(|id| {
            let mut ends = id.char_indices().map(|(at, _)| at).chain([id.len()]);
            ends.any(|at| matches(rest, &id[at..]))
        }),
    }
}
