//! A case's `params` as a value: node values as in traits, but timestamps are seconds and blobs are plain text.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, Document, Number};
use swage_client::Shape;
use swage_client::error::DecodeError;
use swage_client::schema::{Kind, Location, Member, Schema};
use swage_client::shape::{ElementsMut, EntriesMut, Reader, UnknownMember, Untyped};
use swage_codegen::node::{Entry, KeySpan, Node, NodeValue, Span};

/// Sets members from the params.
pub(crate) fn fill(shape: &mut dyn Shape, params: &Node) -> Result<(), DecodeError> {
    members(shape, params)
}

/// Params for an input that isn't in the case: values for everything in the URL.
pub(crate) fn placeholders(input: &Schema) -> Node {
    let needed = input
        .members()
        .iter()
        .filter(|member| member.location() == Location::Label || member.is_host_label());
    let entry = |member: &Member| Entry {
        key: member.name().to_owned().into(),
        key_span: KeySpan::default(),
        value: node(match member.target().kind() {
            Kind::Boolean => NodeValue::Boolean(true),
            Kind::String | Kind::Enum => NodeValue::String("a".to_owned()),
            _ => NodeValue::Number("1".to_owned()),
        }),
    };
    node(NodeValue::Object(needed.map(entry).collect()))
}

pub(crate) fn node(value: NodeValue) -> Node {
    Node::new(value, Span::default())
}

/// Reads a value from its node.
struct Params<'a>(&'a Node);

fn not<T>(what: &str) -> Result<T, DecodeError> {
    Err(DecodeError::new(format!("the params have no {what} here")))
}

fn members(into: &mut dyn Shape, params: &Node) -> Result<(), DecodeError> {
    let Some(entries) = params.entries() else {
        return not("structure");
    };
    let schema = into.schema();
    for Entry { key, value, .. } in entries {
        let read = match schema.member(key) {
            _ if value.is_null() => Ok(()),
            Some((index, member)) => match into.member_mut(index) {
                Some(place) => place.read(member, &mut Params(value)),
                None => not("such place"),
            },
            None if schema.kind() == Kind::Union => {
                into.set_unknown(UnknownMember {
                    name: key.to_string(),
                    value: document(value),
                });
                Ok(())
            }
            None => Err(DecodeError::new("the schema has no such member")),
        };
        read.map_err(|error| error.within(key))?;
    }
    Ok(())
}

impl Params<'_> {
    /// The text of a string or of a number.
    fn text(&self) -> Result<&str, DecodeError> {
        match self.0.as_str().or(self.0.as_number()) {
            Some(text) => Ok(text),
            None => not("string or number"),
        }
    }
}

impl Reader for Params<'_> {
    fn structure(&mut self, _: &'static Member, into: &mut dyn Shape) -> Result<(), DecodeError> {
        members(into, self.0)
    }

    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        let ([element], Some(nodes)) = (member.target().members(), self.0.elements()) else {
            return not("list");
        };
        nodes.iter().try_for_each(|node| {
            if node.is_null() {
                into.push_null();
                return Ok(());
            }
            into.push().read(element, &mut Params(node))
        })
    }

    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let ([_, value], Some(entries)) = (member.target().members(), self.0.entries()) else {
            return not("map");
        };
        entries.iter().try_for_each(|entry| {
            if entry.value.is_null() {
                into.entry_null(&entry.key);
                return Ok(());
            }
            let place = into.entry(&entry.key);
            place.read(value, &mut Params(&entry.value))
        })
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        self.0.as_bool().map_or_else(|| not("boolean"), Ok)
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        self.0.as_i64().map_or_else(|| not("integer"), Ok)
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        self.text()?.parse().or_else(|_| not("double"))
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text().map(str::to_owned)
    }

    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.0
            .as_str()
            .map_or_else(|| not("string"), |text| Ok(text.to_owned()))
    }

    fn blob(&mut self, member: &'static Member) -> Result<Vec<u8>, DecodeError> {
        self.string(member).map(String::into_bytes)
    }

    fn timestamp(&mut self, _: &'static Member) -> Result<DateTime, DecodeError> {
        let format = match self.0.as_number() {
            Some(_) => Format::EpochSeconds,
            None => Format::DateTime,
        };
        DateTime::from_str(self.text()?, format).or_else(|_| not("timestamp"))
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, DecodeError> {
        Ok(document(self.0))
    }

    fn untyped(&mut self, member: &'static Member) -> Result<Untyped, DecodeError> {
        Ok(match member.target().kind() {
            Kind::Boolean => Untyped::Boolean(self.boolean(member)?),
            Kind::String | Kind::Enum => Untyped::String(self.string(member)?),
            Kind::Blob => Untyped::Blob(self.blob(member)?),
            Kind::Timestamp => Untyped::Timestamp(self.timestamp(member)?),
            Kind::Document => untyped(self.0),
            _ => Untyped::Number(self.number(member)?),
        })
    }
}

/// A node as a document.
fn document(node: &Node) -> Document {
    match &node.value {
        NodeValue::Null => Document::Null,
        NodeValue::Boolean(value) => Document::Bool(*value),
        NodeValue::Number(text) => Document::Number(number(text)),
        NodeValue::String(text) => Document::String(text.clone()),
        NodeValue::Array(nodes) => Document::Array(nodes.iter().map(document).collect()),
        NodeValue::Object(entries) => {
            let entries = entries.iter();
            Document::Object(
                entries
                    .map(|entry| (entry.key.to_string(), document(&entry.value)))
                    .collect(),
            )
        }
    }
}

fn number(text: &str) -> Number {
    let whole = text.parse().map(Number::PosInt);
    whole
        .or_else(|_| text.parse().map(Number::NegInt))
        .unwrap_or_else(|_| Number::Float(text.parse().unwrap_or(f64::NAN)))
}

/// A node as the command line has a document.
fn untyped(node: &Node) -> Untyped {
    match &node.value {
        NodeValue::Null => Untyped::Null,
        NodeValue::Boolean(value) => Untyped::Boolean(*value),
        NodeValue::Number(text) => Untyped::Number(text.clone()),
        NodeValue::String(text) => Untyped::String(text.clone()),
        NodeValue::Array(nodes) => Untyped::List(nodes.iter().map(untyped).collect()),
        NodeValue::Object(entries) => {
            let entries = entries.iter();
            Untyped::Map(
                entries
                    .map(|entry| (entry.key.to_string(), untyped(&entry.value)))
                    .collect(),
            )
        }
    }
}
