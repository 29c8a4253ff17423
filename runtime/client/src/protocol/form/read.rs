//! Forms to inputs.

use super::{Dialect, name};
use crate::error::DecodeError;
use crate::protocol::percent::pairs;
use crate::schema::{Kind, Member, TimestampFormat};
use crate::shape::{ElementsMut, EntriesMut, Reader, Shape, Untyped};
use crate::timestamp::parse_timestamp;
use aws_smithy_types::{DateTime, base64};

/// How deep values may be nested.
const DEEPEST: usize = 128;

/// The pairs of a form whose keys have a common start.
#[derive(Default)]
struct Node {
    value: Option<String>,
    children: Vec<(String, Node)>,
}

/// Reads a form into an input.
pub(crate) fn read(
    dialect: Dialect,
    body: &[u8],
    input: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let text = std::str::from_utf8(body);
    let text = text.map_err(|_| DecodeError::new("the form is not UTF-8"))?;
    let mut root = Node::default();
    for (key, value) in pairs(text) {
        if key.split('.').count() > DEEPEST {
            return Err(DecodeError::new("values are nested too deeply"));
        }
        root.put(&key, value);
    }
    FormReader {
        dialect,
        node: &root,
    }
    .members(input)
}

impl Node {
    fn put(&mut self, key: &str, value: String) {
        let mut node = self;
        for part in key.split('.') {
            let found = node.children.iter().position(|(name, _)| name == part);
            let index = found.unwrap_or_else(|| {
                node.children.push((part.to_owned(), Self::default()));
                node.children.len() - 1
            });
            node = &mut node.children[index].1;
        }
        node.value = Some(value);
    }

    fn child(&self, name: &str) -> Option<&Self> {
        let mut children = self.children.iter();
        children.find(|(of, _)| of == name).map(|(_, node)| node)
    }

    /// The children whose names are numbers, in their order.
    fn numbered(&self) -> Vec<&Self> {
        let children = self.children.iter();
        let mut all: Vec<_> = children
            .filter_map(|(name, node)| Some((name.parse::<u64>().ok()?, node)))
            .collect();
        all.sort_by_key(|(number, _)| *number);
        all.into_iter().map(|(_, node)| node).collect()
    }
}

/// Reads one value.
struct FormReader<'a> {
    dialect: Dialect,
    node: &'a Node,
}

impl FormReader<'_> {
    fn of<'b>(&self, node: &'b Node) -> FormReader<'b> {
        FormReader {
            dialect: self.dialect,
            node,
        }
    }

    fn members(&self, into: &mut dyn Shape) -> Result<(), DecodeError> {
        for (index, member) in into.schema().members().iter().enumerate() {
            let mut name = String::new();
            self.dialect.push_name(member, &mut name);
            let Some(node) = self.node.child(&name) else {
                continue;
            };
            let Some(place) = into.member_mut(index) else {
                continue;
            };
            let read = place.read(member, &mut self.of(node));
            read.map_err(|error| error.within(member.name()))?;
        }
        Ok(())
    }

    fn text(&self) -> Result<&str, DecodeError> {
        let text = self.node.value.as_deref();
        text.ok_or_else(|| DecodeError::new("the parameter has no value"))
    }

    fn parsed<T: std::str::FromStr>(&self, expected: &str) -> Result<T, DecodeError> {
        let parsed = self.text()?.parse();
        parsed.map_err(|_| DecodeError::new(format!("expected {expected}, found other text")))
    }
}

impl Reader for FormReader<'_> {
    fn structure(&mut self, _: &'static Member, into: &mut dyn Shape) -> Result<(), DecodeError> {
        self.members(into)
    }

    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        let [of] = member.target().members() else {
            return Err(self.other(member));
        };
        let elements = if self.dialect.is_flattened(member) {
            Some(self.node)
        } else {
            self.node.child(name(of))
        };
        for node in elements.map(Node::numbered).unwrap_or_default() {
            into.push().read(of, &mut self.of(node))?;
        }
        Ok(())
    }

    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let [key, value] = member.target().members() else {
            return Err(self.other(member));
        };
        let entries = if self.dialect.is_flattened(member) {
            Some(self.node)
        } else {
            self.node.child("entry")
        };
        for node in entries.map(Node::numbered).unwrap_or_default() {
            let key = node.child(name(key)).map(|key| self.of(key));
            let key = key.ok_or_else(|| DecodeError::new("an entry of the map has no key"))?;
            let Some(of_value) = node.child(name(value)) else {
                into.entry_null(key.text()?);
                continue;
            };
            let place = into.entry(key.text()?);
            place.read(value, &mut self.of(of_value))?;
        }
        Ok(())
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        Ok(self.text()? == "true")
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        self.parsed("an integer of at most 64 bits")
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        self.parsed("a number")
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text().map(str::to_owned)
    }

    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text().map(str::to_owned)
    }

    fn blob(&mut self, _: &'static Member) -> Result<Vec<u8>, DecodeError> {
        let bytes = base64::decode(self.text()?);
        bytes.map_err(|_| DecodeError::new("the text is not Base64"))
    }

    fn timestamp(&mut self, member: &'static Member) -> Result<DateTime, DecodeError> {
        let format = member.timestamp_format();
        parse_timestamp(self.text()?, format.unwrap_or(TimestampFormat::DateTime))
    }

    fn untyped(&mut self, member: &'static Member) -> Result<Untyped, DecodeError> {
        Ok(match member.target().kind() {
            Kind::Boolean => Untyped::Boolean(self.boolean(member)?),
            Kind::Blob => Untyped::Blob(self.blob(member)?),
            Kind::Timestamp => Untyped::Timestamp(self.timestamp(member)?),
            Kind::Float | Kind::Double => {
                self.double(member)?;
                Untyped::Number(self.number(member)?)
            }
            Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum => {
                Untyped::Number(self.integer(member)?.to_string())
            }
            Kind::BigInteger | Kind::BigDecimal => Untyped::Number(self.number(member)?),
            _ => Untyped::String(self.string(member)?),
        })
    }
}
