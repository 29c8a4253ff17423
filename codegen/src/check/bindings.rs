//! HTTP and event bindings of members.

use super::{Checker, type_name};
use crate::diagnostic::Diagnostic;
use crate::grammar::{is_identifier, is_token};
use crate::model::{Member, Shape, ShapeKind};
use crate::node::Node;
use std::collections::BTreeMap;

const SCALAR: &[&str] = &[
    "boolean",
    "byte",
    "short",
    "integer",
    "intEnum",
    "long",
    "float",
    "double",
    "bigInteger",
    "bigDecimal",
    "string",
    "enum",
    "timestamp",
];
const STRING: &[&str] = &["string", "enum"];
/// A member can have at most one of these bindings.
pub(super) const BINDINGS: [&str; 7] = [
    "httpLabel",
    "httpHeader",
    "httpPrefixHeaders",
    "httpQuery",
    "httpQueryParams",
    "httpPayload",
    "httpResponseCode",
];

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    if !matches!(shape.kind, ShapeKind::Structure(_)) {
        return;
    }
    event_payload(checker, shape);
    for member in shape.members() {
        one_binding(checker, member);
        binding_type(checker, member);
        header_name(checker, member);
        header_text(checker, shape, member);
        ascii(checker, member);
        customer_key(checker, shape, member);
    }
    for id in [
        "httpPayload",
        "httpPrefixHeaders",
        "httpQueryParams",
        "httpResponseCode",
        "eventPayload",
    ] {
        at_most_one(checker, shape, id);
    }
    unique(checker, shape, "httpHeader", str::to_ascii_lowercase);
    unique(checker, shape, "httpQuery", str::to_owned);
}

/// If a member is the payload of an event, all others must be headers.
fn event_payload(checker: &mut Checker, shape: &Shape) {
    let mut members = shape.members().iter();
    let Some(payload) = members.find(|member| member.traits.has("eventPayload")) else {
        return;
    };
    let is_payload = |member: &Member| member.traits.has("eventPayload");
    let is_header = |member: &Member| member.traits.has("eventHeader");
    if is_header(payload) {
        let message = format!(
            "the member `{}` is bound by both @eventHeader and @eventPayload",
            payload.name
        );
        checker.report(Diagnostic::new(payload.span, message).help("remove one of the two traits"));
    }
    for member in shape.members() {
        if !is_header(member) && !is_payload(member) {
            let message = format!("the member `{}` is not bound to anything", member.name);
            let diagnostic = Diagnostic::new(member.span, message).related(
                payload.span,
                "this member is the whole payload of the event",
            );
            checker.report(
                diagnostic.help("add @eventHeader, or remove @eventPayload from the other member"),
            );
        }
    }
}

fn one_binding(checker: &mut Checker, member: &Member) {
    let bound: Vec<&str> = BINDINGS
        .into_iter()
        .filter(|id| member.traits.has(id))
        .collect();
    if let [first, second, ..] = bound[..] {
        let message = format!(
            "the member `{}` is bound by both @{first} and @{second}",
            member.name
        );
        checker.report(Diagnostic::new(member.span, message).help("remove one of the two traits"));
    }
}

fn binding_type(checker: &mut Checker, member: &Member) {
    let Some(id) = BINDINGS.into_iter().find(|id| member.traits.has(id)) else {
        return;
    };
    let Some(target) = checker.shape(&member.target) else {
        return;
    };
    let kind = type_name(target);
    let (fits, expected) = match id {
        "httpLabel" => (
            SCALAR.contains(&kind),
            "a string, number, boolean, enum or timestamp",
        ),
        "httpHeader" | "httpQuery" => (
            is_scalar_or_list(checker, target),
            "a string, number, boolean, enum or timestamp, or a list of one",
        ),
        "httpPrefixHeaders" => (map_of(checker, target, is_string), "a map of strings"),
        "httpQueryParams" => (
            map_of(checker, target, is_string_or_list),
            "a map of strings or of lists of strings",
        ),
        "httpPayload" => (
            !SCALAR.contains(&kind) || STRING.contains(&kind),
            "a string, enum, blob, document, structure, union, list or map",
        ),
        _ => (matches!(kind, "integer" | "intEnum"), "an integer"),
    };
    if !fits {
        let message = format!("@{id} can't be applied to the member `{}`", member.name);
        let diagnostic =
            Diagnostic::new(member.target.span, message).label(format!("its type is {kind}"));
        checker.report(
            diagnostic
                .related(target.span, "defined here")
                .help(format!("expected {expected}")),
        );
    }
}

/// Whether the member can go from the document into the query, or has a place of its own outside of the body.
pub(super) fn fits_query(checker: &Checker, member: &Member) -> bool {
    match BINDINGS.into_iter().find(|id| member.traits.has(id)) {
        Some(id) => id != "httpPayload",
        None => checker
            .shape(&member.target)
            .is_none_or(|target| is_scalar_or_list(checker, target)),
    }
}

fn is_scalar_or_list(checker: &Checker, target: &Shape) -> bool {
    if let ShapeKind::List(member) = &target.kind {
        checker.targets(member, SCALAR)
    } else {
        SCALAR.contains(&type_name(target))
    }
}

fn is_string(checker: &Checker, member: &Member) -> bool {
    checker.targets(member, STRING)
}

fn is_string_or_list(checker: &Checker, member: &Member) -> bool {
    if let Some(ShapeKind::List(element)) = checker.shape(&member.target).map(|of| &of.kind) {
        checker.targets(element, STRING)
    } else {
        is_string(checker, member)
    }
}

fn map_of(checker: &Checker, target: &Shape, fits: impl Fn(&Checker, &Member) -> bool) -> bool {
    matches!(&target.kind, ShapeKind::Map(_, value) if fits(checker, value))
}

fn header_name(checker: &mut Checker, member: &Member) {
    for id in ["httpHeader", "httpPrefixHeaders"] {
        let Some(node) = member.traits.get(id) else {
            continue;
        };
        if node
            .as_str()
            .is_some_and(|name| !name.bytes().all(is_token))
        {
            let diagnostic = Diagnostic::new(node.span, "invalid header name");
            checker.report(
                diagnostic.help("header names consist of letters, digits and !#$%&'*+-.^_`|~"),
            );
        }
    }
}

/// `swage.api#headerText` needs an `@httpHeader` on the same member, and an unused member name.
fn header_text(checker: &mut Checker, shape: &Shape, member: &Member) {
    let Some(node) = member.traits.get("swage.api#headerText") else {
        return;
    };
    let name = node.as_str().unwrap_or_default();
    let is_taken = shape.members().iter().any(|other| other.name == name);
    let (message, help) = if !member.traits.has("httpHeader") {
        (
            "@headerText needs @httpHeader on the same member",
            "add @httpHeader, or remove @headerText",
        )
    } else if !is_identifier(name) || is_taken {
        (
            "invalid member name",
            "use letters, digits and `_`, and a name that no other member has",
        )
    } else {
        return;
    };
    checker.report(Diagnostic::new(node.span, message).help(help));
}

/// `swage.api#ascii` needs a binding to headers.
fn ascii(checker: &mut Checker, member: &Member) {
    let Some(node) = member.traits.get("swage.api#ascii") else {
        return;
    };
    let is_header = |id: &&str| member.traits.has(id);
    if !["httpHeader", "httpPrefixHeaders"].iter().any(is_header) {
        let message = "@ascii needs @httpHeader or @httpPrefixHeaders on the same member";
        let help = "add one of them, or remove @ascii";
        checker.report(Diagnostic::new(node.span, message).help(help));
    }
}

/// `swage.api#customerKey` names another member, which is a string.
fn customer_key(checker: &mut Checker, shape: &Shape, member: &Member) {
    let Some(node) = member.traits.get("swage.api#customerKey") else {
        return;
    };
    let name = node.as_str().unwrap_or_default();
    let mut others = shape
        .members()
        .iter()
        .filter(|other| other.name != member.name);
    let found = others.find(|other| other.name == name);
    if !found.is_some_and(|found| checker.targets(found, &["string"])) {
        let message = format!(
            "`{}` has no other member `{name}` that is a string",
            shape.id
        );
        let help = "name the member for the MD5 of the key";
        checker.report(Diagnostic::new(node.span, message).help(help));
    }
}

fn at_most_one(checker: &mut Checker, shape: &Shape, id: &str) {
    let bound: Vec<&Member> = shape
        .members()
        .iter()
        .filter(|member| member.traits.has(id))
        .collect();
    if let [first, second, ..] = bound[..] {
        let message = format!("`{}` has more than one member with @{id}", shape.id);
        let diagnostic =
            Diagnostic::new(second.span, message).related(first.span, "first one here");
        checker.report(diagnostic.help("remove all but one"));
    }
}

fn unique(checker: &mut Checker, shape: &Shape, id: &str, normal: fn(&str) -> String) {
    let mut seen: BTreeMap<String, &Member> = BTreeMap::new();
    for member in shape.members() {
        let Some(node) = member.traits.get(id) else {
            continue;
        };
        let Some(name) = Node::as_str(node) else {
            continue;
        };
        if let Some(first) = seen.insert(normal(name), member) {
            let message = format!(
                "the members `{}` and `{}` are both bound to `{name}`",
                first.name, member.name
            );
            let diagnostic =
                Diagnostic::new(node.span, message).related(first.span, "first one here");
            checker.report(diagnostic.help(format!("give each @{id} a different name")));
        }
    }
}
