//! Inline markup of `manual.txt`: `` `code` ``, `*emphasis*`, `**strong**`, `[text](url)`, `[name]()`.

/// Starts bold text. Marks are control characters, which don't occur in documentation.
pub(super) const BOLD: char = '\u{1}';
/// Starts underlined text.
pub(super) const UNDERLINE: char = '\u{2}';
/// Ends bold and underlined text.
pub(super) const PLAIN: char = '\u{3}';

/// Replaces markup by marks. As in the AWS CLI's pages, a space follows marked text, even before a full stop.
pub(super) fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<&str> = Vec::new();
    let mut links: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let literal = open.last() == Some(&"`");
        let token = ["**", "*", "`", "["]
            .into_iter()
            .find(|token| rest.starts_with(token));
        let step = match token {
            _ if first == '\\' => {
                let escaped = rest.get(1..).and_then(|rest| rest.chars().next());
                out.extend(escaped);
                1 + escaped.map_or(0, char::len_utf8)
            }
            Some(token) if open.last() == Some(&token) => {
                open.pop();
                close(&mut out, &open);
                token.len()
            }
            Some(token) if !literal => {
                open.push(token);
                if token == "[" {
                    links.push(out.len());
                }
                out.push(mark(token));
                token.len()
            }
            None if first == ']' && !literal && open.last() == Some(&"[") => {
                open.pop();
                let url = url_length(rest.get(1..).unwrap_or_default());
                match links.pop() {
                    // A link without a target isn't marked, but gets spaces around it.
                    Some(start) if url == "()".len() => {
                        out.replace_range(start..=start, " ");
                        out.push(' ');
                    }
                    _ => close(&mut out, &open),
                }
                1 + url
            }
            _ => {
                if !first.is_control() {
                    out.push(first);
                }
                first.len_utf8()
            }
        };
        rest = rest.get(step..).unwrap_or_default();
    }
    out
}

/// Replaces markup by marks, without a space after marked text.
pub(super) fn closed_up(text: &str) -> String {
    marked(text).replace(&format!("{PLAIN} "), &PLAIN.to_string())
}

/// Bold text.
pub(super) fn bold(text: &str) -> String {
    format!("{BOLD}{text}{PLAIN}")
}

fn mark(token: &str) -> char {
    if matches!(token, "`" | "**") {
        BOLD
    } else {
        UNDERLINE
    }
}

/// Ends a mark, and restores the enclosing one.
fn close(out: &mut String, open: &[&str]) {
    out.push(PLAIN);
    match open.last() {
        Some(token) => out.push(mark(token)),
        None => out.push(' '),
    }
}

/// The length of `(url)` at the start.
fn url_length(text: &str) -> usize {
    let end = if text.starts_with('(') {
        text.find(')')
    } else {
        None
    };
    end.map_or(0, |end| end + 1)
}
