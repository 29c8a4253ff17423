//! The encodings that all parts of a pack use. Nothing is trusted: every length and every place is checked.

use super::PackError;

type Result<T> = std::result::Result<T, PackError>;

/// Records by number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table {
    ends: &'static [[u8; 4]],
    records: &'static [u8],
}

impl Table {
    pub(super) fn new(bytes: &'static [u8]) -> Result<Self> {
        let invalid = PackError::Invalid("table");
        let (count, rest) = bytes.split_first_chunk().ok_or(invalid.clone())?;
        let length = fixed(*count).checked_mul(4).ok_or(invalid.clone())?;
        let (ends, records) = rest.split_at_checked(length).ok_or(invalid)?;
        let (ends, _) = ends.as_chunks();
        Ok(Self { ends, records })
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(super) fn get(&self, index: usize) -> Result<&'static [u8]> {
        let start = match index.checked_sub(1) {
            Some(before) => self.end(before)?,
            None => 0,
        };
        let record = self.records.get(start..self.end(index)?);
        record.ok_or(PackError::Invalid("record"))
    }

    fn end(&self, index: usize) -> Result<usize> {
        let end = self
            .ends
            .get(index)
            .ok_or(PackError::Invalid("number of a record"))?;
        Ok(fixed(*end))
    }

    pub(super) fn text(&self, index: usize) -> Result<&'static str> {
        std::str::from_utf8(self.get(index)?).map_err(|_| PackError::Invalid("text"))
    }

    /// Finds the record whose key is `wanted`, in a table that is sorted by keys.
    pub(super) fn find(
        &self,
        wanted: &str,
        key: impl Fn(usize) -> Result<&'static str>,
    ) -> Result<Option<usize>> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match key(middle)?.cmp(wanted) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Ok(Some(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(None)
    }
}

/// A number in four bytes.
pub(super) fn fixed(bytes: [u8; 4]) -> usize {
    u32::from_le_bytes(bytes) as usize
}

/// Reads a record.
#[derive(Clone, Copy, Debug)]
pub struct Decoder {
    rest: &'static [u8],
    texts: Table,
}

impl Decoder {
    pub(super) fn new(record: &'static [u8], texts: Table) -> Self {
        Self {
            rest: record,
            texts,
        }
    }

    /// Reads a byte.
    ///
    /// # Errors
    ///
    /// As those of all functions here, if the record isn't what the format says.
    pub fn byte(&mut self) -> Result<u8> {
        let (byte, rest) = self
            .rest
            .split_first()
            .ok_or(PackError::Invalid("record"))?;
        self.rest = rest;
        Ok(*byte)
    }

    /// Reads a boolean.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn bool(&mut self) -> Result<bool> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(PackError::Invalid("boolean")),
        }
    }

    /// Reads a number.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn number(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(PackError::Invalid("number"))
    }

    /// Reads a number of a narrower type.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn narrow<N: TryFrom<u64>>(&mut self) -> Result<N> {
        N::try_from(self.number()?).map_err(|_| PackError::Invalid("number"))
    }

    pub(super) fn signed(&mut self) -> Result<i64> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    pub(super) fn float(&mut self) -> Result<f64> {
        let (bytes, rest) = self
            .rest
            .split_first_chunk()
            .ok_or(PackError::Invalid("number"))?;
        self.rest = rest;
        Ok(f64::from_bits(u64::from_le_bytes(*bytes)))
    }

    /// Reads what may be absent.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        if self.bool()? {
            read(self).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Reads a text.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn text(&mut self) -> Result<&'static str> {
        let index = self.narrow()?;
        self.texts.text(index)
    }

    /// Reads a shape id.
    pub(super) fn id(&mut self) -> Result<&'static str> {
        let (namespace, name) = self.pair()?;
        if namespace.is_empty() {
            return Ok(name);
        }
        Ok(Box::leak(format!("{namespace}#{name}").into_boxed_str()))
    }

    /// Reads a list of texts.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn texts(&mut self) -> Result<&'static [&'static str]> {
        self.list(Self::text)
    }

    /// Reads two texts.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn pair(&mut self) -> Result<(&'static str, &'static str)> {
        Ok((self.text()?, self.text()?))
    }

    /// Reads a list.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn list<T>(&mut self, read: impl FnMut(&mut Self) -> Result<T>) -> Result<&'static [T]> {
        let items = self.items(read)?;
        if items.is_empty() {
            Ok(&[])
        } else {
            Ok(Box::leak(items.into_boxed_slice()))
        }
    }

    /// Reads a list that isn't kept.
    #[expect(clippy::missing_errors_doc, reason = "see byte()")]
    pub fn items<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let count: usize = self.narrow()?;
        // Every item takes a byte or more.
        if count > self.rest.len() {
            return Err(PackError::Invalid("length of a list"));
        }
        (0..count).map(|_| read(self)).collect()
    }
}
