//! Checks traits against the rules in [`forms`](super::forms).

use super::forms::{AppliesTo, Field, Need, TraitRule, ValueForm, own, rule};
use super::{Checker, all_members, type_name};
use crate::diagnostic::Diagnostic;
use crate::grammar::{is_identifier, is_shape_id, is_token};
use crate::model::{Shape, ShapeId, Traits};
use crate::node::{Entry, Node};
use crate::pattern::did_you_mean;
use std::fmt::Display;

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    placed(
        checker,
        &shape.traits,
        AppliesTo::Shape,
        Some(shape),
        &shape.id,
    );
    for member in all_members(shape) {
        let target = checker.shape(&member.target);
        placed(
            checker,
            &member.traits,
            AppliesTo::Member,
            target,
            &format_args!("{}${}", shape.id, member.name),
        );
    }
    bounds(checker, &shape.traits);
    for member in all_members(shape) {
        bounds(checker, &member.traits);
    }
}

fn placed(
    checker: &mut Checker,
    traits: &Traits,
    at: AppliesTo,
    target: Option<&Shape>,
    name: &dyn Display,
) {
    for (id, value) in traits.0.iter() {
        let value = &value.value;
        let Some(TraitRule(_, form, place, types)) = rule(id) else {
            let is_defined = |id: &str| checker.model.shapes.contains_key(&ShapeId::new(id));
            let is_wrong = id.starts_with(OURS) && !is_defined(id);
            checker
                .diagnostics
                .extend(is_wrong.then(|| unknown(id, value)));
            continue;
        };
        let wrong_type =
            target.filter(|target| !types.is_empty() && !types.contains(&type_name(target)));
        let message = || format!("the trait `{id}` can't be applied to `{name}`");
        if *place != AppliesTo::Both && *place != at {
            let help = if *place == AppliesTo::Member {
                "apply it to a member"
            } else {
                "apply it to the shape instead of the member"
            };
            checker.report(
                Diagnostic::new(value.span, message())
                    .label("not here")
                    .help(help),
            );
        } else if let Some(target) = wrong_type {
            let label = match at {
                AppliesTo::Member => {
                    format!("the member's target is of type {}", type_name(target))
                }
                AppliesTo::Shape | AppliesTo::Both => {
                    format!("this shape is of type {}", type_name(target))
                }
            };
            let help = format!("it can be applied to {}", types.join(", "));
            let diagnostic = Diagnostic::new(value.span, message());
            checker.report(diagnostic.label(label).help(help));
        } else if let Err((node, expected)) = matches(value, form) {
            let message = format!("invalid value for the trait `{id}` on `{name}`");
            checker.report(
                Diagnostic::new(node.span, message)
                    .label(expected)
                    .help(describe(id, form, std::ptr::eq(node, value))),
            );
        }
    }
}

/// The namespaces of Swage's traits.
const OURS: &str = "swage.";

/// A trait in one of Swage's namespaces that neither Swage nor the model defines.
fn unknown(id: &str, value: &Node) -> Diagnostic {
    let ours = || own::RULES.iter().map(|rule| rule.0);
    let is_near = |known: &&str| did_you_mean(name(id), [name(known)]).is_some();
    let quoted = |ids: Vec<&str>, and: &str| format!("`{}`", ids.join(&format!("`{and}`")));
    let near: Vec<_> = ours().filter(is_near).collect();
    let help = if near.is_empty() {
        format!("the traits of Swage are {}", quoted(ours().collect(), ", "))
    } else {
        format!("did you mean {}?", quoted(near, " or "))
    };
    Diagnostic::new(value.span, format!("unknown trait `{id}`"))
        .label("Swage doesn't define it")
        .help(help)
}

/// A shape id without its namespace.
fn name(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

/// How to fix a value, or a part of it.
fn describe(id: &str, form: &ValueForm, is_whole: bool) -> String {
    match form {
        ValueForm::Annotation => format!("write \"{id}\": {{}}"),
        ValueForm::Object(fields) => {
            let needed = fields.iter().map(|Field(key, need, _)| match need {
                Need::Must => format!("`{key}` (required)"),
                Need::May => format!("`{key}`"),
            });
            format!(
                "expected the entries {}",
                needed.collect::<Vec<_>>().join(", ")
            )
        }
        ValueForm::Any
        | ValueForm::Boolean
        | ValueForm::Text
        | ValueForm::Name
        | ValueForm::Id
        | ValueForm::Integer(..)
        | ValueForm::Number
        | ValueForm::OneOf(_)
        | ValueForm::List(_)
        | ValueForm::Map(_)
        | ValueForm::Named(_)
        | ValueForm::Choice(_)
        | ValueForm::XmlName
        | ValueForm::XmlPrefix
        | ValueForm::MediaType
        | ValueForm::Printable
        | ValueForm::HeaderName
        | ValueForm::Headers
        | ValueForm::CommandWord
        | ValueForm::CommandAlias => {
            if is_whole {
                format!("expected {}", expected(form))
            } else {
                "fix the value here".to_owned()
            }
        }
    }
}

/// The node that doesn't match, and why.
fn matches<'n>(node: &'n Node, form: &ValueForm) -> Result<(), (&'n Node, String)> {
    let is_right = match form {
        ValueForm::Any => true,
        ValueForm::Annotation => node.entries().is_some(),
        ValueForm::Boolean => node.as_bool().is_some(),
        ValueForm::Text => node.as_str().is_some(),
        ValueForm::Name => node.as_str().is_some_and(|text| !text.is_empty()),
        ValueForm::Id => node.as_str().is_some_and(is_shape_id),
        ValueForm::Integer(least, most) => {
            integer(node).is_some_and(|number| (*least..=*most).contains(&number))
        }
        ValueForm::Number => node.as_number().is_some(),
        ValueForm::OneOf(values) => node.as_str().is_some_and(|text| values.contains(&text)),
        ValueForm::List(form) => match node.elements() {
            Some(elements) => {
                return elements
                    .iter()
                    .try_for_each(|element| matches(element, form));
            }
            None => false,
        },
        ValueForm::Map(form) => match node.entries() {
            Some(entries) => {
                return entries
                    .iter()
                    .try_for_each(|entry| matches(&entry.value, form));
            }
            None => false,
        },
        ValueForm::Named(form) => match node.entries() {
            Some(entries) => {
                return entries
                    .iter()
                    .try_for_each(|entry| named_matches(entry, form));
            }
            None => false,
        },
        ValueForm::Choice(fields) => match node.entries() {
            Some(_) => return choice_matches(node, fields),
            None => false,
        },
        ValueForm::XmlName => node.as_str().is_some_and(is_xml_name),
        ValueForm::XmlPrefix => node
            .as_str()
            .is_some_and(|text| text.is_empty() || is_xml_name(text) && !text.contains(':')),
        ValueForm::MediaType => node.as_str().is_some_and(is_media_type),
        ValueForm::Printable => node.as_str().is_some_and(is_printable),
        ValueForm::HeaderName => node.as_str().is_some_and(is_header_name),
        ValueForm::Headers => match node.entries() {
            Some(entries) => return entries.iter().try_for_each(header_matches),
            None => false,
        },
        ValueForm::CommandWord => node
            .as_str()
            .is_some_and(|text| is_command_word(text, &['-'])),
        ValueForm::CommandAlias => node
            .as_str()
            .is_some_and(|text| is_command_word(text, &['-', '.'])),
        ValueForm::Object(fields) => match node.entries() {
            Some(_) => {
                return fields
                    .iter()
                    .try_for_each(|field| field_matches(node, field));
            }
            None => false,
        },
    };
    if is_right {
        Ok(())
    } else {
        Err((
            node,
            format!("expected {}, found {}", expected(form), node.value.kind()),
        ))
    }
}

fn named_matches<'n>(entry: &'n Entry, form: &ValueForm) -> Result<(), (&'n Node, String)> {
    if is_identifier(&entry.key) {
        return matches(&entry.value, form);
    }
    Err((
        &entry.value,
        format!(
            "invalid name `{}`: expected ASCII letters and digits",
            entry.key
        ),
    ))
}

fn is_header_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_token)
}

fn header_matches(entry: &Entry) -> Result<(), (&Node, String)> {
    let name = entry.key.to_ascii_lowercase();
    let message = if !is_header_name(&name) {
        format!("invalid name for a header: `{}`", entry.key)
    } else if OWN_HEADERS.contains(&name.as_str()) {
        format!("`{}` is set by the client itself", entry.key)
    } else {
        return matches(&entry.value, &ValueForm::Printable);
    };
    Err((&entry.value, message))
}

/// Headers that HTTP, retries or signatures set, in lower case.
const OWN_HEADERS: &[&str] = &[
    "accept-encoding",
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-region-set",
    "x-amz-security-token",
];

fn choice_matches<'n>(node: &'n Node, fields: &[Field]) -> Result<(), (&'n Node, String)> {
    if fields
        .iter()
        .filter(|Field(key, ..)| node.get(key).is_some())
        .count()
        == 1
    {
        return fields
            .iter()
            .try_for_each(|field| field_matches(node, field));
    }
    let keys: Vec<&str> = fields.iter().map(|Field(key, ..)| *key).collect();
    Err((node, format!("expected exactly one of {}", keys.join(", "))))
}

fn is_xml_name(text: &str) -> bool {
    let is_part = |part: &str| {
        let is_inner = |character: char| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
        };
        part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && part.chars().all(is_inner)
    };
    text.splitn(2, ':').all(is_part)
}

fn is_media_type(text: &str) -> bool {
    let types = text.split(';').next().and_then(|of| of.split_once('/'));
    let is_part = |part: &str| !part.is_empty() && part.trim_end().bytes().all(is_token);
    types.is_some_and(|(kind, subtype)| is_part(kind) && is_part(subtype)) && is_printable(text)
}

fn is_printable(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn is_command_word(text: &str, separators: &[char]) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut words = text.split(separators);
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && words.all(|word| !word.is_empty() && word.bytes().all(is_inner))
}

fn field_matches<'n>(
    node: &'n Node,
    Field(key, need, form): &Field,
) -> Result<(), (&'n Node, String)> {
    match (node.get(key), need) {
        (Some(value), _) => matches(value, form),
        (None, Need::May) => Ok(()),
        (None, Need::Must) => Err((node, format!("missing entry `{key}`"))),
    }
}

/// An integer. `1.0` and `1e2` don't count.
pub(super) fn integer(node: &Node) -> Option<i64> {
    node.as_i64()
}

fn expected(form: &ValueForm) -> String {
    match form {
        ValueForm::Any => "any value".to_owned(),
        ValueForm::Annotation => "an empty object".to_owned(),
        ValueForm::Boolean => "true or false".to_owned(),
        ValueForm::Text => "a string".to_owned(),
        ValueForm::Name => "a non-empty string".to_owned(),
        ValueForm::Id => "an absolute shape id".to_owned(),
        ValueForm::Integer(least, i64::MAX) => format!("an integer of {least} or more"),
        ValueForm::Integer(least, most) => format!("an integer from {least} to {most}"),
        ValueForm::Number => "a number".to_owned(),
        ValueForm::OneOf(values) => format!("one of {}", values.join(", ")),
        ValueForm::List(_) => "an array".to_owned(),
        ValueForm::Map(_)
        | ValueForm::Named(_)
        | ValueForm::Headers
        | ValueForm::Object(_)
        | ValueForm::Choice(_) => "an object".to_owned(),
        ValueForm::XmlName => "a valid XML name".to_owned(),
        ValueForm::XmlPrefix => "a valid XML prefix".to_owned(),
        ValueForm::MediaType => "a media type, such as text/plain".to_owned(),
        ValueForm::Printable => "a non-empty string of printable ASCII".to_owned(),
        ValueForm::HeaderName => "the name of a header".to_owned(),
        ValueForm::CommandWord => {
            "lower-case letters and digits, separated by single hyphens".to_owned()
        }
        ValueForm::CommandAlias => {
            "lower-case letters and digits, separated by single hyphens or dots".to_owned()
        }
    }
}

/// `length` and `range` must allow at least one value.
fn bounds(checker: &mut Checker, traits: &Traits) {
    for name in ["length", "range"] {
        let bound = |key| {
            let node = traits.get(name)?.get(key)?;
            Some((node, node.as_number()?.parse::<f64>().ok()?))
        };
        if let (Some((least, min)), Some((most, max))) = (bound("min"), bound("max"))
            && min > max
        {
            let diagnostic =
                Diagnostic::new(most.span, format!("empty {name}: `max` is less than `min`"));
            checker.report(
                diagnostic
                    .related(least.span, "the min")
                    .help("swap them, or fix one"),
            );
        }
    }
}
