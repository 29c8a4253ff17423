//! Strings that are filled in: idempotency tokens, when the caller gives none, and the messages of errors.

use crate::error::DecodeError;
use crate::schema::{Member, Schema};
use crate::shape::{Reader, Shape};

/// Gives every member of the input that has `@idempotencyToken` and no value one from the source.
pub fn fill_idempotency_tokens(input: &mut dyn Shape, source: &dyn Fn() -> String) {
    for (index, member) in input.schema().members().iter().enumerate() {
        let is_missing = member.is_idempotency_token()
            && input.member(index).is_none_or(|value| !value.is_set());
        if is_missing && let Some(place) = input.member_mut(index) {
            // A member of another kind than string stays as it is: the model is wrong then.
            let _ = place.read(member, &mut Token(source));
        }
    }
}

/// Gives an error's member for the message, `message` in any case, that text.
pub(crate) fn put_message(error: &mut dyn Shape, message: &str) {
    let mut members = error.schema().members().iter().enumerate();
    let place = members.find(|(_, member)| member.name().eq_ignore_ascii_case("message"));
    if let Some((index, member)) = place
        && let Some(place) = error.member_mut(index)
    {
        // A member of another kind than string stays as it is.
        let _ = place.read(member, &mut Token(&|| message.to_owned()));
    }
}

/// Sets the input's member of that name, a string or an enum; one of another kind stays as it is.
#[cfg(feature = "checksum")]
pub(crate) fn fill(input: &mut dyn Shape, name: &str, value: &str) {
    let found = input.schema().member(name);
    if let Some((index, member)) = found
        && let Some(place) = input.member_mut(index)
    {
        let _ = place.read(member, &mut Token(&|| value.to_owned()));
    }
}

/// Whether the input's shape has a member with `@idempotencyToken`.
pub fn has_idempotency_token(input: &Schema) -> bool {
    input.members().iter().any(Member::is_idempotency_token)
}

/// A reader that gives one string.
struct Token<'a>(&'a dyn Fn() -> String);

impl Reader for Token<'_> {
    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        Ok((self.0)())
    }
}
