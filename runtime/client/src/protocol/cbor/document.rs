//! Values without a schema: for documents, for members of unions that the model doesn't know, and for records.

use super::number;
use super::read::{ARRAY, BYTES, CborReader, MAP, NEGATIVE, TAG, TEXT, UNSIGNED};
use crate::error::DecodeError;
use crate::shape::Untyped;
use aws_smithy_types::Document;
use std::borrow::Cow;

/// Tags of numbers (RFC 8949, sections 3.4.3 and 3.4.4).
const POSITIVE_BIG: u64 = 2;
const NEGATIVE_BIG: u64 = 3;
const DECIMAL_FRACTION: u64 = 4;

impl CborReader<'_> {
    /// An item as received. Tags other than those of numbers are dropped.
    pub(super) fn item(&mut self) -> Result<Untyped, DecodeError> {
        if self.null()? {
            return Ok(Untyped::Null);
        }
        match self.major()? {
            UNSIGNED | NEGATIVE => Ok(Untyped::Number(self.whole()?.to_string())),
            BYTES => self.bytes("bytes").map(Cow::into_owned).map(Untyped::Blob),
            TEXT => self
                .text("a string")
                .map(Cow::into_owned)
                .map(Untyped::String),
            ARRAY => {
                let mut values = Vec::new();
                self.elements(|reader| {
                    values.push(reader.item()?);
                    Ok(())
                })?;
                Ok(Untyped::List(values))
            }
            MAP => {
                let mut entries = Vec::new();
                self.entries(|reader, key| {
                    entries.push((key.to_owned(), reader.item()?));
                    Ok(())
                })?;
                Ok(Untyped::map(entries))
            }
            TAG if self.is_number_tag() => self.any_number().map(Untyped::Number),
            TAG => {
                self.tag()?;
                self.nested(Self::item)
            }
            _ => self.simple(),
        }
    }

    fn simple(&mut self) -> Result<Untyped, DecodeError> {
        if let Some(float) = self.float()? {
            return Ok(Untyped::Number(number::from_float(float)));
        }
        match self.from.bool() {
            Ok(value) => Ok(Untyped::Boolean(value)),
            Err(_) => Err(self.mismatch("a value")),
        }
    }

    /// Converts the item to a document.
    pub(super) fn any_document(&mut self) -> Result<Document, DecodeError> {
        let place = self.from.position();
        let value = self.item()?.into_document();
        value.map_err(|error| DecodeError::new(format!("{error} at byte {place}")))
    }

    fn is_number_tag(&self) -> bool {
        // Peeks only.
        let tag = self.from.clone().tag();
        tag.is_ok_and(|tag| matches!(tag.as_u64(), POSITIVE_BIG | NEGATIVE_BIG | DECIMAL_FRACTION))
    }

    /// The decimal digits of a number in any of CBOR's forms.
    pub(super) fn any_number(&mut self) -> Result<String, DecodeError> {
        match self.major()? {
            UNSIGNED | NEGATIVE => Ok(self.whole()?.to_string()),
            TAG => match self.tag()? {
                POSITIVE_BIG => self.big_number(false),
                NEGATIVE_BIG => self.big_number(true),
                DECIMAL_FRACTION => self.decimal_fraction(),
                _ => Err(self.broken("expected a number, found another tag")),
            },
            _ => match self.float()? {
                Some(float) => Ok(number::from_float(float)),
                None => Err(self.mismatch("a number")),
            },
        }
    }

    fn big_number(&mut self, is_negative: bool) -> Result<String, DecodeError> {
        let bytes = self.bytes("the bytes of a number")?;
        number::digits_of_bytes(&bytes, is_negative)
            .ok_or_else(|| self.broken("the number has too many digits"))
    }

    /// `[exponent, mantissa]`, base 10.
    fn decimal_fraction(&mut self) -> Result<String, DecodeError> {
        let mut parts = Vec::new();
        self.elements(|reader| {
            if parts.len() == 2 {
                return Err(reader.broken("a decimal fraction has two parts"));
            }
            let is_exponent = parts.is_empty();
            parts.push(match reader.major()? {
                TAG if is_exponent => return Err(reader.mismatch("an exponent")),
                UNSIGNED | NEGATIVE | TAG => reader.any_number()?,
                _ => return Err(reader.mismatch("an integer")),
            });
            Ok(())
        })?;
        let [exponent, mantissa] = &parts[..] else {
            return Err(self.broken("a decimal fraction has two parts"));
        };
        number::decimal(mantissa, exponent)
            .ok_or_else(|| self.broken("the number is not a decimal fraction"))
    }
}
