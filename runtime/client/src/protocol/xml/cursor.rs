//! A position in a document that moves from element to element, on top of quick-xml.
//!
//! Document type declarations are refused, so there are no entities but XML's own five. Nothing here recurses, so skipped
//! elements may nest to any depth.

use crate::error::DecodeError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};
use std::borrow::Cow;

/// The maximum nesting depth of elements that are read, the same as for JSON.
const DEPTH: usize = 128;

const TOO_EARLY: &str = "the document ends too early";

/// A position in a document.
pub(super) struct Cursor<'a> {
    /// The whole document.
    text: &'a str,
    /// The offset at which the events start.
    base: usize,
    events: Reader<&'a [u8]>,
    /// The number of open elements.
    depth: usize,
    /// Where the element that was entered last starts.
    entered: usize,
}

impl<'a> Cursor<'a> {
    /// At the start of a document.
    pub(super) fn new(document: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(document).map_err(|error| {
            let what = DecodeError::new("the document is not UTF-8");
            let good = document.get(..error.valid_up_to()).unwrap_or_default();
            at(&what, &String::from_utf8_lossy(good))
        })?;
        let base = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Ok(Self::starting(text, base, 0))
    }

    fn starting(text: &'a str, base: usize, depth: usize) -> Self {
        let mut events = Reader::from_str(text.get(base..).unwrap_or_default());
        events.config_mut().expand_empty_elements = true;
        Self {
            text,
            base,
            events,
            depth,
            entered: base,
        }
    }

    /// A second cursor before an element that this one has passed, inside the element that this one left last.
    pub(super) fn back(&self, offset: usize) -> Self {
        Self::starting(self.text, offset, self.depth + 1)
    }

    /// Where the element that was entered last starts: for [`Cursor::back`].
    pub(super) fn entered(&self) -> usize {
        self.entered
    }

    fn offset(&self) -> usize {
        let read = usize::try_from(self.events.buffer_position()).unwrap_or(usize::MAX);
        self.base.saturating_add(read)
    }

    /// An error at the current position.
    pub(super) fn error(&self, what: &str) -> DecodeError {
        let before = self.text.get(..self.offset()).unwrap_or(self.text);
        at(&DecodeError::new(what), before)
    }

    /// Adds the current position to an error of a value, which doesn't know its own.
    pub(super) fn located(&self, error: DecodeError) -> DecodeError {
        let text = error.to_string();
        if text.contains(" at line ") {
            return error;
        }
        self.error(&text)
    }

    /// Enters the outermost element.
    pub(super) fn root(&mut self) -> Result<BytesStart<'a>, DecodeError> {
        loop {
            let offset = self.offset();
            match self.event()? {
                Event::Start(start) => return self.enter(start, offset),
                Event::Text(text) if is_blank(&text) => {}
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => return Err(self.error(TOO_EARLY)),
                _ => return Err(self.error("expected an element, found text")),
            }
        }
    }

    /// Enters the next child of the open element. At its end, leaves the open element and returns `None`.
    pub(super) fn child(&mut self) -> Result<Option<BytesStart<'a>>, DecodeError> {
        loop {
            let offset = self.offset();
            match self.event()? {
                Event::Start(start) => return self.enter(start, offset).map(Some),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(None);
                }
                Event::Eof => return Err(self.error(TOO_EARLY)),
                Event::Text(text) if !is_blank(&text) => {
                    return Err(self.error("expected elements, found text"));
                }
                _ => {}
            }
        }
    }

    /// Leaves the open element and returns its text.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.event()? {
                Event::Text(part) => append(&mut text, part.xml10_content()),
                Event::CData(part) => append(&mut text, part.xml10_content()),
                Event::GeneralRef(reference) => text.to_mut().push_str(&self.resolve(&reference)?),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(text);
                }
                Event::Eof => return Err(self.error(TOO_EARLY)),
                Event::Start(_) => return Err(self.error("expected text, found an element")),
                _ => {}
            }
        }
    }

    /// Skips the rest of the open element and leaves it.
    pub(super) fn skip(&mut self) -> Result<(), DecodeError> {
        let mut open = 1_usize;
        while open > 0 {
            match self.event()? {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::Eof => return Err(self.error(TOO_EARLY)),
                _ => {}
            }
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(())
    }

    /// Checks that nothing follows the outermost element.
    pub(super) fn finish(&mut self) -> Result<(), DecodeError> {
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                Event::Text(text) if is_blank(&text) => {}
                Event::Comment(_) | Event::PI(_) => {}
                _ => return Err(self.error("the document goes on after its end")),
            }
        }
    }

    /// The value of an attribute of the element that was just entered. Namespace prefixes are ignored.
    pub(super) fn attribute(
        &self,
        element: &BytesStart<'_>,
        name: &str,
    ) -> Result<Option<String>, DecodeError> {
        let mut found = None;
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| self.error("an attribute is malformed"))?;
            let key = attribute.key.as_ref();
            let declares = key == "xmlns" || key.starts_with("xmlns:");
            if declares || local(key) != local(name) {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value =
                value.map_err(|_| self.error("an attribute has an unknown or broken reference"))?;
            if key == name {
                return Ok(Some(value.into_owned()));
            }
            found.get_or_insert_with(|| value.into_owned());
        }
        Ok(found)
    }

    fn enter(
        &mut self,
        start: BytesStart<'a>,
        offset: usize,
    ) -> Result<BytesStart<'a>, DecodeError> {
        self.entered = offset;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error("recursion limit exceeded"));
        }
        Ok(start)
    }

    fn event(&mut self) -> Result<Event<'a>, DecodeError> {
        match self.events.read_event() {
            Ok(Event::DocType(_)) => Err(self.error("a document type declaration is not accepted")),
            Ok(event) => Ok(event),
            Err(error) => Err(self.error(describe(&error))),
        }
    }

    fn resolve(&self, reference: &BytesRef<'a>) -> Result<String, DecodeError> {
        let char = reference
            .resolve_char_ref()
            .map_err(|_| self.error("a character reference is malformed"))?;
        if let Some(char) = char {
            return Ok(char.to_string());
        }
        let entity = quick_xml::escape::resolve_predefined_entity(reference);
        let entity = entity.ok_or_else(|| self.error("an entity is unknown"))?;
        Ok(entity.to_owned())
    }
}

/// The name without its namespace prefix.
pub(super) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// The name of an element, without its namespace prefix.
pub(super) fn local_name<'a>(element: &'a BytesStart<'_>) -> &'a str {
    local(element.name().0)
}

fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

fn append<'a>(text: &mut Cow<'a, str>, part: Cow<'a, str>) {
    if text.is_empty() {
        *text = part;
    } else {
        text.to_mut().push_str(&part);
    }
}

/// The error for an invalid document, which quotes nothing from it.
fn describe(error: &Error) -> &'static str {
    match error {
        Error::Syntax(_) => TOO_EARLY,
        Error::IllFormed(_) => "a tag, a declaration or a reference has no counterpart",
        _ => "this is not XML",
    }
}

/// Adds the line and column at the end of `before` to an error.
fn at(error: &DecodeError, before: &str) -> DecodeError {
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count();
    DecodeError::new(format!("{error} at line {line} column {column}"))
}
