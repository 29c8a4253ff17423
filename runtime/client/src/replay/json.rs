//! JSON text: laid out for readers, and without blanks.

/// A value to write. Texts in `Raw` are JSON without blanks.
pub(super) enum Json {
    Number(u64),
    Text(String),
    Raw(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn object<K: Into<String>>(fields: impl IntoIterator<Item = (K, Self)>) -> Self {
        let fields = fields.into_iter();
        Self::Object(fields.map(|(key, value)| (key.into(), value)).collect())
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Without blanks.
    fn compact(&self, out: &mut String) {
        match self {
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::Raw(text) => out.push_str(text),
            Self::List(values) => each(out, '[', ']', values, |out, value| value.compact(out)),
            Self::Object(fields) => each(out, '{', '}', fields, |out, (key, value)| {
                out.push_str(&quoted(key));
                out.push(':');
                value.compact(out);
            }),
        }
    }

    /// Laid out, with a line break at the end.
    pub(super) fn pretty(&self) -> String {
        let mut compact = String::new();
        self.compact(&mut compact);
        laid_out(&compact) + "\n"
    }
}

fn each<T>(
    out: &mut String,
    start: char,
    end: char,
    values: &[T],
    write: impl Fn(&mut String, &T),
) {
    out.push(start);
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, value);
    }
    out.push(end);
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The characters of JSON, and whether each is part of a string.
fn marked(json: &str) -> impl Iterator<Item = (char, bool)> {
    let (mut in_string, mut is_escaped) = (false, false);
    json.chars().map(move |c| {
        let is_quote = c == '"' && !is_escaped;
        let is_part = in_string || is_quote;
        in_string ^= is_quote;
        is_escaped = c == '\\' && in_string && !is_escaped;
        (c, is_part)
    })
}

/// JSON without the blanks between its tokens.
pub(super) fn without_blanks(json: &str) -> String {
    let kept = marked(json).filter(|(c, is_part)| *is_part || !c.is_ascii_whitespace());
    kept.map(|(c, _)| c).collect()
}

/// A line for each element, of JSON without blanks.
fn laid_out(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut chars = marked(json).peekable();
    while let Some((c, is_part)) = chars.next() {
        if is_part {
            out.push(c);
            continue;
        }
        let closes = |next: Option<&(char, bool)>| matches!(next, Some((']' | '}', false)));
        match c {
            '{' | '[' => {
                out.push(c);
                if !closes(chars.peek()) {
                    depth += 1;
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                if !out.ends_with(['{', '[']) {
                    depth = depth.saturating_sub(1);
                    new_line(&mut out, depth);
                }
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            other => out.push(other),
        }
    }
    out
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::{laid_out, without_blanks};

    #[test]
    fn layout_changes_blanks_alone() {
        let json = r#"{"a":[1,{},[],"x: {\" ,\\"],"b":{"c":null},"":"\\"}"#;
        let text = laid_out(json);
        assert_eq!(
            text,
            "{\n  \"a\": [\n    1,\n    {},\n    [],\n    \"x: {\\\" ,\\\\\"\n  ],\n  \"b\": {\n    \"c\": null\n  },\n  \"\": \"\\\\\"\n}"
        );
        assert_eq!(without_blanks(&text), json);
    }
}
