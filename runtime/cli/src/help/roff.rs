//! Pages as manual pages for `man`.

use super::inline::{BOLD, PLAIN, UNDERLINE};
use std::fmt::Write as _;

/// A page whose lines aren't broken, as roff. `name` is that of the manual page, and `summary` one line about it.
pub(super) fn page(name: &str, version: &str, summary: &str, page: &str) -> String {
    let title = name.to_uppercase();
    let mut out = format!(
        ".TH \"{}\" 1 \"\" \"{}\"\n.ad l\n.nh\n.SH NAME\n{} \\- {}\n",
        escaped(&title),
        escaped(version),
        escaped(name),
        escaped(summary)
    );
    // The page starts with its own title and name, and ends with its title.
    let heading = format!("{BOLD}DESCRIPTION{PLAIN}\n");
    let body = page.find(&heading).and_then(|at| page.get(at..));
    let body = body.unwrap_or(page).trim_end();
    let body = body.rsplit_once("\n\n\n").map_or(body, |(body, _)| body);
    let mut place = Place::default();
    for line in body.lines() {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        if text.is_empty() {
            out.push_str(".sp\n");
            place.is_at_start = true;
        } else if indent == 0 {
            let heading: String = text.chars().filter(|c| !is_mark(*c)).collect();
            let _ = writeln!(out, ".SH {}", escaped(&heading));
            place = Place::default();
        } else {
            paragraph(&mut out, &mut place, indent, text);
        }
    }
    out
}

/// What the requests so far lead to.
#[derive(Default)]
struct Place {
    /// The indentation; none: that of the section.
    indent: Option<usize>,
    /// Whether the next text starts a line.
    is_at_start: bool,
}

/// A paragraph, which `man` breaks into lines.
fn paragraph(out: &mut String, place: &mut Place, indent: usize, text: &str) {
    let (hanging, text) = match text.strip_prefix("o ") {
        Some(text) => (2, text),
        None => (0, text),
    };
    let indent = indent + hanging;
    if place.indent != Some(indent) {
        let _ = writeln!(out, ".in {indent}n");
    } else if !place.is_at_start {
        out.push_str(".br\n");
    }
    *place = Place {
        indent: Some(indent),
        is_at_start: false,
    };
    if hanging > 0 {
        out.push_str(".ti -2n\n\\(bu ");
    }
    let text = marked(text);
    if text.starts_with(['.', '\'']) {
        out.push_str("\\&");
    }
    out.push_str(&text);
    out.push('\n');
}

/// A text with its marks as changes of the font.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            BOLD => out.push_str("\\fB"),
            UNDERLINE => out.push_str("\\fI"),
            PLAIN => out.push_str("\\fR"),
            c => push_escaped(&mut out, c),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_escaped(&mut out, c));
    out
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\e"),
        '-' => out.push_str("\\-"),
        '\'' => out.push_str("\\(aq"),
        '"' => out.push_str("\\(dq"),
        '^' => out.push_str("\\(ha"),
        '~' => out.push_str("\\(ti"),
        '`' => out.push_str("\\(ga"),
        c => out.push(c),
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, BOLD | UNDERLINE | PLAIN)
}
