//! Compares values and documents by their meaning.

use aws_smithy_types::{DateTime, Document, Number};
use std::collections::BTreeMap;
use std::fmt;
use swage_client::Shape;
use swage_client::error::EncodeError;
use swage_client::schema::Member;
use swage_client::shape::{Elements, Entries, Value, Writer};

/// A value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tree {
    Null,
    Boolean(bool),
    /// In the form that [`Tree::number`] gives it.
    Number(String),
    String(String),
    Blob(Vec<u8>),
    /// Seconds and nanoseconds.
    Timestamp(i64, u32),
    List(Vec<Tree>),
    Map(BTreeMap<String, Tree>),
}

impl Tree {
    /// A number of any size: without leading and trailing zeros, with an exponent. All NaNs are equal.
    pub(crate) fn number(text: &str) -> Self {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", text),
        };
        let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let Some(exponent) = exponent
            .parse::<i64>()
            .ok()
            .filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
        else {
            return Self::Number(text.to_owned());
        };
        let kept = digits.trim_end_matches('0');
        let dropped = i64::try_from(digits.len() - kept.len()).unwrap_or(i64::MAX);
        let places = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
        Self::Number(match kept.trim_start_matches('0') {
            "" => "0".to_owned(),
            kept => format!("{sign}{kept}e{}", exponent - places + dropped),
        })
    }

    /// A structure's members, without those that aren't set.
    pub(crate) fn of(shape: &dyn Shape) -> Result<Self, EncodeError> {
        let mut members = BTreeMap::new();
        for (index, member) in shape.schema().members().iter().enumerate() {
            if let Some(value) = shape.member(index).filter(|value| value.is_set()) {
                let value = of_value(member, value).map_err(|error| error.within(member.name()))?;
                members.insert(member.name().to_owned(), value);
            }
        }
        if let Some(unknown) = shape.unknown() {
            members.insert(unknown.name.clone(), of_document(&unknown.value));
        }
        Ok(Self::Map(members))
    }

    /// Removes a member.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Self::Map(members) = self {
            members.remove(name);
        }
    }

    /// The first difference; `None` if there is none.
    pub(crate) fn difference(&self, found: &Self) -> Option<String> {
        self.differs(found, "")
    }

    fn differs(&self, found: &Self, at: &str) -> Option<String> {
        match (self, found) {
            (expected, found) if expected == found => None,
            (Self::Map(expected), Self::Map(found)) => {
                let mut keys: Vec<_> = expected.keys().chain(found.keys()).collect();
                keys.sort();
                keys.into_iter().find_map(|key| {
                    let at = format!("{at}.{key}");
                    match (expected.get(key), found.get(key)) {
                        (Some(expected), Some(found)) => expected.differs(found, &at),
                        (Some(expected), None) => {
                            Some(format!("{at}: expected {expected}, found nothing"))
                        }
                        (None, Some(found)) => {
                            Some(format!("{at}: expected nothing, found {found}"))
                        }
                        (None, None) => None,
                    }
                })
            }
            (Self::List(expected), Self::List(found)) if expected.len() == found.len() => {
                let pairs = expected.iter().zip(found).enumerate();
                pairs.into_iter().find_map(|(index, (expected, found))| {
                    expected.differs(found, &format!("{at}[{index}]"))
                })
            }
            (expected, found) => Some(format!("{at}: expected {expected}, found {found}")),
        }
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text.strip_suffix("e0").unwrap_or(text)),
            Self::String(text) => write!(f, "{text:?}"),
            Self::Blob(bytes) => write!(f, "b\"{}\"", bytes.escape_ascii()),
            Self::Timestamp(seconds, nanos) => write!(f, "@{seconds}.{nanos:09}"),
            Self::List(values) => {
                f.write_str("[")?;
                for (index, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Map(entries) => {
                f.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{key}: {value}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
        }
    }
}

/// Keeps the value that is written.
struct Keep(Tree);

fn of_value(member: &'static Member, value: &dyn Value) -> Result<Tree, EncodeError> {
    let mut keep = Keep(Tree::Null);
    value.write(member, &mut keep)?;
    Ok(keep.0)
}

fn of_document(document: &Document) -> Tree {
    match document {
        Document::Null => Tree::Null,
        Document::Bool(value) => Tree::Boolean(*value),
        Document::Number(Number::PosInt(value)) => Tree::number(&value.to_string()),
        Document::Number(Number::NegInt(value)) => Tree::number(&value.to_string()),
        Document::Number(Number::Float(value)) => Tree::number(&value.to_string()),
        Document::String(text) => Tree::String(text.clone()),
        Document::Array(values) => Tree::List(values.iter().map(of_document).collect()),
        Document::Object(entries) => {
            let entries = entries.iter();
            Tree::Map(
                entries
                    .map(|(key, value)| (key.clone(), of_document(value)))
                    .collect(),
            )
        }
    }
}

impl Writer for Keep {
    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        self.0 = Tree::of(value)?;
        Ok(())
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        let mut elements = Vec::new();
        for index in 0..value.len() {
            elements.push(match (member.target().members(), value.get(index)) {
                ([element], Some(value)) => of_value(element, value)?,
                _ => Tree::Null,
            });
        }
        self.0 = Tree::List(elements);
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let mut entries = BTreeMap::new();
        value.each(&mut |key, value| {
            let tree = match (member.target().members(), value) {
                ([_, member], Some(value)) => of_value(member, value)?,
                _ => Tree::Null,
            };
            entries.insert(key.to_owned(), tree);
            Ok(())
        })?;
        self.0 = Tree::Map(entries);
        Ok(())
    }

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), EncodeError> {
        self.0 = Tree::Boolean(value);
        Ok(())
    }

    fn integer(&mut self, _: &'static Member, value: i64) -> Result<(), EncodeError> {
        self.0 = Tree::number(&value.to_string());
        Ok(())
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), EncodeError> {
        self.0 = Tree::number(&value.to_string());
        Ok(())
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), EncodeError> {
        self.0 = Tree::number(&value.to_string());
        Ok(())
    }

    fn number(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.0 = Tree::number(value);
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.0 = Tree::String(value.to_owned());
        Ok(())
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
        self.0 = Tree::Blob(value.to_vec());
        Ok(())
    }

    fn timestamp(&mut self, _: &'static Member, value: &DateTime) -> Result<(), EncodeError> {
        self.0 = Tree::Timestamp(value.secs(), value.subsec_nanos());
        Ok(())
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Result<(), EncodeError> {
        self.0 = of_document(value);
        Ok(())
    }
}
