//! The grammars of names: Smithy's and HTTP's.

/// Whether the text is an absolute shape ID without a member: `name.space#Name` (Smithy 2.0, "Shape ID ABNF").
pub(crate) fn is_shape_id(text: &str) -> bool {
    let mut halves = text.as_bytes().splitn(2, |byte| *byte == b'#');
    let (Some(namespace), Some(name)) = (halves.next(), halves.next()) else {
        return false;
    };
    let mut parts = namespace.split(|byte| *byte == b'.');
    parts.all(is_identifier_in_bytes) && is_identifier_in_bytes(name)
}

/// Whether the text is a Smithy identifier: ASCII letters, digits and underscores; a leading digit needs an underscore
/// before it.
pub(crate) fn is_identifier(text: &str) -> bool {
    is_identifier_in_bytes(text.as_bytes())
}

fn is_identifier_in_bytes(text: &[u8]) -> bool {
    let start = text.iter().find(|byte| **byte != b'_');
    let starts = start.is_some_and(|first| {
        first.is_ascii_alphabetic() || (first.is_ascii_digit() && text.starts_with(b"_"))
    });
    starts
        && text
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Whether the byte is allowed in an HTTP token (RFC 9110, section 5.6.2).
pub(crate) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{is_identifier, is_shape_id};

    #[test]
    fn identifiers_begin_with_a_letter_or_with_underscores() {
        for good in ["a", "A1", "_a", "__1", "_1_"] {
            assert!(is_identifier(good), "{good}");
        }
        for bad in ["", "_", "1a", "a-b", "a.b", "\u{e9}"] {
            assert!(!is_identifier(bad), "{bad}");
        }
    }

    #[test]
    fn shape_ids_are_absolute_and_have_no_member() {
        assert!(is_shape_id("a.b#C"));
        for bad in ["C", "#C", "a.#C", "a#", "a#B$c", "a#b#c"] {
            assert!(!is_shape_id(bad), "{bad}");
        }
    }
}
