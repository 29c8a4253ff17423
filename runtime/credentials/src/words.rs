//! Splits command lines by the quoting rules of the system's shell, without any expansion.

/// The words of a command line, by the rules of the system.
pub(crate) fn of_command(line: &str) -> Option<Vec<String>> {
    if cfg!(windows) {
        windows(line)
    } else {
        posix(line)
    }
}

/// The words of a text by the rules of POSIX shells: quotes keep blanks, a backslash keeps the next character. `None` if a quote
/// is unclosed, or a backslash is last.
pub fn posix(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if matches!(c, ' ' | '\t' | '\r' | '\n') {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert_default();
        match c {
            '\'' => literal(&mut chars, word)?,
            '"' => quoted(&mut chars, word)?,
            '\\' => word.push(chars.next()?),
            c => word.push(c),
        }
    }
    words.extend(word);
    Some(words)
}

/// Reads up to the closing single quote.
fn literal(chars: &mut std::str::Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match chars.next()? {
            '\'' => return Some(()),
            c => word.push(c),
        }
    }
}

/// Reads up to the closing double quote. A backslash is literal unless it is in front of a double quote or backslash.
fn quoted(chars: &mut std::str::Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match chars.next()? {
            '"' => return Some(()),
            '\\' => match chars.next()? {
                c @ ('"' | '\\') => word.push(c),
                c => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
}

/// The words of a text by the rules of Windows: double quotes keep blanks, and a backslash is literal unless it
/// is in front of a double quote. `None` if a quote is unclosed.
fn windows(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut is_quoted = false;
    let mut backslashes = 0;
    for c in text.chars() {
        if c == '\\' {
            backslashes += 1;
            continue;
        }
        let kept = if c == '"' {
            backslashes / 2
        } else {
            backslashes
        };
        backslash(&mut word, kept);
        let is_literal = backslashes % 2 == 1;
        backslashes = 0;
        match c {
            '"' if !is_literal => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            ' ' | '\t' if !is_quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    backslash(&mut word, backslashes);
    words.extend(word);
    (!is_quoted).then_some(words)
}

fn backslash(word: &mut Option<String>, count: usize) {
    if count > 0 {
        word.get_or_insert_default().push_str(&"\\".repeat(count));
    }
}

#[cfg(test)]
mod tests {
    use super::{posix, windows};

    #[test]
    fn words_are_those_of_a_posix_shell() {
        let words = |line| posix(line).expect("words");
        let expected = ["a", "b \"c", r#"d"\e\"#, "f g", ""];
        assert_eq!(words(r#" a 'b "c' "d\"\e\\" f\ g ''"#), expected);
        assert_eq!(words("$HOME #x a=b'c'd"), ["$HOME", "#x", "a=bcd"]);
        assert!(words("  ").is_empty());
        for broken in ["'a", "\"a", "\"a\\\"", "a\\"] {
            assert!(posix(broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn words_are_those_of_windows() {
        let words = |line| windows(line).expect("words");
        let expected = [r"C:\a b\c.exe", r"d\e", r#"f"g"#, "", r"h\"];
        assert_eq!(words(r#""C:\a b\c.exe" d\e "f\"g" "" h\"#), expected);
        assert_eq!(words(r#""a\\" b\\\"c"#), [r"a\", r#"b\"c"#]);
        assert!(windows("\"a").is_none());
    }
}
