//! Draws sections below each other, all with the width of the widest.

use std::io::Write;

use super::section::Section;
use super::width::width;
use crate::output::{Error, Style};

/// The escape sequence that resets all colors.
pub(in crate::output) const RESET: &str = "\x1b[0m";

/// Draws the sections, vertically if they are wider than the terminal.
pub(super) fn write(
    to: &mut dyn Write,
    style: Style,
    mut sections: Vec<Section>,
) -> Result<(), Error> {
    let widest = |sections: &[Section]| {
        sections
            .iter()
            .map(Section::total_width)
            .max()
            .unwrap_or_default()
    };
    let mut total = widest(&sections);
    if total > style.width {
        sections = sections
            .into_iter()
            .map(Section::turned)
            .collect::<Result<_, _>>()?;
        total = widest(&sections);
    }
    let end = if style.color { RESET } else { "" };
    write!(to, "{}\n{end}", "-".repeat(total))?;
    for section in &sections {
        let total = total.saturating_sub(2 * section.level);
        Drawing {
            to,
            color: style.color,
            level: section.level,
        }
        .section(section, total)?;
    }
    Ok(())
}

/// A section being drawn.
struct Drawing<'a> {
    to: &'a mut dyn Write,
    color: bool,
    level: usize,
}

impl Drawing<'_> {
    fn section(&mut self, section: &Section, total: usize) -> Result<(), Error> {
        if let Some(title) = section.title.as_deref().filter(|title| !title.is_empty()) {
            self.line(&center(title, total, "|"))?;
            if section.headers.is_empty() && section.rows.is_empty() {
                self.line(&format!("+{}+", "-".repeat(total.saturating_sub(2))))?;
            }
        }
        let widths = section.column_widths(total);
        if !section.headers.is_empty() {
            self.rule(&widths)?;
            let cells = widths.iter().zip(&section.headers).enumerate();
            let cells =
                cells.map(|(index, (width, header))| center(header, *width, left_edge(index)));
            self.line(&cells.collect::<String>())?;
        }
        if section.rows.is_empty() || widths.is_empty() {
            return Ok(());
        }
        self.rule(&widths)?;
        for row in &section.rows {
            let cells = widths.iter().zip(row).enumerate();
            let cells =
                cells.map(|(index, (width, text))| self.left(text, *width, left_edge(index)));
            self.line(&cells.collect::<String>())?;
        }
        self.rule(&widths)
    }

    /// `+-----+----+`
    fn rule(&mut self, widths: &[usize]) -> Result<(), Error> {
        let parts = widths.iter().enumerate().map(|(index, width)| match index {
            0 => format!("+{}+", "-".repeat(width.saturating_sub(2))),
            _ => format!("{}+", "-".repeat(width.saturating_sub(1))),
        });
        self.line(&parts.collect::<String>())
    }

    /// A left-aligned cell, indented by two spaces if they fit.
    fn left(&self, text: &str, length: usize, edge: &str) -> String {
        let used = width(text) + edge.len() + 1;
        let padding = if length >= used + 2 { 2 } else { 0 };
        let blanks = " ".repeat(length.saturating_sub(used + padding));
        let (on, off) = if self.color {
            ("\x1b[1m\x1b[34m", RESET)
        } else {
            ("", "")
        };
        format!("{edge}{:padding$}{on}{text}{off}{blanks}|", "")
    }

    /// A line between the edges of the enclosing sections. Colors are reset after each part.
    fn line(&mut self, text: &str) -> Result<(), Error> {
        let (edge, end) = if self.color {
            ("\x1b[2m\x1b[33m|\x1b[0m", RESET)
        } else {
            ("|", "")
        };
        let edges = edge.repeat(self.level);
        Ok(write!(
            self.to,
            "{edges}{end}{text}{end}{edges}{end}\n{end}"
        )?)
    }
}

/// The left edge of a cell: only the first cell of a row has one.
fn left_edge(index: usize) -> &'static str {
    if index == 0 { "|" } else { "" }
}

/// A centered cell.
fn center(text: &str, length: usize, edge: &str) -> String {
    let taken = width(text);
    let before = (length / 2).saturating_sub(taken / 2 + 1);
    // For an odd length, one more space goes behind the text.
    let start = (length / 2).cast_signed() - (taken / 2).cast_signed() - 1;
    let used = edge.len().cast_signed() + start + taken.cast_signed() + 1;
    let after = usize::try_from(length.cast_signed() - used).unwrap_or_default();
    format!("{edge}{:before$}{text}{:after$}|", "", "")
}
