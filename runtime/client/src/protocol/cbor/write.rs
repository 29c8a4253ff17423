//! Values to CBOR: lengths are definite, integers are as short as possible, and floats have the width of their type.

use super::number;
use super::read::EPOCH;
use crate::error::EncodeError;
use crate::protocol::format::{is_event_stream, shown};
use crate::schema::{Kind, Member};
use crate::shape::{Elements, Entries, Shape, Value, Writer};
use aws_smithy_types::{DateTime, Document, Number};
use minicbor::data::{IanaTag, Int, Tag};
use minicbor::encode::{Encoder, Error};
use std::convert::Infallible;

/// Appends CBOR to a buffer.
struct CborWriter<'a> {
    out: Encoder<&'a mut Vec<u8>>,
}

type Written = Result<(), EncodeError>;

/// Writes these fields and the members of an input.
pub(super) fn document(input: &dyn Shape, fields: &[(&str, &str)]) -> Result<Vec<u8>, EncodeError> {
    write(|writer| writer.members(fields, input, |member| !is_event_stream(member)))
}

/// Writes one value.
pub(super) fn value(member: &'static Member, value: &dyn Value) -> Result<Vec<u8>, EncodeError> {
    write(|writer| value.write(member, writer))
}

fn write(write: impl FnOnce(&mut CborWriter<'_>) -> Written) -> Result<Vec<u8>, EncodeError> {
    let mut body = Vec::with_capacity(256);
    write(&mut CborWriter {
        out: Encoder::new(&mut body),
    })?;
    Ok(body)
}

/// Writing to memory never fails.
fn put<T>(written: Result<T, Error<Infallible>>) -> Written {
    match written {
        Ok(_) => Ok(()),
        Err(error) => Err(EncodeError::new(error.to_string())),
    }
}

impl CborWriter<'_> {
    fn members(
        &mut self,
        fields: &[(&str, &str)],
        shape: &dyn Shape,
        choose: fn(&Member) -> bool,
    ) -> Written {
        let members = shape.schema().members().iter().enumerate();
        let set = members.filter_map(|(index, member)| {
            let value = shape.member(index).filter(|value| value.is_set())?;
            choose(member).then_some((member, value))
        });
        let unknown = shape.unknown();
        let length = fields.len() + set.clone().count() + usize::from(unknown.is_some());
        put(self.out.map(length as u64))?;
        for (name, text) in fields {
            put(self.out.str(name))?;
            put(self.out.str(text))?;
        }
        for (member, value) in set {
            put(self.out.str(member.name()))?;
            let written = value.write(member, self);
            written.map_err(|error| error.within(member.name()))?;
        }
        if let Some(unknown) = unknown {
            put(self.out.str(&unknown.name))?;
            self.any_document(&unknown.value)?;
        }
        Ok(())
    }

    fn any_document(&mut self, value: &Document) -> Written {
        match value {
            Document::Null => put(self.out.null()),
            Document::Bool(value) => put(self.out.bool(*value)),
            Document::String(value) => put(self.out.str(value)),
            Document::Number(Number::PosInt(value)) => put(self.out.u64(*value)),
            Document::Number(Number::NegInt(value)) => put(self.out.i64(*value)),
            Document::Number(Number::Float(value)) => put(self.out.f64(*value)),
            Document::Array(values) => {
                put(self.out.array(values.len() as u64))?;
                values.iter().try_for_each(|value| self.any_document(value))
            }
            Document::Object(entries) => {
                put(self.out.map(entries.len() as u64))?;
                entries.iter().try_for_each(|(key, value)| {
                    put(self.out.str(key))?;
                    self.any_document(value)
                })
            }
        }
    }

    /// Writes an integer of any size. Returns `false` if the text isn't one.
    fn whole(&mut self, digits: &str) -> Result<bool, EncodeError> {
        let small = digits.parse().ok();
        if let Some(small) = small.and_then(|small: i128| Int::try_from(small).ok()) {
            return put(self.out.int(small)).map(|()| true);
        }
        let Some((is_negative, bytes)) = number::big(digits) else {
            return Ok(false);
        };
        let tag = if is_negative {
            IanaTag::NegBignum
        } else {
            IanaTag::PosBignum
        };
        put(self.out.tag(tag))?;
        put(self.out.bytes(&bytes)).map(|()| true)
    }
}

impl Writer for CborWriter<'_> {
    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Written {
        self.members(&[], value, |_| true)
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Written {
        let [element] = member.target().members() else {
            return Err(EncodeError::new("expected a list"));
        };
        put(self.out.array(value.len() as u64))?;
        for index in 0..value.len() {
            match value.get(index) {
                Some(value) => {
                    let written = value.write(element, self);
                    written.map_err(|error| error.within(&format!("[{index}]")))?;
                }
                None => put(self.out.null())?,
            }
        }
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Written {
        let [key_member, value_member] = member.target().members() else {
            return Err(EncodeError::new("expected a map"));
        };
        put(self.out.map(value.len() as u64))?;
        value.each(&mut |key, value: Option<&dyn Value>| {
            put(self.out.str(key))?;
            match value {
                Some(value) => {
                    let written = value.write(value_member, self);
                    written.map_err(|error| error.within(&shown(key, key_member)))
                }
                None => put(self.out.null()),
            }
        })
    }

    fn boolean(&mut self, _: &'static Member, value: bool) -> Written {
        put(self.out.bool(value))
    }

    fn integer(&mut self, _: &'static Member, value: i64) -> Written {
        put(self.out.i64(value))
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Written {
        put(self.out.f32(value))
    }

    fn double(&mut self, member: &'static Member, value: f64) -> Written {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a float is what the model says"
        )]
        match member.target().kind() {
            Kind::Float => put(self.out.f32(value as f32)),
            _ => put(self.out.f64(value)),
        }
    }

    /// A bigDecimal is `[exponent, mantissa]`; other numbers are integers if possible.
    fn number(&mut self, member: &'static Member, value: &str) -> Written {
        let parts = number::decimal_parts(value);
        if let Some((mantissa, exponent)) =
            parts.filter(|_| member.target().kind() == Kind::BigDecimal)
        {
            put(self.out.tag(IanaTag::Decimal))?;
            put(self.out.array(2))?;
            put(self.out.i64(exponent))?;
            return self.whole(&mantissa).map(drop);
        }
        if self.whole(value)? {
            return Ok(());
        }
        match value.parse() {
            Ok(value) => put(self.out.f64(value)),
            Err(_) => Err(EncodeError::new("expected a number, found other text")),
        }
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Written {
        put(self.out.str(value))
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Written {
        put(self.out.bytes(value))
    }

    /// Rounded to milliseconds; `@timestampFormat` is ignored.
    #[expect(
        clippy::cast_precision_loss,
        reason = "doubles are what the protocol has"
    )]
    fn timestamp(&mut self, _: &'static Member, value: &DateTime) -> Written {
        let millis = value.to_millis();
        let millis = millis.map_err(|_| EncodeError::new("the timestamp is out of range"))?;
        put(self.out.tag(Tag::new(EPOCH)))?;
        put(self.out.f64(millis as f64 / 1000.0))
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Written {
        self.any_document(value)
    }
}
