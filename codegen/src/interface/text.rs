//! The interface as text, which generated crates keep: one line an item, below the item that it belongs to.

use super::{Fact, Interface, Item, Kind};
use std::borrow::Cow;

/// The first line; the number grows when older files can't be compared with new ones.
pub(crate) const FIRST_LINE: &str = "swage-interface 1";

/// A service has operations and types, and these have members.
const DEEPEST: usize = 2;

impl Interface {
    /// The text that [`Interface::parse`] reads.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        write(&self.service, 0, &mut text);
        text
    }

    /// Whether a text is meant to be an interface, whatever version of Swage wrote it.
    pub fn is_text(text: &str) -> bool {
        text.starts_with("swage-interface ")
    }

    /// Reads what [`Interface::to_text`] wrote. Lines that start with `#` are comments.
    ///
    /// # Errors
    ///
    /// The text isn't an interface, or a newer version of Swage wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut lines = (1..).zip(text.lines());
        let first = lines.next().map(|(_, line)| line);
        if first != Some(FIRST_LINE) {
            return Err(
                match first.filter(|line| line.starts_with("swage-interface ")) {
                    Some(_) => "another version of Swage wrote it".to_owned(),
                    None => "it isn't the interface of a generated crate".to_owned(),
                },
            );
        }
        let mut open: Vec<Item> = Vec::new();
        for (number, line) in lines.filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
            let item = line.trim_start_matches(' ');
            let depth = (line.len() - item.len()) / 2;
            let item = parse(item).ok_or_else(|| format!("line {number} can't be read"))?;
            if depth > open.len().min(DEEPEST) || (depth == 0 && !open.is_empty()) {
                return Err(format!("line {number} belongs to no item"));
            }
            close(&mut open, depth);
            open.push(item);
        }
        close(&mut open, 1);
        let service = open.pop().filter(|item| item.kind == Kind::Service);
        let service = service.ok_or("it has no service")?;
        Ok(Self { service })
    }
}

fn write(item: &Item, depth: usize, text: &mut String) {
    for _ in 0..depth {
        text.push_str("  ");
    }
    text.push_str(item.kind.name());
    text.push(' ');
    text.push_str(&word(&item.name));
    for (fact, value) in item.facts.iter() {
        text.extend([" ", fact.name(), "=", &word(value)]);
    }
    text.push('\n');
    for inner in &item.items {
        write(inner, depth + 1, text);
    }
}

/// The text itself, or quoted as JSON if it has characters that names don't have.
fn word(text: &str) -> Cow<'_, str> {
    let is_plain = |c: u8| {
        c.is_ascii_alphanumeric()
            || matches!(c, b'_' | b'-' | b'.' | b'/' | b'<' | b'>' | b':' | b'#')
    };
    if !text.is_empty() && text.bytes().all(is_plain) {
        text.into()
    } else {
        serde_json::Value::from(text).to_string().into()
    }
}

fn parse(line: &str) -> Option<Item> {
    let (kind, rest) = line.split_once(' ')?;
    let (name, mut rest) = unquoted(rest)?;
    let mut item = Item::new(Kind::of_name(kind)?, &name, None);
    while let Some(fact) = rest.strip_prefix(' ') {
        let (name, value) = fact.split_once('=')?;
        let (value, after) = unquoted(value)?;
        item.facts.insert(Fact::of_name(name)?, value);
        rest = after;
    }
    rest.is_empty().then_some(item)
}

/// The first word, and what follows.
fn unquoted(text: &str) -> Option<(String, &str)> {
    if !text.starts_with('"') {
        let end = text.find(' ').unwrap_or(text.len());
        return Some((text[..end].to_owned(), &text[end..]));
    }
    let mut words = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let word = words.next()?.ok()?;
    Some((word, &text[words.byte_offset()..]))
}

/// Moves the open items from `depth` on into their parents.
fn close(open: &mut Vec<Item>, depth: usize) {
    while open.len() > depth {
        let Some(item) = open.pop() else { return };
        if let Some(parent) = open.last_mut() {
            parent.items.push(item);
        } else {
            // The outermost item belongs to none.
            open.push(item);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Interface, Item, Kind};
    use crate::interface::Fact;

    fn interface(name: &str, value: &str) -> Interface {
        let mut service = Item::new(Kind::Service, name, None);
        let mut operation = Item::new(Kind::Operation, value, None);
        operation.set(Fact::Http, value);
        operation.items.push(Item::new(Kind::Input, name, None));
        service.items.push(operation);
        Interface { service }
    }

    #[test]
    fn any_text_survives() {
        for text in [
            "a",
            "",
            " ",
            "a b=c",
            "\"",
            "\\",
            "\n# x",
            "\u{1b}[0m",
            "ü\u{202e}",
            "a\"b c",
        ] {
            let interface = interface(text, text);
            assert_eq!(
                Interface::parse(&interface.to_text()).as_ref(),
                Ok(&interface),
                "{text:?}"
            );
        }
    }

    #[test]
    fn comments_and_empty_lines_are_skipped() {
        let text = interface("a", "b")
            .to_text()
            .replace('\n', "\n# what this is\n\n");
        assert_eq!(Interface::parse(&text), Ok(interface("a", "b")));
    }

    #[test]
    fn what_is_no_interface_is_an_error() {
        let nested = "swage-interface 1\nservice A\n  type B\n    member C\n      member D\n";
        for (text, error) in [
            ("", "it isn't the interface of a generated crate"),
            ("swage-interface 2\n", "another version of Swage wrote it"),
            ("swage-interface 1\n", "it has no service"),
            ("swage-interface 1\ntype A\n", "it has no service"),
            (
                "swage-interface 1\nservice A\nservice B\n",
                "line 3 belongs to no item",
            ),
            ("swage-interface 1\n  type A\n", "line 2 belongs to no item"),
            ("swage-interface 1\nservice\n", "line 2 can't be read"),
            ("swage-interface 1\nwhatever A\n", "line 2 can't be read"),
            (
                "swage-interface 1\nservice A what=1\n",
                "line 2 can't be read",
            ),
            ("swage-interface 1\nservice \"A\n", "line 2 can't be read"),
            (
                "swage-interface 1\nservice A docs\n",
                "line 2 can't be read",
            ),
            (nested, "line 5 belongs to no item"),
        ] {
            assert_eq!(Interface::parse(text), Err(error.to_owned()), "{text}");
        }
    }
}
