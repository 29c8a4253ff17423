//! Casing of names.

/// `NoSuchKey` → `no_such_key`.
pub(crate) fn snake(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut snake = String::new();
    for (at, c) in name.char_indices() {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let ends_word = before.is_some_and(|before| before != b'_' && !before.is_ascii_uppercase());
        let ends_acronym =
            before.is_some() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        if c.is_ascii_uppercase() && (ends_word || ends_acronym) {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::snake;

    #[test]
    fn words_are_separated_by_underscores() {
        for (name, expected) in [
            ("NoSuchKey", "no_such_key"),
            ("KmsInvalidStateException", "kms_invalid_state_exception"),
            ("Ec2Error", "ec2_error"),
            ("ABTest", "ab_test"),
            ("_7Up", "_7_up"),
            ("Bad", "bad"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }
}
