//! Which strings need quotes or escapes.

/// How a string can be written.
pub(super) struct Form {
    /// Without quotes.
    pub(super) is_plain: bool,
    /// In single quotes.
    pub(super) fits_single_quotes: bool,
}

impl Form {
    pub(super) fn of(text: &str) -> Self {
        let ends: Vec<bool> = text.chars().map(is_line_end).collect();
        let blanks: Vec<bool> = text.chars().map(|c| c == ' ').collect();
        let is_beside = |one: &[bool], other: &[bool]| {
            one.iter()
                .zip(other.iter().skip(1))
                .any(|(one, other)| *one && *other)
        };
        // A blank at either end of a line would be lost.
        let has_special = text.chars().any(|c| !is_printable(c));
        let loses_blanks = is_beside(&ends, &blanks);
        let has_blank_before_end = is_beside(&blanks, &ends);
        let fits_single_quotes = !has_special && !loses_blanks && !has_blank_before_end;
        let is_trimmed = text.trim_matches(|c| c == ' ' || is_line_end(c)) == text;
        Self {
            is_plain: fits_single_quotes
                && is_trimmed
                && !ends.contains(&true)
                && !has_indicators(text)
                && !is_other_type(text),
            fits_single_quotes,
        }
    }
}

/// Whether the text has a character that means something else there.
fn has_indicators(text: &str) -> bool {
    if text.starts_with("---") || text.starts_with("...") {
        return true;
    }
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = chars.peek().is_none_or(|next| *next == ' ');
        let means_something = match (c, before) {
            ('#', before) => before.is_none_or(|before| before == ' '),
            (':', _) | ('?' | '-', None) => ends,
            (c, None) => ",[]{}&*!|>'\"%@`".contains(c),
            _ => false,
        };
        if means_something {
            return true;
        }
        before = Some(c);
    }
    false
}

/// Whether the text without quotes would be something else than a string, by YAML 1.2 and, for times, 1.1.
fn is_other_type(text: &str) -> bool {
    matches!(
        text,
        "" | "~"
            | "null"
            | "Null"
            | "NULL"
            | "true"
            | "True"
            | "TRUE"
            | "false"
            | "False"
            | "FALSE"
            | "<<"
            | "="
    ) || is_number(text)
        || is_time(text)
}

fn is_number(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit() || "-+.".contains(c)) {
        return false;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |text: &str, of: &str| !text.is_empty() && text.chars().all(|c| of.contains(c));
    let decimal = "0123456789_";
    let is_integer = digits(unsigned, decimal)
        || unsigned
            .strip_prefix("0b")
            .is_some_and(|rest| digits(rest, "01_"))
        || unsigned
            .strip_prefix("0o")
            .is_some_and(|rest| digits(rest, "01234567_"))
        || unsigned
            .strip_prefix("0x")
            .is_some_and(|rest| digits(rest, "0123456789abcdefABCDEF_"));
    let is_special =
        matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN");
    is_integer || is_special || is_float(unsigned)
}

/// Whether the text is a number with a point or an exponent.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let is_decimal = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '_');
    let starts_with_digit = mantissa.starts_with(|c: char| c.is_ascii_digit());
    let is_exponent = |text: &str, needs_sign: bool| {
        let digits = text.strip_prefix(['-', '+']);
        let digits = if needs_sign {
            digits
        } else {
            digits.or(Some(text))
        };
        digits
            .is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
    };
    match mantissa.split_once('.') {
        Some((whole, fraction)) if starts_with_digit => {
            is_decimal(whole)
                && is_decimal(fraction)
                && exponent.is_none_or(|of| is_exponent(of, false))
        }
        Some(("", fraction)) => {
            !fraction.is_empty()
                && is_decimal(fraction)
                && exponent.is_none_or(|of| is_exponent(of, true))
        }
        Some(_) => false,
        None => {
            starts_with_digit
                && is_decimal(mantissa)
                && exponent.is_some_and(|of| is_exponent(of, false))
        }
    }
}

/// Whether the text is a date, or a date and a time.
fn is_time(text: &str) -> bool {
    time(text).is_some_and(str::is_empty)
}

/// What follows a date, and a time if there is one.
fn time(text: &str) -> Option<&str> {
    let (rest, month) = part(digits(text, 4, 4)?, '-')?;
    let (rest, day) = part(rest, '-')?;
    if rest.is_empty() {
        return (month == 2 && day == 2).then_some(rest);
    }
    let trimmed = rest.trim_start_matches([' ', '\t']);
    let rest = match rest.strip_prefix(['T', 't']) {
        Some(rest) => rest,
        None if trimmed.len() < rest.len() => trimmed,
        None => return None,
    };
    let rest = digits(rest, 1, 2)?.strip_prefix(':')?;
    let rest = digits(rest, 2, 2)?.strip_prefix(':')?;
    let rest = digits(rest, 2, 2)?;
    let rest = match rest.strip_prefix('.') {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    zone(rest)
}

/// A separator, and one or two digits: what follows them, and their number.
fn part(text: &str, separator: char) -> Option<(&str, usize)> {
    let rest = text.strip_prefix(separator)?;
    let after = digits(rest, 1, 2)?;
    Some((after, rest.len() - after.len()))
}

/// What follows a time zone; the text if it has none.
fn zone(text: &str) -> Option<&str> {
    let zone = text.trim_start_matches([' ', '\t']);
    if zone.is_empty() {
        return Some(text);
    }
    if let Some(rest) = zone.strip_prefix('Z') {
        return Some(rest);
    }
    let rest = digits(zone.strip_prefix(['-', '+'])?, 1, 2)?;
    match rest.strip_prefix(':') {
        Some(minutes) => digits(minutes, 2, 2),
        None => Some(rest),
    }
}

/// What follows so many digits.
fn digits(text: &str, least: usize, most: usize) -> Option<&str> {
    let count = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    (count >= least).then(|| text.get(count..)).flatten()
}

/// Whether the text has more than one line.
pub(super) fn has_line_ends(text: &str) -> bool {
    text.chars().any(is_line_end)
}

pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character can stand in a text without escapes. Those outside of Unicode's first plane can't.
fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
        && c != '\u{feff}'
}

/// The escape for a character that needs one in double quotes.
pub(super) fn escape(c: char) -> Option<String> {
    let short = match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\0' => "\\0",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{b}' => "\\v",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '\u{1b}' => "\\e",
        '\u{85}' => "\\N",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        c if is_printable(c) => return None,
        _ => "",
    };
    let code = u32::from(c);
    Some(match code {
        _ if !short.is_empty() => short.to_owned(),
        0..=0xff => format!("\\x{code:02X}"),
        0x100..=0xffff => format!("\\u{code:04X}"),
        _ => format!("\\U{code:08X}"),
    })
}
