//! Values from CBOR.
//!
//! Declared lengths allocate nothing: a container grows as its elements are read. Errors have the byte offset and never show
//! a value, which may be secret.

use super::number;
use crate::error::DecodeError;
use crate::protocol::format::{is_event_stream, shown};
use crate::protocol::untyped::of_kind;
use crate::schema::{Kind, Member};
use crate::shape::{ElementsMut, EntriesMut, Reader, Shape, UnknownMember, Untyped, Value};
use aws_smithy_types::{DateTime, Document};
use minicbor::decode::{Decoder, Error};
use std::borrow::Cow;

/// The maximum nesting depth of arrays, maps and tags, including skipped ones.
const DEPTH: usize = 128;

/// Major types (RFC 8949, section 3.1), and the values of major type 7 that are used.
pub(super) const UNSIGNED: u8 = 0;
pub(super) const NEGATIVE: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const ARRAY: u8 = 4;
pub(super) const MAP: u8 = 5;
pub(super) const TAG: u8 = 6;
const FALSE: u8 = 0xF4;
const TRUE: u8 = 0xF5;
const NULL: u8 = 0xF6;
const UNDEFINED: u8 = 0xF7;
const SIMPLE: u8 = 0xF8;
const HALF: u8 = 0xF9;
const SINGLE: u8 = 0xFA;
const DOUBLE: u8 = 0xFB;
const BREAK: u8 = 0xFF;

/// Seconds since 1970 (RFC 8949, section 3.4.2).
pub(super) const EPOCH: u64 = 1;

/// Reads the members of an operation's output or error.
pub(super) fn document(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    whole(body, |reader| {
        reader.members(into, |member| !is_event_stream(member))
    })
}

/// Reads one value.
pub(super) fn value(
    body: &[u8],
    member: &'static Member,
    into: &mut dyn Value,
) -> Result<(), DecodeError> {
    whole(body, |reader| {
        if reader.null()? {
            return Ok(());
        }
        into.read(member, reader)
    })
}

fn whole<'b>(
    body: &'b [u8],
    read: impl FnOnce(&mut CborReader<'b>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let mut reader = CborReader {
        from: Decoder::new(body),
        depth: DEPTH,
    };
    read(&mut reader)?;
    if reader.from.position() == body.len() {
        Ok(())
    } else {
        Err(reader.broken("the document ends before the body does"))
    }
}

/// Reads the items of a document one after the other.
pub(super) struct CborReader<'b> {
    pub(super) from: Decoder<'b>,
    /// The number of levels that may still follow.
    depth: usize,
}

impl<'b> CborReader<'b> {
    /// An error at the current position.
    pub(super) fn broken(&self, what: &str) -> DecodeError {
        DecodeError::new(format!("{what} at byte {}", self.from.position()))
    }

    /// Converts the decoder's error, without the values that it may show.
    pub(super) fn failed(&self, error: &Error) -> DecodeError {
        self.broken(if error.is_end_of_input() {
            "the document is cut off"
        } else if error.is_type_mismatch() {
            "the document is not CBOR"
        } else {
            "the text is not UTF-8"
        })
    }

    /// The initial byte of the next item, which has its type.
    pub(super) fn peek(&self) -> Result<u8, DecodeError> {
        let next = self.from.input().get(self.from.position());
        next.copied()
            .ok_or_else(|| self.broken("the document is cut off"))
    }

    /// The major type of the next item.
    pub(super) fn major(&self) -> Result<u8, DecodeError> {
        self.peek().map(|byte| byte >> 5)
    }

    fn advance(&mut self, bytes: usize) -> Result<&'b [u8], DecodeError> {
        let start = self.from.position();
        let end = start.saturating_add(bytes);
        let Some(taken) = self.from.input().get(start..end) else {
            return Err(self.broken("the document is cut off"));
        };
        self.from.set_position(end);
        Ok(taken)
    }

    /// An error with the expected and the actual kind of item, but without the value.
    pub(super) fn mismatch(&self, expected: &str) -> DecodeError {
        let found = match self.peek() {
            Err(error) => return error,
            Ok(FALSE | TRUE) => "a boolean",
            Ok(NULL | UNDEFINED) => "null",
            Ok(HALF | SINGLE | DOUBLE) => "a float",
            Ok(byte) => match byte >> 5 {
                UNSIGNED | NEGATIVE => "an integer",
                BYTES => "bytes",
                TEXT => "a string",
                ARRAY => "an array",
                MAP => "a map",
                TAG => "a tag",
                _ => "something that CBOR doesn't have here",
            },
        };
        self.broken(&format!("expected {expected}, found {found}"))
    }

    fn require(&self, major: u8, expected: &str) -> Result<(), DecodeError> {
        if self.major()? == major {
            Ok(())
        } else {
            Err(self.mismatch(expected))
        }
    }

    /// Consumes a `null` or `undefined` if that is the next item.
    pub(super) fn null(&mut self) -> Result<bool, DecodeError> {
        let is_null = matches!(self.peek()?, NULL | UNDEFINED);
        if is_null {
            self.advance(1)?;
        }
        Ok(is_null)
    }

    /// Reads one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(self.broken("the document nests too deeply"));
        };
        let before = std::mem::replace(&mut self.depth, depth);
        let result = read(self);
        self.depth = before;
        result
    }

    /// Whether a container has another item: `left` is the remaining number, or `None` if a break ends it.
    fn more(&mut self, left: &mut Option<u64>) -> Result<bool, DecodeError> {
        match left {
            Some(0) => Ok(false),
            Some(left) => {
                *left -= 1;
                Ok(true)
            }
            None if self.peek()? == BREAK => self.advance(1).map(|_| false),
            None => Ok(true),
        }
    }

    /// Calls `each` before every element of an array.
    pub(super) fn elements(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.require(ARRAY, "an array")?;
        let mut left = self.from.array().map_err(|error| self.failed(&error))?;
        self.nested(|reader| {
            let mut index = 0_usize;
            while reader.more(&mut left)? {
                each(reader).map_err(|error| error.within(&format!("[{index}]")))?;
                index += 1;
            }
            Ok(())
        })
    }

    /// Calls `each` with the key of every entry of a map, before its value.
    pub(super) fn entries(
        &mut self,
        mut each: impl FnMut(&mut Self, &str) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.require(MAP, "a map")?;
        let mut left = self.from.map().map_err(|error| self.failed(&error))?;
        self.nested(|reader| {
            while reader.more(&mut left)? {
                let key = reader.text("a string as key")?;
                each(reader, &key)?;
            }
            Ok(())
        })
    }

    /// A string, borrowed if it is in one chunk.
    pub(super) fn text(&mut self, expected: &str) -> Result<Cow<'b, str>, DecodeError> {
        self.require(TEXT, expected)?;
        let mut text = Cow::Borrowed("");
        let start = self.from.clone();
        let pieces = self.from.str_iter();
        let read = pieces.and_then(|mut pieces| {
            pieces.try_for_each(|piece| {
                text += piece?;
                Ok(())
            })
        });
        read.map_err(|error| {
            self.from = start;
            self.failed(&error)
        })?;
        Ok(text)
    }

    /// Bytes, borrowed if they are in one chunk.
    pub(super) fn bytes(&mut self, expected: &str) -> Result<Cow<'b, [u8]>, DecodeError> {
        self.require(BYTES, expected)?;
        let mut bytes = Cow::Borrowed(&b""[..]);
        let start = self.from.clone();
        let pieces = self.from.bytes_iter();
        let read = pieces.and_then(|mut pieces| {
            pieces.try_for_each(|piece| {
                let piece = piece?;
                if bytes.is_empty() {
                    bytes = Cow::Borrowed(piece);
                } else {
                    bytes.to_mut().extend_from_slice(piece);
                }
                Ok(())
            })
        });
        read.map_err(|error| {
            self.from = start;
            self.failed(&error)
        })?;
        Ok(bytes)
    }

    /// The number of a tag; the tagged item follows.
    pub(super) fn tag(&mut self) -> Result<u64, DecodeError> {
        let tag = self.from.tag().map_err(|error| self.failed(&error))?;
        Ok(tag.as_u64())
    }

    /// An integer of major type 0 or 1, which needs 65 bits.
    pub(super) fn whole(&mut self) -> Result<i128, DecodeError> {
        let whole = self.from.int().map_err(|error| self.failed(&error))?;
        Ok(whole.into())
    }

    /// A float of any width; `None` if the next item isn't one.
    pub(super) fn float(&mut self) -> Result<Option<f64>, DecodeError> {
        let float = match self.peek()? {
            HALF => {
                let [_, high, low] = *self.advance(3)? else {
                    return Ok(None);
                };
                Ok(number::half(u16::from_be_bytes([high, low])))
            }
            SINGLE => self.from.f32().map(f64::from),
            DOUBLE => self.from.f64(),
            _ => return Ok(None),
        };
        float.map(Some).map_err(|error| self.failed(&error))
    }

    /// Skips an item of any kind.
    fn skip(&mut self) -> Result<(), DecodeError> {
        match self.major()? {
            UNSIGNED | NEGATIVE => self.whole().map(drop),
            BYTES => self.bytes("bytes").map(drop),
            TEXT => self.text("a string").map(drop),
            ARRAY => self.elements(Self::skip),
            MAP => {
                let mut left = self.from.map().map_err(|error| self.failed(&error))?;
                self.nested(|reader| {
                    while reader.more(&mut left)? {
                        reader.skip()?;
                        reader.skip()?;
                    }
                    Ok(())
                })
            }
            TAG => {
                self.tag()?;
                self.nested(Self::skip)
            }
            _ => self.skip_simple(),
        }
    }

    fn skip_simple(&mut self) -> Result<(), DecodeError> {
        let length = match self.peek()? {
            SIMPLE => 2,
            HALF => 3,
            SINGLE => 5,
            DOUBLE => 9,
            byte if byte < SIMPLE => 1,
            _ => return Err(self.mismatch("a value")),
        };
        self.advance(length).map(drop)
    }

    /// Reads the selected members of a structure or a union.
    fn members(
        &mut self,
        into: &mut dyn Shape,
        choose: fn(&Member) -> bool,
    ) -> Result<(), DecodeError> {
        let is_union = into.schema().kind() == Kind::Union;
        let mut found = 0_usize;
        self.entries(|reader, key| {
            found += usize::from(reader.member(key, into, choose)?);
            Ok(())
        })?;
        if is_union && found != 1 {
            let what = format!("expected one member of the union, found {found}");
            return Err(self.broken(&what));
        }
        Ok(())
    }

    /// Reads the value of a key. Returns `false` if it is null or has no member.
    fn member(
        &mut self,
        key: &str,
        into: &mut dyn Shape,
        choose: fn(&Member) -> bool,
    ) -> Result<bool, DecodeError> {
        let schema = into.schema();
        let member = schema.member(key).filter(|(_, member)| choose(member));
        if let Some((index, member)) = member {
            if self.null()? {
                return Ok(false);
            }
            let Some(place) = into.member_mut(index) else {
                return self.skip().map(|()| false);
            };
            let read = place.read(member, self);
            return read
                .map(|()| true)
                .map_err(|error| error.within(member.name()));
        }
        if schema.kind() == Kind::Union && key != "__type" {
            if self.null()? {
                return Ok(false);
            }
            let value = self.any_document()?;
            into.set_unknown(UnknownMember {
                name: key.to_owned(),
                value,
            });
            return Ok(true);
        }
        self.skip().map(|()| false)
    }
}

impl Reader for CborReader<'_> {
    fn structure(&mut self, _: &'static Member, into: &mut dyn Shape) -> Result<(), DecodeError> {
        self.members(into, |_| true)
    }

    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        let [element] = member.target().members() else {
            return Err(DecodeError::new("expected a list"));
        };
        self.elements(|reader| {
            if reader.null()? {
                into.push_null();
                return Ok(());
            }
            into.push().read(element, reader)
        })
    }

    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let [key_member, value] = member.target().members() else {
            return Err(DecodeError::new("expected a map"));
        };
        self.entries(|reader, key| {
            if reader.null()? {
                into.entry_null(key);
                return Ok(());
            }
            let read = into.entry(key).read(value, reader);
            read.map_err(|error| error.within(&shown(key, key_member)))
        })
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        let value = match self.peek()? {
            FALSE => false,
            TRUE => true,
            _ => return Err(self.mismatch("a boolean")),
        };
        self.advance(1).map(|_| value)
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        let whole = match self.major()? {
            UNSIGNED | NEGATIVE => i64::try_from(self.whole()?).ok(),
            _ => match self.float()? {
                Some(float) => number::whole(float),
                None => return Err(self.mismatch("an integer")),
            },
        };
        whole.ok_or_else(|| {
            self.broken("expected an integer of at most 64 bits, found another number")
        })
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a double is what the model says"
    )]
    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        match self.major()? {
            UNSIGNED | NEGATIVE => self.whole().map(|whole| whole as f64),
            _ => self.float()?.ok_or_else(|| self.mismatch("a number")),
        }
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.any_number()
    }

    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text("a string").map(Cow::into_owned)
    }

    fn blob(&mut self, _: &'static Member) -> Result<Vec<u8>, DecodeError> {
        self.bytes("bytes").map(Cow::into_owned)
    }

    /// Rounded to milliseconds, because a double isn't exact.
    fn timestamp(&mut self, _: &'static Member) -> Result<DateTime, DecodeError> {
        self.require(TAG, "a timestamp")?;
        if self.tag()? != EPOCH {
            return Err(self.broken("expected a timestamp, found another tag"));
        }
        let time = match self.major()? {
            UNSIGNED | NEGATIVE => i64::try_from(self.whole()?).ok().map(DateTime::from_secs),
            _ => match self.float()? {
                Some(seconds) => number::millis(seconds).map(DateTime::from_millis),
                None => return Err(self.mismatch("seconds since 1970")),
            },
        };
        time.ok_or_else(|| self.broken("the timestamp is out of range"))
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, DecodeError> {
        self.any_document()
    }

    fn untyped(&mut self, member: &'static Member) -> Result<Untyped, DecodeError> {
        of_kind(member.target().kind(), self.item()?)
    }
}
