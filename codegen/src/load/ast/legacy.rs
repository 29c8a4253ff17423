//! Smithy 1.0 → 2.0: `@box`, shapes that have a zero value, `@enum` on strings. (`set` becomes a list when drafts are finished.)

use super::draft::{Draft, DraftKind, Drafts, remove_trait, set_trait};
use crate::grammar::is_identifier;
use crate::lookup::Lookup;
use crate::model::{Member, Reference, ShapeId, Simple, Trait, Traits};
use crate::node::{Node, NodeValue, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The part that comes before flattening mixins: in Smithy 1.0, unboxed numbers and booleans default to zero.
pub(super) fn prepare(drafts: &mut Drafts) {
    for draft in drafts.values_mut().filter(|draft| draft.legacy) {
        if let Some(zero) = zero(&draft.kind)
            && !draft.traits.has("box")
            && !draft.traits.has("default")
        {
            set_trait(&mut draft.traits, "default", zero, draft.span);
        }
    }
}

/// The part that comes after: members get the zero value of their target, `@box` is removed, `@enum` strings become enums.
pub(super) fn normalise(drafts: &mut Drafts) {
    let zeros: Lookup<ShapeId, NodeValue> = drafts
        .iter()
        .filter_map(|(id, draft)| Some((id.clone(), inherent_default(draft)?)))
        .collect();
    for draft in drafts.values_mut() {
        if draft.legacy && matches!(draft.kind, DraftKind::Structure) {
            for member in &mut draft.members {
                default_member(member, &zeros);
            }
        }
        remove_trait(&mut draft.traits, "box");
        for member in &mut draft.members {
            remove_trait(&mut member.traits, "box");
        }
        if matches!(draft.kind, DraftKind::Simple(Simple::String))
            && let Some(definitions) = enum_definitions(draft)
        {
            draft.members = enum_members(&definitions);
            draft.kind = DraftKind::Enum;
            remove_trait(&mut draft.traits, "enum");
        }
    }
}

fn default_member(member: &mut Member, zeros: &Lookup<ShapeId, NodeValue>) {
    let Some(zero) = zeros.get(&member.target.id) else {
        return;
    };
    let is_blob = *zero == NodeValue::String(String::new());
    let excluded = ["box", "default", "clientOptional"]
        .iter()
        .any(|name| member.traits.has(name));
    if !excluded && (!is_blob || member.traits.has("httpPayload")) {
        set_trait(&mut member.traits, "default", zero.clone(), member.span);
    }
}

/// The default of a Smithy 1.0 member with this target.
fn inherent_default(draft: &Draft) -> Option<NodeValue> {
    if matches!(draft.kind, DraftKind::Simple(Simple::Blob)) && draft.traits.has("streaming") {
        return Some(NodeValue::String(String::new()));
    }
    let zero = zero(&draft.kind)?;
    (draft
        .traits
        .get("default")
        .is_some_and(|value| value.value == zero))
    .then_some(zero)
}

fn zero(kind: &DraftKind) -> Option<NodeValue> {
    let DraftKind::Simple(simple) = kind else {
        return None;
    };
    match simple {
        Simple::Boolean => Some(NodeValue::Boolean(false)),
        Simple::Byte
        | Simple::Short
        | Simple::Integer
        | Simple::Long
        | Simple::Float
        | Simple::Double => Some(NodeValue::Number("0".to_owned())),
        Simple::BigInteger
        | Simple::BigDecimal
        | Simple::String
        | Simple::Blob
        | Simple::Timestamp
        | Simple::Document => None,
    }
}

/// The definitions in a valid `@enum`. An invalid one is kept for the check to report.
fn enum_definitions(draft: &Draft) -> Option<Vec<Node>> {
    let definitions = draft.traits.get("enum")?.elements()?;
    let readable = |node: &Node| node.get("value").and_then(Node::as_str).is_some();
    (!definitions.is_empty() && definitions.iter().all(readable)).then(|| definitions.to_vec())
}

fn enum_members(definitions: &[Node]) -> Vec<Member> {
    let mut names = MemberNames::default();
    definitions
        .iter()
        .filter_map(|definition| enum_member(definition, &mut names))
        .collect()
}

/// Generates member names that differ in more than letter case.
#[derive(Default)]
struct MemberNames {
    taken: BTreeSet<String>,
    /// The last suffix of each name.
    numbers: BTreeMap<String, u32>,
}

impl MemberNames {
    fn free(&mut self, base: &str) -> Option<String> {
        let last = self.numbers.entry(base.to_ascii_lowercase()).or_default();
        let numbered = std::iter::from_fn(|| {
            *last += 1;
            Some(if *last == 1 {
                base.to_owned()
            } else {
                format!("{base}_{last}")
            })
        });
        let taken = &mut self.taken;
        numbered
            .into_iter()
            .find(|name| taken.insert(name.to_ascii_lowercase()))
    }
}

fn enum_member(definition: &Node, names: &mut MemberNames) -> Option<Member> {
    let value = definition.get("value")?;
    let given = definition
        .get("name")
        .and_then(Node::as_str)
        .filter(|name| is_identifier(name));
    let base = given.map_or_else(
        || synthesise(value.as_str().unwrap_or_default()),
        str::to_owned,
    );
    let name = names.free(&base)?;
    let mut traits = Traits::default();
    set_trait(&mut traits, "enumValue", value.value.clone(), value.span);
    for key in ["documentation", "tags"] {
        if let Some(node) = definition.get(key) {
            traits.0.insert(
                ["smithy.api#", key].concat().into(),
                Trait {
                    value: node.clone(),
                },
            );
        }
    }
    if definition.get("deprecated").and_then(Node::as_bool) == Some(true) {
        set_trait(
            &mut traits,
            "deprecated",
            NodeValue::Object(Vec::new()),
            value.span,
        );
    }
    Some(Member {
        name,
        target: unit(value.span),
        traits,
        span: value.span,
    })
}

fn unit(span: Span) -> Reference {
    Reference {
        id: ShapeId::new("smithy.api#Unit"),
        span,
    }
}

/// A member name for a value: its words joined by underscores.
fn synthesise(value: &str) -> String {
    let words: Vec<&str> = value
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let name = words.join("_");
    match name.chars().next() {
        None => "VALUE".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}
