//! Words of a text, quoted as in a POSIX shell.

/// The words of a text. Quotes keep blanks, and a backslash keeps the character that follows it; none when a quote
/// isn't closed or nothing follows a backslash.
pub(super) fn split(text: &str) -> Option<Vec<String>> {
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

/// Up to the single quote that closes.
fn literal(chars: &mut std::str::Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match chars.next()? {
            '\'' => return Some(()),
            c => word.push(c),
        }
    }
}

/// Up to the double quote that closes. A backslash stays, unless it is before a double quote or a backslash.
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
