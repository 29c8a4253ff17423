//! Members of an input that are changed before they are sent.

use crate::endpoint::text_of;
use crate::protocol::percent::PATH;
use crate::shape::Shape;
use crate::token::fill;
use percent_encoding::utf8_percent_encode;

/// Applies `swage.api#lastSegment`, `swage.api#customerKey` and, if it encodes, `swage.api#percentEncoded`.
pub(super) fn adjust(input: &mut dyn Shape, encodes: bool) {
    #[cfg(feature = "checksum")]
    customer_key::encode_all(input);
    for member in input.schema().members() {
        let is_last_segment = member.is_last_segment();
        let parameter = member.percent_encoded().filter(|_| encodes);
        if !is_last_segment && parameter.is_none() {
            continue;
        }
        let Some(mut text) = text_of(input, member.name()) else {
            continue;
        };
        if is_last_segment && let Some((_, last)) = text.rsplit_once('/') {
            text = last.to_owned();
        }
        if let Some(parameter) = parameter {
            text = percent_encoded(&text, parameter);
        }
        fill(input, member.name(), &text);
    }
}

/// The text without slashes encoded, nor the query parameter at its end.
fn percent_encoded(text: &str, parameter: &str) -> String {
    let (plain, query) = text.split_at(start_of(text, parameter).unwrap_or(text.len()));
    format!("{}{query}", utf8_percent_encode(plain, PATH))
}

/// Where `?parameter=value` at the end of the text starts. The value isn't empty and has no blanks.
fn start_of(text: &str, parameter: &str) -> Option<usize> {
    let question = format!("?{parameter}=");
    let is_value = |value: &str| !value.is_empty() && !value.contains(char::is_whitespace);
    let mut starts = text.match_indices(&question).map(|(start, _)| start);
    let start = starts.find(|start| text.get(start + question.len()..).is_some_and(is_value));
    start.filter(|_| !parameter.is_empty())
}

/// `swage.api#customerKey`.
#[cfg(feature = "checksum")]
mod customer_key {
    use crate::error::EncodeError;
    use crate::schema::Member;
    use crate::shape::{Shape, Value, Writer};
    use crate::token::fill;
    use aws_smithy_types::base64;
    use md5::{Digest, Md5};

    /// Encodes each key and sets its MD5, unless the caller did.
    pub(super) fn encode_all(input: &mut dyn Shape) {
        for (index, member) in input.schema().members().iter().enumerate() {
            encode(input, index, member);
        }
    }

    fn encode(input: &mut dyn Shape, index: usize, member: &'static Member) {
        let Some(digest) = member.customer_key() else {
            return;
        };
        let is_set = |index| input.member(index).is_some_and(Value::is_set);
        if input
            .schema()
            .member(digest)
            .is_some_and(|(index, _)| is_set(index))
        {
            return;
        }
        let mut key = Key(None);
        let value = input.member(index).filter(|value| value.is_set());
        let is_written = value.is_some_and(|value| value.write(member, &mut key).is_ok());
        if is_written && let Some(key) = key.0 {
            fill(input, digest, &base64::encode(Md5::digest(&key)));
            fill(input, member.name(), &base64::encode(key));
        }
    }

    /// Takes the bytes of a string, which are any in a [`Record`](crate::Record).
    struct Key(Option<Vec<u8>>);

    impl Writer for Key {
        fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
            self.0 = Some(value.as_bytes().to_vec());
            Ok(())
        }

        fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
            self.0 = Some(value.to_vec());
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::percent_encoded;

    #[test]
    fn slashes_and_the_parameter_at_the_end_are_kept() {
        let cases = [
            ("bucket/a b/\u{fc}~1.txt", "bucket/a%20b/%C3%BC~1.txt"),
            ("bucket/100%25", "bucket/100%2525"),
            ("bucket/a?b?versionId=1+/2", "bucket/a%3Fb?versionId=1+/2"),
            ("bucket/a?versionId=", "bucket/a%3FversionId%3D"),
            ("bucket/a?versionId=b c", "bucket/a%3FversionId%3Db%20c"),
        ];
        for (text, expected) in cases {
            assert_eq!(percent_encoded(text, "versionId"), expected);
        }
        assert_eq!(percent_encoded("a?=1", ""), "a%3F%3D1");
    }
}
