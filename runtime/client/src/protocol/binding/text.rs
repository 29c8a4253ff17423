//! Values as plain text, in paths, queries, headers and payloads that aren't documents.

use super::{BodyFormat, header};
use crate::error::{DecodeError, EncodeError};
use crate::protocol::header_text;
use crate::protocol::scalars::numbers_as_text;
use crate::schema::{Kind, Member, TimestampFormat};
use crate::shape::{Elements, ElementsMut, Entries, EntriesMut, Reader, Untyped, Value, Writer};
use crate::timestamp::{format_timestamp, parse_timestamp};
use ::http::HeaderMap;
use aws_smithy_types::primitive::Encoder;
use aws_smithy_types::{DateTime, base64};
use std::borrow::Cow;

/// The location of a text, which determines its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// In the path or the query.
    Uri,
    Header,
    Payload,
}

impl Position {
    fn timestamp_format(self, member: &Member) -> TimestampFormat {
        member.timestamp_format().unwrap_or(match self {
            Self::Header => TimestampFormat::HttpDate,
            Self::Uri | Self::Payload => TimestampFormat::DateTime,
        })
    }
}

/// One piece of text: a scalar, a list's element, or a map's value with its key.
pub(super) struct Piece<'a> {
    pub(super) member: &'static Member,
    pub(super) key: Option<&'a str>,
    pub(super) text: &'a [u8],
}

pub(super) type EachPiece<'a> = dyn FnMut(Piece<'_>) -> Result<(), EncodeError> + 'a;

/// Calls `each` for the text of a scalar, of every element of a list, of every entry of a map.
pub(super) struct TextWriter<'a> {
    position: Position,
    key: Option<&'a str>,
    each: &'a mut EachPiece<'a>,
}

/// Writes a member's value as text.
pub(super) fn write(
    member: &'static Member,
    value: &dyn Value,
    position: Position,
    each: &mut EachPiece<'_>,
) -> Result<(), EncodeError> {
    let mut each = |piece: Piece<'_>| each(piece);
    let written = value.write(
        member,
        &mut TextWriter {
            position,
            key: None,
            each: &mut each,
        },
    );
    written.map_err(|error| error.within(member.name()))
}

impl TextWriter<'_> {
    fn put(&mut self, member: &'static Member, text: &[u8]) -> Result<(), EncodeError> {
        (self.each)(Piece {
            member,
            key: self.key,
            text,
        })
    }

    fn text(&mut self, member: &'static Member, text: &str) -> Result<(), EncodeError> {
        self.put(member, text.as_bytes())
    }
}

impl Writer for TextWriter<'_> {
    fn other(&mut self, member: &'static Member) -> Result<(), EncodeError> {
        let kind = member.target().kind().described();
        Err(EncodeError::new(format!(
            "{kind} can't be sent in this part of the request"
        )))
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        let [element] = member.target().members() else {
            return self.other(member);
        };
        (0..value.len())
            .filter_map(|index| value.get(index))
            .try_for_each(|value| value.write(element, self))
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let [_, value_member] = member.target().members() else {
            return self.other(member);
        };
        value.each(&mut |key, value| match value {
            Some(value) => {
                let mut each = |piece: Piece<'_>| (self.each)(piece);
                value.write(
                    value_member,
                    &mut TextWriter {
                        position: self.position,
                        key: Some(key),
                        each: &mut each,
                    },
                )
            }
            None => Ok(()),
        })
    }

    numbers_as_text!();

    fn string(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError> {
        // Text with a media type, such as JSON, is Base64 in a header.
        if self.position == Position::Header && member.media_type().is_some() {
            return self.text(member, &base64::encode(value));
        }
        self.text(member, value)
    }

    fn blob(&mut self, member: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
        match self.position {
            Position::Payload => self.put(member, value),
            Position::Uri | Position::Header => self.text(member, &base64::encode(value)),
        }
    }

    fn timestamp(&mut self, member: &'static Member, value: &DateTime) -> Result<(), EncodeError> {
        let format = self.position.timestamp_format(member);
        self.text(member, &format_timestamp(value, format)?)
    }
}

/// Headers of HTTP itself, which `@httpPrefixHeaders` with an empty prefix doesn't include.
const HTTP_ITSELF: [&str; 5] = [
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "transfer-encoding",
];

/// Reads values from text.
#[derive(Clone, Copy)]
pub(super) struct TextReader<'a> {
    /// The format of the protocol's bodies.
    pub(super) format: &'a dyn BodyFormat,
    pub(super) position: Position,
    pub(super) text: &'a [u8],
    /// For `@httpPrefixHeaders`: the headers, and the prefix.
    pub(super) prefixed: Option<(&'a HeaderMap, &'a str)>,
}

impl<'a> TextReader<'a> {
    pub(super) fn new(format: &'a dyn BodyFormat, position: Position, text: &'a [u8]) -> Self {
        Self {
            format,
            position,
            text,
            prefixed: None,
        }
    }

    /// A reader of another text with the same settings.
    fn of<'b>(&self, text: &'b [u8]) -> TextReader<'b>
    where
        'a: 'b,
    {
        TextReader::new(self.format, self.position, text)
    }

    fn text(&self) -> Result<Cow<'a, str>, DecodeError> {
        if self.position == Position::Header {
            return Ok(header_text(self.text));
        }
        std::str::from_utf8(self.text)
            .map(Cow::Borrowed)
            .map_err(|_| DecodeError::new("the text is not UTF-8"))
    }
}

impl Reader for TextReader<'_> {
    fn other(&self, member: &'static Member) -> DecodeError {
        let kind = member.target().kind().described();
        DecodeError::new(format!("{kind} can't be in this part of the response"))
    }

    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        let [element] = member.target().members() else {
            return Err(self.other(member));
        };
        let is_http_date = element.target().kind() == Kind::Timestamp
            && self.position.timestamp_format(element) == TimestampFormat::HttpDate;
        for (index, text) in header::split(&self.text()?, is_http_date)?
            .iter()
            .enumerate()
        {
            let read = into.push().read(element, &mut self.of(text.as_bytes()));
            read.map_err(|error| error.within(&format!("[{index}]")))?;
        }
        Ok(())
    }

    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let ([_, member], Some((headers, prefix))) = (member.target().members(), self.prefixed)
        else {
            return Err(self.other(member));
        };
        for (name, value) in headers {
            let name = name.as_str();
            let Some((start, key)) = name.split_at_checked(prefix.len()) else {
                continue;
            };
            let is_meant = !prefix.is_empty() || !HTTP_ITSELF.contains(&name);
            if is_meant && start.eq_ignore_ascii_case(prefix) {
                let read = into.entry(key).read(member, &mut self.of(value.as_bytes()));
                read.map_err(|error| error.within(key))?;
            }
        }
        Ok(())
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        self.text().map(|text| self.format.is_true(&text))
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        let number = self.text()?.parse();
        number.map_err(|_| DecodeError::new("expected an integer of at most 64 bits"))
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        self.text()?
            .parse()
            .map_err(|_| DecodeError::new("expected a number"))
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text().map(Cow::into_owned)
    }

    fn string(&mut self, member: &'static Member) -> Result<String, DecodeError> {
        let text = self.text()?;
        if self.position == Position::Header && member.media_type().is_some() {
            let decoded = base64::decode(&*text)
                .ok()
                .and_then(|bytes| String::from_utf8(bytes).ok());
            return decoded.ok_or_else(|| DecodeError::new("expected text in Base64"));
        }
        Ok(text.into_owned())
    }

    fn blob(&mut self, _: &'static Member) -> Result<Vec<u8>, DecodeError> {
        match self.position {
            Position::Payload => Ok(self.text.to_vec()),
            Position::Uri | Position::Header => base64::decode(&*self.text()?)
                .map_err(|_| DecodeError::new("the text is not Base64")),
        }
    }

    fn timestamp(&mut self, member: &'static Member) -> Result<DateTime, DecodeError> {
        parse_timestamp(&self.text()?, self.position.timestamp_format(member))
    }

    fn untyped(&mut self, member: &'static Member) -> Result<Untyped, DecodeError> {
        Ok(match member.target().kind() {
            Kind::Boolean => Untyped::Boolean(self.boolean(member)?),
            Kind::Blob if self.position == Position::Payload => Untyped::Blob(self.text.to_vec()),
            Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum => {
                Untyped::Number(self.integer(member)?.to_string())
            }
            Kind::Float | Kind::Double => {
                self.double(member)?;
                Untyped::Number(self.number(member)?)
            }
            Kind::BigInteger | Kind::BigDecimal => Untyped::Number(self.number(member)?),
            _ => Untyped::String(self.string(member)?),
        })
    }
}
