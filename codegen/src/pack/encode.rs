//! The encodings that all parts of a pack use: numbers, texts, lists, tables.

use std::collections::HashMap;

/// The texts of a section, each of them once.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: Vec<Vec<u8>>,
    places: HashMap<String, usize>,
}

impl Texts {
    fn place(&mut self, text: &str) -> usize {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.all.len();
        self.all.push(text.as_bytes().to_vec());
        self.places.insert(text.to_owned(), place);
        place
    }

    /// The table of texts.
    pub(super) fn table(&self) -> Vec<u8> {
        table(&self.all)
    }
}

/// Writes a record.
pub(super) struct Encoder<'t> {
    bytes: Vec<u8>,
    texts: &'t mut Texts,
}

impl<'t> Encoder<'t> {
    pub(super) fn new(texts: &'t mut Texts) -> Self {
        Self {
            bytes: Vec::new(),
            texts,
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn bool(&mut self, value: bool) {
        self.byte(u8::from(value));
    }

    /// Seven bits a byte, the lowest ones first; all bytes but the last have the highest bit set.
    pub(super) fn number(&mut self, mut number: u64) {
        loop {
            let low = (number & 0x7f) as u8;
            number >>= 7;
            if number == 0 {
                return self.byte(low);
            }
            self.byte(low | 0x80);
        }
    }

    pub(super) fn size(&mut self, size: usize) {
        self.number(size as u64);
    }

    /// Zero for `None`, else the number and one.
    pub(super) fn optional(&mut self, number: Option<u64>) {
        self.bool(number.is_some());
        if let Some(number) = number {
            self.number(number);
        }
    }

    pub(super) fn float(&mut self, value: f64) {
        self.bytes.extend(value.to_bits().to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        let place = self.texts.place(text);
        self.size(place);
    }

    /// A shape id: its namespace, and its name, which often is the text of a member or an operation, too.
    pub(super) fn id(&mut self, id: &str) {
        let (namespace, name) = id.split_once('#').unwrap_or(("", id));
        self.text(namespace);
        self.text(name);
    }

    pub(super) fn texts(&mut self, texts: &[String]) {
        self.list(texts, |to, text| to.text(text));
    }

    pub(super) fn pair(&mut self, (one, other): &(String, String)) {
        self.text(one);
        self.text(other);
    }

    /// The number of items, then the items.
    pub(super) fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.size(items.len());
        for item in items {
            each(self, item);
        }
    }
}

/// The number of records, where each of them ends, and the records, without gaps. A pack is smaller than 4 GiB, which
/// [`super::file`] checks.
pub(super) fn table(records: &[Vec<u8>]) -> Vec<u8> {
    let mut out = fixed(records.len()).to_vec();
    let mut end = 0;
    for record in records {
        end += record.len();
        out.extend(fixed(end));
    }
    out.extend(records.concat());
    out
}

/// Four bytes, the lowest first.
pub(super) fn fixed(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}
