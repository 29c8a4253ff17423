//! Values of enum members, and defaults.

use super::traits::integer;
use super::{Checker, all_members, type_name};
use crate::base64;
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Shape, ShapeKind, Simple};
use crate::node::{Node, Span};
use std::collections::BTreeMap;

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    if let ShapeKind::Enum(members) = &shape.kind {
        enum_values(checker, members, "a non-empty string", |node| {
            node.as_str()
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        });
    }
    if let ShapeKind::IntEnum(members) = &shape.kind {
        enum_values(checker, members, "a 32-bit integer", |node| {
            integer(node)
                .filter(|value| i32::try_from(*value).is_ok())
                .map(|value| value.to_string())
        });
    }
    if let Some(node) = shape.traits.get("default") {
        default(checker, node, shape, shape.id.as_str());
    }
    for member in all_members(shape) {
        if let (Some(node), Some(target)) =
            (member.traits.get("default"), checker.shape(&member.target))
        {
            default(
                checker,
                node,
                target,
                &format!("{}${}", shape.id, member.name),
            );
        }
    }
    json_names(checker, shape);
}

/// Every member needs a value of its own.
fn enum_values(
    checker: &mut Checker,
    members: &[Member],
    what: &str,
    read: impl Fn(&Node) -> Option<String>,
) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for member in members {
        let Some(node) = member.traits.get("enumValue") else {
            let message = format!("missing value for the member `{}`", member.name);
            let help = format!("add \"smithy.api#enumValue\" with {what}");
            checker.report(Diagnostic::new(member.span, message).help(help));
            continue;
        };
        let Some(value) = read(node) else {
            let message = format!(
                "invalid value for the member `{}`: expected {what}",
                member.name
            );
            checker.report(
                Diagnostic::new(node.span, message).help("correct \"smithy.api#enumValue\""),
            );
            continue;
        };
        if let Some(first) = seen.insert(value.clone(), node.span) {
            let message = format!("duplicate value `{value}`");
            let diagnostic = Diagnostic::new(node.span, message).related(first, "first one here");
            checker.report(diagnostic.help("remove or change one"));
        }
    }
}

/// A default must be a value of the target; `null` removes the target's default.
fn default(checker: &mut Checker, node: &Node, target: &Shape, name: &str) {
    if !node.is_null() && !is_default(node, target) {
        let message = format!("invalid default for `{name}`");
        let label = format!("the type is {}", type_name(target));
        let diagnostic = Diagnostic::new(node.span, message).label(label);
        checker
            .report(diagnostic.help(
                "use a value of this type; for lists and maps, only an empty one is allowed",
            ));
    }
}

fn is_default(node: &Node, target: &Shape) -> bool {
    let within =
        |least: i64, most: i64| integer(node).is_some_and(|value| (least..=most).contains(&value));
    let has_value = |members: &[Member]| {
        members.iter().any(|member| {
            member
                .traits
                .get("enumValue")
                .is_some_and(|value| value == node)
        })
    };
    match &target.kind {
        ShapeKind::Simple(simple) => match simple {
            Simple::Boolean => node.as_bool().is_some(),
            Simple::Byte => within(i8::MIN.into(), i8::MAX.into()),
            Simple::Short => within(i16::MIN.into(), i16::MAX.into()),
            Simple::Integer => within(i32::MIN.into(), i32::MAX.into()),
            Simple::Long => within(i64::MIN, i64::MAX),
            Simple::Float | Simple::Double => {
                node.as_number().is_some()
                    || matches!(node.as_str(), Some("NaN" | "Infinity" | "-Infinity"))
            }
            Simple::BigInteger | Simple::BigDecimal => {
                node.as_number().is_some() || node.as_str().is_some()
            }
            Simple::String => node.as_str().is_some(),
            Simple::Blob => node.as_str().and_then(base64::decode).is_some(),
            Simple::Timestamp => node.as_number().is_some() || node.as_str().is_some(),
            Simple::Document => true,
        },
        ShapeKind::Enum(members) => node.as_str().is_some() && has_value(members),
        ShapeKind::IntEnum(members) => has_value(members),
        ShapeKind::List(_) => node.elements().is_some_and(<[_]>::is_empty),
        ShapeKind::Map(..) => node.entries().is_some_and(<[_]>::is_empty),
        ShapeKind::Structure(_)
        | ShapeKind::Union(_)
        | ShapeKind::Operation(_)
        | ShapeKind::Resource(_)
        | ShapeKind::Service(_) => false,
    }
}

/// Traits that bind a member to something other than the body.
const BOUND: [&str; 6] = [
    "httpHeader",
    "httpLabel",
    "httpPrefixHeaders",
    "httpQuery",
    "httpQueryParams",
    "httpResponseCode",
];

/// The name of a member in JSON.
pub(super) fn json_name(member: &Member) -> &str {
    let own = member.traits.get("jsonName").and_then(Node::as_str);
    own.unwrap_or(&member.name)
}

/// Members of a body must have different names in JSON. In XML they may share one: SQS has a deprecated member like that.
fn json_names(checker: &mut Checker, shape: &Shape) {
    let is_aggregate = matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_));
    if !is_aggregate
        || !shape
            .members()
            .iter()
            .any(|member| member.traits.has("jsonName"))
    {
        return;
    }
    let mut seen: BTreeMap<&str, &Member> = BTreeMap::new();
    let in_body = |member: &&Member| !BOUND.iter().any(|bound| member.traits.has(bound));
    for member in shape.members().iter().filter(in_body) {
        let name = json_name(member);
        if let Some(first) = seen.insert(name, member) {
            let message = format!(
                "the members `{}` and `{}` have the same JSON name, `{name}`",
                first.name, member.name
            );
            let diagnostic =
                Diagnostic::new(member.span, message).related(first.span, "first one here");
            checker.report(diagnostic.help("change `smithy.api#jsonName` of one of them"));
        }
    }
}
