//! Inputs as forms: `Action=ListUsers&Version=2010-05-08&MaxItems=10`.

#[cfg(feature = "test-util")]
mod read;

#[cfg(feature = "test-util")]
pub(super) use read::read;

use super::format::shown;
use super::percent::UNRESERVED;
use super::scalars::scalars_as_text;
use super::xml::name;
use crate::error::EncodeError;
use crate::operation::Operation;
#[cfg(feature = "ec2-query")]
use crate::schema::Kind;
use crate::schema::{Member, TimestampFormat};
use crate::shape::{Elements, Entries, Shape, Value, Writer};
use crate::timestamp::format_timestamp;
use aws_smithy_types::primitive::Encoder;
use aws_smithy_types::{DateTime, Document, base64};
use percent_encoding::utf8_percent_encode;
#[cfg(feature = "ec2-query")]
use std::borrow::Cow;
use std::fmt::Write as _;

/// The two protocols, which write the same values differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// awsQuery.
    #[cfg(feature = "aws-query")]
    Aws,
    /// ec2Query: names are capitalized, and lists are always flattened.
    #[cfg(feature = "ec2-query")]
    Ec2,
}

impl Dialect {
    /// The key of a structure's member.
    fn push_name(self, member: &Member, path: &mut String) {
        match self {
            #[cfg(feature = "aws-query")]
            Self::Aws => path.push_str(name(member)),
            #[cfg(feature = "ec2-query")]
            Self::Ec2 => path.push_str(&ec2_name(member)),
        }
    }

    fn is_flattened(self, member: &Member) -> bool {
        match self {
            #[cfg(feature = "aws-query")]
            Self::Aws => member.is_xml_flattened(),
            #[cfg(feature = "ec2-query")]
            Self::Ec2 => member.is_xml_flattened() || member.target().kind() == Kind::List,
        }
    }

    /// Whether a list without elements is sent.
    fn tells_empty_lists(self) -> bool {
        match self {
            #[cfg(feature = "aws-query")]
            Self::Aws => true,
            #[cfg(feature = "ec2-query")]
            Self::Ec2 => false,
        }
    }
}

/// `@ec2QueryName`, or else the XML name or the member's name, capitalized.
#[cfg(feature = "ec2-query")]
fn ec2_name(member: &Member) -> Cow<'static, str> {
    if let Some(given) = member.ec2_query_name() {
        return Cow::Borrowed(given);
    }
    let mut name = Cow::Borrowed(name(member));
    if name.starts_with(|first: char| first.is_ascii_lowercase())
        && let Some(first) = name.to_mut().get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    name
}

/// The form for an operation's input.
pub(super) fn write(
    dialect: Dialect,
    operation: &Operation,
    input: &dyn Shape,
) -> Result<String, EncodeError> {
    let mut writer = FormWriter {
        out: String::with_capacity(256),
        path: String::new(),
        dialect,
    };
    writer.pair("Action", operation.name);
    writer.pair("Version", operation.service.version);
    writer.members(input)?;
    Ok(writer.out)
}

/// Appends pairs to a form.
struct FormWriter {
    out: String,
    /// The key of the current value.
    path: String,
    dialect: Dialect,
}

impl FormWriter {
    fn pair(&mut self, key: &str, value: &str) {
        if !self.out.is_empty() {
            self.out.push('&');
        }
        self.out.extend(utf8_percent_encode(key, UNRESERVED));
        self.out.push('=');
        self.out.extend(utf8_percent_encode(value, UNRESERVED));
    }

    /// Writes a value with the current path as its key.
    #[expect(clippy::unnecessary_wraps, reason = "`scalars_as_text!` asks for it")]
    fn text(&mut self, _: &Member, value: &str) -> Result<(), EncodeError> {
        let path = std::mem::take(&mut self.path);
        self.pair(&path, value);
        self.path = path;
        Ok(())
    }

    /// Writes a value one level deeper.
    fn at(
        &mut self,
        push: impl FnOnce(&mut String),
        write: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        push(&mut self.path);
        let written = write(self);
        self.path.truncate(length);
        written
    }

    fn members(&mut self, shape: &dyn Shape) -> Result<(), EncodeError> {
        if shape.unknown().is_some() {
            let what = "a member of a union that the model doesn't know can't be sent in a form";
            return Err(EncodeError::new(what));
        }
        let dialect = self.dialect;
        for (index, member) in shape.schema().members().iter().enumerate() {
            let Some(value) = shape.member(index).filter(|value| value.is_set()) else {
                continue;
            };
            self.at(
                |path| dialect.push_name(member, path),
                |writer| value.write(member, writer),
            )
            .map_err(|error| error.within(member.name()))?;
        }
        Ok(())
    }
}

/// `member.1`, or just `1`.
fn push_step(path: &mut String, name: Option<&str>, number: usize) {
    if let Some(name) = name {
        path.push_str(name);
        path.push('.');
    }
    // Writing to a string can't fail.
    let _written = write!(path, "{number}");
}

impl Writer for FormWriter {
    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        self.members(value)
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        let [of] = member.target().members() else {
            return Err(EncodeError::new("expected a list"));
        };
        if value.is_empty() && self.dialect.tells_empty_lists() {
            self.text(member, "")?;
        }
        let step = (!self.dialect.is_flattened(member)).then(|| name(of));
        for index in 0..value.len() {
            let Some(value) = value.get(index) else {
                continue;
            };
            self.at(
                |path| push_step(path, step, index + 1),
                |writer| value.write(of, writer),
            )
            .map_err(|error| error.within(&format!("[{index}]")))?;
        }
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let [key_member, value_member] = member.target().members() else {
            return Err(EncodeError::new("expected a map"));
        };
        let step = (!self.dialect.is_flattened(member)).then_some("entry");
        let mut number = 0;
        value.each(&mut |key, value: Option<&dyn Value>| {
            number += 1;
            let entry = |writer: &mut Self| {
                writer.at(
                    |path| path.push_str(name(key_member)),
                    |writer| writer.text(key_member, key),
                )?;
                let Some(value) = value else { return Ok(()) };
                writer.at(
                    |path| path.push_str(name(value_member)),
                    |writer| value.write(value_member, writer),
                )
            };
            self.at(|path| push_step(path, step, number), entry)
                .map_err(|error| error.within(&shown(key, key_member)))
        })
    }

    scalars_as_text!();

    fn document(&mut self, _: &'static Member, _: &Document) -> Result<(), EncodeError> {
        Err(EncodeError::new("a form can't hold a document"))
    }
}
