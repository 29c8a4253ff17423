//! The shorthand syntax: `Key=value,Other=[a,b],Nested={x=y}`.
//!
//! [`parse`] doesn't know the schema; [`fit`] converts the result.

use crate::paramfile::{self, Loaded};
use swage_client::Any;
use swage_client::schema::{Kind, Member, Schema};

/// Parses a shorthand text.
pub(crate) fn parse(text: &str) -> Result<Any, ShorthandError> {
    ShorthandParser {
        text,
        input: text.chars().collect(),
        at: 0,
        from_file: false,
        lists: 0,
        maps: 0,
    }
    .parameter()
}

/// An error in a shorthand text.
pub(crate) enum ShorthandError {
    /// A syntax error, from which the parser can recover at the last comma.
    Syntax(String),
    /// A file that can't be read, or a value that is nested too deeply.
    File(String),
}

struct ShorthandParser<'a> {
    text: &'a str,
    input: Vec<char>,
    at: usize,
    /// Whether the value follows `@=`.
    from_file: bool,
    /// The number of open brackets and braces.
    lists: usize,
    maps: usize,
}

impl ShorthandParser<'_> {
    /// `keyval *("," keyval)`
    fn parameter(mut self) -> Result<Any, ShorthandError> {
        let mut entries = vec![self.key_value(false)?];
        let mut last = self.at;
        while self.at < self.input.len() {
            self.require(',')?;
            let (key, value) = self.key_value(false)?;
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(ShorthandError::Syntax(format!(
                    "Second instance of key \"{key}\" encountered for input:\n{}\nThis is often because there is a \
                     preceding \",\" instead of a space.",
                    self.location(last + 1)
                )));
            }
            entries.push((key, value));
            last = self.at;
        }
        Ok(Any::Map(entries))
    }

    /// `key "=" values`, or `key "@=" values` with values that may be read from files.
    fn key_value(&mut self, explicit: bool) -> Result<(String, Any), ShorthandError> {
        let start = self.at;
        let is_key = |c: &char| c.is_ascii_alphanumeric() || "-_.#/:".contains(*c);
        while self.current().as_ref().is_some_and(is_key) {
            self.at += 1;
        }
        let key = self
            .input
            .get(start..self.at)
            .unwrap_or_default()
            .iter()
            .collect();
        self.from_file = self.require('@').is_ok();
        self.require('=')?;
        let value = match self.current() {
            None if !explicit => Any::String(String::new()),
            Some('[' | '{') => self.nested()?,
            _ if explicit => self.first_value()?,
            _ => self.comma_separated()?,
        };
        Ok((key, value))
    }

    fn nested(&mut self) -> Result<Any, ShorthandError> {
        if self.lists + self.maps == 500 {
            return Err(ShorthandError::File(
                "The value is nested too deeply".to_owned(),
            ));
        }
        if self.current() == Some('[') {
            self.lists += 1;
            let value = self.list();
            self.lists -= 1;
            return value;
        }
        self.maps += 1;
        let value = self.map();
        self.maps -= 1;
        value
    }

    /// `value *("," value)`. Ends before the last comma if a key follows.
    fn comma_separated(&mut self) -> Result<Any, ShorthandError> {
        let first = self.first_value()?;
        self.blanks();
        if self.current() != Some(',') {
            return Ok(first);
        }
        self.require(',')?;
        let mut values = vec![first];
        loop {
            match self.next_in_list(&mut values) {
                Ok(true) => {}
                Ok(false) => break,
                Err(ShorthandError::Syntax(_)) if self.at < self.input.len() => {
                    while self.current() != Some(',') {
                        self.at -= 1;
                    }
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        if values.len() > 1 {
            return Ok(Any::List(values));
        }
        Ok(values.pop().unwrap_or(Any::Null))
    }

    /// Reads the next value of a list. Returns false after the last.
    fn next_in_list(&mut self, values: &mut Vec<Any>) -> Result<bool, ShorthandError> {
        let value = self.second_value()?;
        self.blanks();
        if self.current().is_none() {
            values.push(value);
            return Ok(false);
        }
        self.require(',')?;
        values.push(value);
        Ok(true)
    }

    fn list(&mut self) -> Result<Any, ShorthandError> {
        self.require('[')?;
        let mut values = Vec::new();
        while self.current() != Some(']') {
            let value = match self.current() {
                Some('[' | '{') => self.nested()?,
                _ => self.first_value()?,
            };
            values.push(value);
            self.separator(']')?;
        }
        self.at += 1;
        Ok(Any::List(values))
    }

    fn map(&mut self) -> Result<Any, ShorthandError> {
        self.require('{')?;
        let mut entries: Vec<(String, Any)> = Vec::new();
        while self.current() != Some('}') {
            let (key, value) = self.key_value(true)?;
            self.separator('}')?;
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some(entry) => entry.1 = value,
                None => entries.push((key, value)),
            }
        }
        self.at += 1;
        Ok(Any::Map(entries))
    }

    /// A comma, unless `close` is next.
    fn separator(&mut self, close: char) -> Result<(), ShorthandError> {
        self.blanks();
        if self.current() == Some(close) {
            Ok(())
        } else {
            self.require(',')
        }
    }

    /// A quoted value, or one up to a comma or the end of an open list or map. It may contain `=`, and may be empty.
    fn first_value(&mut self) -> Result<Any, ShorthandError> {
        let ends = match (self.lists, self.maps) {
            (0, 0) => "\"',",
            (_, 0) => "\"',]",
            (0, _) => "\"',}",
            (_, _) => "\"',]}",
        };
        match self.current() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote),
            _ if self.starts_word() => self.word(ends),
            _ => Ok(Any::String(String::new())),
        }
    }

    /// A value after the first one: it isn't empty, and ends before a `=`.
    fn second_value(&mut self) -> Result<Any, ShorthandError> {
        match self.current() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote),
            _ if self.starts_word() => self.word("\"',="),
            _ => Err(self.unexpected("<second>", "<none>")),
        }
    }

    fn starts_word(&self) -> bool {
        self.escaped_comma()
            || self
                .current()
                .is_some_and(|c| c > ' ' && !"\"',=[{".contains(c))
    }

    fn escaped_comma(&self) -> bool {
        self.current() == Some('\\') && self.input.get(self.at + 1) == Some(&',')
    }

    /// An unquoted value, up to one of the characters in `ends`.
    fn word(&mut self, ends: &str) -> Result<Any, ShorthandError> {
        let mut word = String::new();
        // A word may start with a bracket that would end it elsewhere.
        if !self.escaped_comma() {
            word.extend(self.current());
            self.at += 1;
        }
        while let Some(c) = self.current() {
            if self.escaped_comma() {
                word.push(',');
                self.at += 2;
            } else if !ends.contains(c) && (c > ' ' || c.is_whitespace()) {
                word.push(c);
                self.at += 1;
            } else {
                break;
            }
        }
        self.resolve(word.trim_end().to_owned())
    }

    /// A value in quotes. A backslash escapes a quote, unless it is the last quote of the text.
    fn quoted(&mut self, quote: char) -> Result<Any, ShorthandError> {
        let start = self.at + 1;
        let mut end = None;
        let mut at = start;
        while let Some(c) = self.input.get(at) {
            if *c == '\\' && self.input.get(at + 1) == Some(&quote) {
                end = Some(at + 1);
                at += 2;
            } else if *c == quote {
                end = Some(at);
                break;
            } else {
                at += 1;
            }
        }
        let Some(end) = end else {
            return Err(self.unexpected(
                if quote == '"' {
                    "<double quoted>"
                } else {
                    "<singled quoted>"
                },
                "<none>",
            ));
        };
        let inside: String = self
            .input
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .collect();
        self.at = end + 1;
        self.resolve(
            inside
                .replace(&format!("\\{quote}"), &quote.to_string())
                .replace("\\\\", "\\"),
        )
    }

    fn resolve(&self, value: String) -> Result<Any, ShorthandError> {
        match paramfile::load(&value).filter(|_| self.from_file) {
            None => Ok(Any::String(value)),
            Some(Ok(Loaded::Text(text))) => Ok(Any::String(text)),
            Some(Ok(Loaded::Bytes(bytes))) => Ok(Any::Blob(bytes)),
            Some(Err(what)) => Err(ShorthandError::File(what)),
        }
    }

    fn current(&self) -> Option<char> {
        self.input.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self
            .current()
            .is_some_and(|c| c.is_ascii_whitespace() || c == '\u{b}')
        {
            self.at += 1;
        }
    }

    /// Consumes `c` and whitespace around it.
    fn require(&mut self, c: char) -> Result<(), ShorthandError> {
        self.blanks();
        match self.current() {
            Some(actual) if actual == c => {
                self.at += 1;
                self.blanks();
                Ok(())
            }
            Some(actual) => Err(self.unexpected(&c.to_string(), &actual.to_string())),
            None => Err(self.unexpected(&c.to_string(), "EOF")),
        }
    }

    fn unexpected(&self, expected: &str, received: &str) -> ShorthandError {
        let place = self.location(self.at);
        ShorthandError::Syntax(format!(
            "Expected: '{expected}', received: '{received}' for input:\n{place}"
        ))
    }

    /// The input with a line below that of character `at`, with a caret under it.
    fn location(&self, at: usize) -> String {
        let before: String = self.input.iter().take(at).collect();
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count();
        let line_end = self
            .text
            .get(before.len()..)
            .and_then(|rest| rest.find('\n'))
            .map(|i| before.len() + i);
        let (shown, remaining) = self.text.split_at(line_end.unwrap_or(self.text.len()));
        format!("{shown}\n{}^{remaining}", " ".repeat(column))
    }
}

/// Converts the strings of a shorthand value to the types of the schema. Single values become lists where lists are
/// expected.
pub(crate) fn fit(value: Any, schema: &'static Schema) -> Result<Any, String> {
    match (schema.kind(), value) {
        (Kind::Structure | Kind::Union, Any::Map(entries)) => {
            let fitted = entries.into_iter().map(|(key, value)| {
                let member = schema.member(&key).map(|(_, member)| member);
                Ok((key.clone(), member_value(value, member, &key)?))
            });
            fitted.collect::<Result<_, String>>().map(Any::Map)
        }
        (Kind::Map, Any::Map(entries)) => {
            let member = schema.members().get(1);
            let fitted = entries
                .into_iter()
                .map(|(key, value)| Ok((key.clone(), member_value(value, member, &key)?)));
            fitted.collect::<Result<_, String>>().map(Any::Map)
        }
        (Kind::List, Any::List(values)) => {
            let member = schema.members().first();
            values
                .into_iter()
                .map(|value| member_value(value, member, ""))
                .collect::<Result<_, String>>()
                .map(Any::List)
        }
        (_, value) => Ok(value),
    }
}

fn member_value(value: Any, member: Option<&'static Member>, name: &str) -> Result<Any, String> {
    let Some(member) = member else {
        return Ok(value);
    };
    match (member.target().kind(), value) {
        (Kind::List, value) if !matches!(value, Any::List(_)) => Ok(Any::List(vec![value])),
        (Kind::Document, _) => Err(format!(
            "Shorthand syntax does not support document types. Use JSON input for top-level argument to specify \
             nested parameter: {name}"
        )),
        (kind, Any::String(text)) => super::scalar(kind, text),
        (_, value) => fit(value, member.target()),
    }
}
