//! Flags and traits with values: constraints, formats in messages, properties of errors.

use super::PlanReader;
use super::text::bounds;
use crate::interface::{Fact, Item, SEPARATOR, UNKNOWN_FIELDS};
use crate::plan::{DefaultValue, Flag, Marks, Trait};

impl PlanReader<'_> {
    /// Adds what a shape's or member's flags and traits say.
    pub(super) fn marks(&self, item: &mut Item, marks: &Marks) {
        if marks.flags.is_empty() && marks.traits.is_empty() {
            return;
        }
        for of in &marks.traits {
            constraint(item, of);
        }
        let flags = flags(marks).into_iter().map(str::to_owned);
        let wire = marks.traits.iter().filter_map(|of| wire(item, of));
        let wire: Vec<_> = flags.chain(wire).collect();
        let fault = marks.traits.iter().filter_map(|of| fault(item, of));
        let fault: Vec<_> = fault.collect();
        item.set(Fact::Wire, wire.join(SEPARATOR));
        item.set(Fact::Fault, fault.join(SEPARATOR));
        let handling = [
            (Flag::JsonText, "shown as JSON"),
            (Flag::ZipFile, "ZIP archive"),
        ];
        let handling = handling.into_iter();
        let handling = handling.filter(|(flag, _)| marks.flags.contains(flag) && self.has_command);
        let handling: Vec<_> = handling.map(|(_, text)| text).collect();
        item.set(Fact::Handling, handling.join(SEPARATOR));
    }
}

/// What flags change in messages.
fn flags(marks: &Marks) -> Vec<&'static str> {
    let flags = [
        (Flag::XmlFlattened, "xml flattened"),
        (Flag::XmlAttribute, "xml attribute"),
        (Flag::HostLabel, "host label"),
        (Flag::LastSegment, "last segment"),
        (Flag::JsonUnknown, UNKNOWN_FIELDS),
        (Flag::Untagged, "untagged"),
        (Flag::Ascii, "ASCII"),
        (Flag::EndpointUrl, "endpoint"),
        (Flag::EndpointId, "endpoint id"),
    ];
    let flags = flags.into_iter();
    let flags = flags.filter(|(flag, _)| marks.flags.contains(flag));
    flags.map(|(_, text)| text).collect()
}

/// How a trait changes the format in messages.
fn wire(item: &Item, of: &Trait) -> Option<String> {
    match of {
        Trait::TimestampFormat(format) => Some(format!("timestamp {format:?}")),
        Trait::Discriminated(key) => Some(format!("discriminated by {key}")),
        Trait::StructurePattern(pattern) => Some(format!("structure as {pattern}")),
        Trait::MediaType(of) => Some(format!("media type {of}")),
        Trait::XmlName(name) if *name != item.name => Some(format!("XML name {name}")),
        Trait::XmlNamespace(uri, prefix) => {
            Some(format!("namespace {uri} {prefix}").trim_end().to_owned())
        }
        Trait::Ec2QueryName(name) => Some(format!("query name {name}")),
        Trait::PercentEncoded(_) => Some("percent-encoded".to_owned()),
        Trait::CustomerKey(digest) => Some(format!("key with its MD5 in {digest}")),
        Trait::XmlName(_)
        | Trait::Length(..)
        | Trait::Range(..)
        | Trait::Pattern(_)
        | Trait::Default(_)
        | Trait::ContextParam(_)
        | Trait::ClientError(_)
        | Trait::HttpError(_)
        | Trait::Retryable(_)
        | Trait::QueryError(..) => None,
    }
}

fn constraint(item: &mut Item, of: &Trait) {
    match of {
        Trait::Length(min, max) => {
            let text = |bound: Option<u64>| bound.map(|bound| bound.to_string());
            // A minimum of 0 allows everything.
            let min = min.filter(|min| *min > 0);
            item.set(Fact::Length, bounds(text(min), text(*max)));
        }
        Trait::Range(min, max) => item.set(Fact::Range, bounds(min.clone(), max.clone())),
        Trait::Pattern(pattern) => item.set(Fact::Pattern, pattern),
        Trait::ContextParam(name) => item.set(Fact::EndpointParam, name),
        Trait::Default(_)
        | Trait::TimestampFormat(_)
        | Trait::MediaType(_)
        | Trait::Discriminated(_)
        | Trait::StructurePattern(_)
        | Trait::XmlName(_)
        | Trait::XmlNamespace(..)
        | Trait::Ec2QueryName(_)
        | Trait::ClientError(_)
        | Trait::HttpError(_)
        | Trait::Retryable(_)
        | Trait::PercentEncoded(_)
        | Trait::CustomerKey(_)
        | Trait::QueryError(..) => {}
    }
}

/// What a trait says about an error.
fn fault(item: &Item, of: &Trait) -> Option<String> {
    match of {
        Trait::ClientError(true) => Some("client".to_owned()),
        Trait::ClientError(false) => Some("server".to_owned()),
        Trait::HttpError(status) => Some(format!("status {status}")),
        Trait::Retryable(true) => Some("throttling".to_owned()),
        Trait::Retryable(false) => Some("retryable".to_owned()),
        Trait::QueryError(code, status) if *code != item.name => {
            Some(format!("code {code} {status}"))
        }
        Trait::QueryError(..)
        | Trait::Default(_)
        | Trait::Length(..)
        | Trait::Range(..)
        | Trait::Pattern(_)
        | Trait::TimestampFormat(_)
        | Trait::Discriminated(_)
        | Trait::StructurePattern(_)
        | Trait::MediaType(_)
        | Trait::XmlName(_)
        | Trait::XmlNamespace(..)
        | Trait::Ec2QueryName(_)
        | Trait::PercentEncoded(_)
        | Trait::CustomerKey(_)
        | Trait::ContextParam(_) => None,
    }
}

/// The default among the traits of an input's member, as a model writes it; empty if there is none.
pub(super) fn default(marks: &Marks) -> String {
    let value = marks.traits.iter().find_map(|of| match of {
        Trait::Default(value) => Some(value),
        _ => None,
    });
    match value {
        None => String::new(),
        Some(DefaultValue::Boolean(value)) => value.to_string(),
        Some(DefaultValue::Number(digits)) => digits.clone(),
        Some(DefaultValue::String(text)) => format!("{text:?}"),
        Some(DefaultValue::List) => "[]".to_owned(),
        Some(DefaultValue::Map) => "{}".to_owned(),
    }
}
