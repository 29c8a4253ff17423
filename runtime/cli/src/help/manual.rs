//! The documentation that codegen puts beside a command: `manual.txt`, one block a line.
//!
//! An entry starts with `# ` and the id of a shape, which `$` and the name of a member or waiter may follow. Its lines are
//! `p TEXT`, `pre TEXT`, `note`, and items of lists after `- ` or `1. `. The content of a note or item is indented by two
//! more spaces.

use std::collections::HashMap;
use std::iter::Peekable;
use std::str::Lines;

use swage_client::schema::Member;

/// The entries of a manual.
pub(super) struct Manual<'a> {
    entries: HashMap<&'a str, &'a str>,
}

/// A block of documentation.
#[derive(Debug)]
pub(super) enum Block<'a> {
    /// Text with inline markup.
    Paragraph(&'a str),
    /// Preformatted lines.
    Literal(Vec<&'a str>),
    /// A note or warning: its kind and its content.
    Admonition(&'a str, Vec<Block<'a>>),
    /// An item of a list.
    Item(Vec<Block<'a>>),
}

impl<'a> Manual<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let text = text.strip_prefix("# ").unwrap_or(text);
        let entries = text
            .split("\n# ")
            .filter_map(|entry| entry.split_once('\n'));
        Self {
            entries: entries.map(|(id, lines)| (id.trim(), lines)).collect(),
        }
    }

    /// The documentation of a shape.
    pub(super) fn shape(&self, id: &str) -> Vec<Block<'a>> {
        self.entries
            .get(id)
            .map(|entry| blocks(&mut entry.lines().peekable(), 0))
            .unwrap_or_default()
    }

    /// Whether a member of `owner` has documentation of its own.
    pub(super) fn has_member(&self, owner: &str, member: &Member) -> bool {
        !self.own(owner, member).is_empty()
    }

    fn own(&self, owner: &str, member: &Member) -> Vec<Block<'a>> {
        self.shape(&format!("{owner}${}", member.name()))
    }

    /// The documentation of a member of `owner`, else that of the member's target.
    pub(super) fn member(&self, owner: &str, member: &Member) -> Vec<Block<'a>> {
        let own = self.own(owner, member);
        if own.is_empty() {
            self.shape(member.target().id())
        } else {
            own
        }
    }
}

/// The blocks that are indented by `indent`.
fn blocks<'a>(lines: &mut Peekable<Lines<'a>>, indent: usize) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    while let Some(line) = lines.next_if(|line| line.trim().is_empty() || indent_of(line) >= indent)
    {
        block(
            line.get(indent..).unwrap_or_default(),
            lines,
            indent,
            &mut blocks,
        );
    }
    blocks
}

/// Adds the block that starts with `line`.
fn block<'a>(
    line: &'a str,
    lines: &mut Peekable<Lines<'a>>,
    indent: usize,
    blocks: &mut Vec<Block<'a>>,
) {
    match line.split_once(' ').unwrap_or((line, "")) {
        ("", _) => {}
        ("p", text) => blocks.push(Block::Paragraph(text)),
        ("pre", text) => match blocks.last_mut() {
            Some(Block::Literal(lines)) => lines.push(text),
            _ => blocks.push(Block::Literal(vec![text])),
        },
        (kind @ ("note" | "important" | "warning" | "danger"), _) => {
            blocks.push(Block::Admonition(kind, self::blocks(lines, indent + 2)));
        }
        (_, first) => {
            let mut inside = Vec::new();
            block(first, lines, indent + 2, &mut inside);
            while let Some(line) = lines.next_if(|line| indent_of(line) >= indent + 2) {
                block(
                    line.get(indent + 2..).unwrap_or_default(),
                    lines,
                    indent + 2,
                    &mut inside,
                );
            }
            blocks.push(Block::Item(inside));
        }
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
