//! `--output yaml` and `yaml-stream`: block style with sorted keys and lines of 80 columns, which is how version 2 of the AWS
//! CLI writes YAML 1.2.

mod plain;

use super::json;
use std::io::{self, Write};
use swage_client::jmespath::{Entry, Value, json_number};

/// The column behind which a blank becomes a line end.
const WIDTH: usize = 80;
/// The indentation of a level.
const INDENT: usize = 2;
/// The longest key in front of a colon, in bytes. Longer ones are marked by `?`.
const LONGEST_KEY: usize = 128;

/// Writes the value and a line end; nothing for an empty object. A value that isn't a list or an object is written as JSON.
pub(super) fn write(to: &mut dyn Write, value: &Value) -> io::Result<()> {
    if value.is_scalar() {
        return json::write(to, value);
    }
    if matches!(value, Value::Map(entries) if entries.is_empty()) {
        return Ok(());
    }
    let mut writer = YamlWriter::default();
    writer.node(value, 0, Place::Line);
    writer.end_line();
    to.write_all(writer.text.as_bytes())
}

/// Writes the value as a list of one element; nothing for an empty object.
pub(super) fn write_element(to: &mut dyn Write, value: Value) -> io::Result<()> {
    if matches!(&value, Value::Map(entries) if entries.is_empty()) {
        return Ok(());
    }
    write(to, &Value::List([value].into()))
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// At the start of a line.
    Line,
    /// Behind `- ` or `? `.
    Marker,
    /// Behind a key.
    Key,
}

#[derive(Default)]
struct YamlWriter {
    text: String,
    column: usize,
}

impl YamlWriter {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
    }

    fn end_line(&mut self) {
        if self.column > 0 {
            self.text.push('\n');
            self.column = 0;
        }
    }

    /// Starts a line with that indentation.
    fn line(&mut self, indent: usize) {
        self.end_line();
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    fn node(&mut self, value: &Value, indent: usize, place: Place) {
        match value {
            Value::List(values) if values.is_empty() => self.flow("[]", place),
            Value::Map(entries) if entries.is_empty() => self.flow("{}", place),
            Value::List(values) => self.list(values, indent, place),
            Value::Map(entries) => self.map(entries, indent, place),
            Value::String(text) => {
                self.blank(place);
                let below = if place == Place::Key { INDENT } else { 0 };
                self.string(text, indent + below, true);
            }
            Value::Null => self.flow("null", place),
            Value::Boolean(true) => self.flow("true", place),
            Value::Boolean(false) => self.flow("false", place),
            Value::Number(number) => self.flow(&json_number(number), place),
        }
    }

    /// The blank behind a key's colon.
    fn blank(&mut self, place: Place) {
        if place == Place::Key {
            self.put(" ");
        }
    }

    fn flow(&mut self, text: &str, place: Place) {
        self.blank(place);
        self.put(text);
    }

    /// Elements of a list in a map are not indented.
    fn list(&mut self, values: &[Value], indent: usize, place: Place) {
        for (index, value) in values.iter().enumerate() {
            if index > 0 || place != Place::Marker {
                self.line(indent);
            }
            self.put("- ");
            self.node(value, indent + INDENT, Place::Marker);
        }
    }

    fn map(&mut self, entries: &[Entry], indent: usize, place: Place) {
        // In a map or list, `indent` is where the keys of this one are; a map below a key is one level deeper.
        let indent = match place {
            Place::Key => indent + INDENT,
            Place::Line | Place::Marker => indent,
        };
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (index, (key, value)) in sorted.into_iter().enumerate() {
            if index > 0 || place != Place::Marker {
                self.line(indent);
            }
            if key.len() > LONGEST_KEY || plain::has_line_ends(key) {
                self.put("? ");
                self.string(key, indent + INDENT, true);
                self.line(indent);
                self.put(": ");
                self.node(value, indent + INDENT, Place::Marker);
            } else {
                self.string(key, indent, false);
                self.put(":");
                self.node(value, indent, Place::Key);
            }
        }
    }

    /// A string in the first of these forms that can hold it: plain, in single quotes, in double quotes. With `breaks`, its
    /// lines end at blanks.
    fn string(&mut self, text: &str, indent: usize, breaks: bool) {
        let form = plain::Form::of(text);
        if (breaks || !text.is_empty()) && form.is_plain {
            self.words(text, indent, breaks, "");
        } else if form.fits_single_quotes && (breaks || !plain::has_line_ends(text)) {
            self.words(text, indent, breaks, "'");
        } else {
            self.escaped(text, indent, breaks);
        }
    }

    /// A string without escapes.
    fn words(&mut self, text: &str, indent: usize, breaks: bool, quote: &str) {
        self.put(quote);
        let (mut after_blank, mut after_break) = (false, false);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            if c == ' ' {
                let is_inside = quote.is_empty() || (at > 0 && next.is_some());
                if breaks && !after_blank && self.column > WIDTH && is_inside && next != Some(' ') {
                    self.line(indent);
                } else {
                    self.put(" ");
                }
                after_blank = true;
            } else if plain::is_line_end(c) {
                // One line end alone would be a blank.
                if !after_break && c == '\n' {
                    self.text.push('\n');
                }
                self.text.push(c);
                self.column = 0;
                after_break = true;
            } else {
                if after_break {
                    self.line(indent);
                }
                self.put(c.encode_utf8(&mut [0; 4]));
                if c == '\'' && quote == "'" {
                    self.put("'");
                }
                (after_blank, after_break) = (false, false);
            }
        }
        if after_break {
            self.line(indent);
        }
        self.put(quote);
    }

    /// A string in double quotes.
    fn escaped(&mut self, text: &str, indent: usize, breaks: bool) {
        self.put("\"");
        let mut after_blank = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            if c == ' ' {
                let is_inside = at > 0 && next.is_some();
                if breaks && !after_blank && self.column > WIDTH && is_inside {
                    self.line(indent);
                    if next == Some(' ') {
                        self.put("\\");
                    }
                } else {
                    self.put(" ");
                }
                after_blank = true;
            } else {
                match plain::escape(c) {
                    Some(escape) => self.put(&escape),
                    None => self.put(c.encode_utf8(&mut [0; 4])),
                }
                after_blank = false;
            }
        }
        self.put("\"");
    }
}
