//! Parses HTML or `CommonMark` into blocks.

use super::build::BlockBuilder;
use super::{Block, is_hostile};
use super::{html, markup, plain};
use pulldown_cmark::Parser;
use std::borrow::Cow;

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let text = dedented(text);
    plain::blocks(&text).unwrap_or_else(|| parsed(&text))
}

/// Removes the indentation that all lines share: it comes from the source of the text, where `CommonMark` would see code.
fn dedented(text: &str) -> Cow<'_, str> {
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let written = text.lines().filter(|line| !line.trim().is_empty());
    match written.map(indentation).min() {
        None | Some(0) => Cow::Borrowed(text),
        Some(shared) => {
            let lines = text.lines().map(|line| line.get(shared..).unwrap_or(""));
            Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
        }
    }
}

fn parsed(text: &str) -> Vec<Block> {
    let is_removed = |c| c == markup::ANGLE || c != '\n' && is_hostile(c);
    // Most texts are printable ASCII.
    let is_plain = |byte| matches!(byte, b'\n' | b' '..=b'~');
    let text = if !text.bytes().all(is_plain) && text.contains(is_removed) {
        Cow::Owned(text.replace(is_removed, " "))
    } else {
        Cow::Borrowed(text)
    };
    if markup::is_html(&text) {
        html::blocks(&text)
    } else {
        from_markdown(&markup::markdown(&text))
    }
}

fn from_markdown(markdown: &str) -> Vec<Block> {
    let mut builder = BlockBuilder::default();
    for event in Parser::new(markdown) {
        builder.event(event);
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::{blocks, parsed};
    use crate::docs::{Block, plain};

    #[test]
    fn plain_text_is_what_the_parsers_make_of_it() {
        for text in [
            "A name.",
            "<p>A name (of 1-2 words), such as: a/b; it's \"x\".</p>",
            "<p>One.</p> <p>Two.</p><p>Three.</p>",
            "<p>If <code>a_b</code>, <code>C.d-e</code> <code>f</code>x.</p>",
            "<p><code>a</code></p>",
            " <p>A. </p>\n",
        ] {
            assert_eq!(plain::blocks(text), Some(parsed(text)), "{text:?}");
        }
    }

    #[test]
    fn other_text_is_left_to_the_parsers() {
        for text in [
            "",
            "1. A",
            "a * b",
            "<b>a</b>",
            "a\nb",
            "a  b",
            "<p>a",
            "    a",
            "a &amp; b",
            "- a",
        ] {
            assert_eq!(plain::blocks(text), None, "{text:?}");
        }
    }

    #[test]
    fn shared_indentation_is_no_code() {
        for (text, same) in [
            ("    A name.\n", "A name."),
            (
                "\n    One.\n\n    Two,\n    three.\n  ",
                "One.\n\nTwo,\nthree.",
            ),
            ("    - a\n    - b", "- a\n- b"),
        ] {
            assert_eq!(blocks(text), parsed(same), "{text:?}");
        }
        let code = blocks("  Call:\n\n      a()\n");
        assert_eq!(code.last(), Some(&Block::Code("a()".to_owned())));
    }

    #[test]
    fn pre_is_code_with_and_without_a_code_element() {
        for html in [
            "<p>a</p><pre>b\n  c</pre>",
            "<p>a</p><pre><code>b\n  c</code></pre>",
        ] {
            let blocks = blocks(html);
            let Some(Block::Code(code)) = blocks.last() else {
                panic!("{blocks:?}")
            };
            assert_eq!(code.trim_end(), "b\n  c");
        }
    }
}
