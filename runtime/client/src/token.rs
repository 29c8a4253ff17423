//! Strings that are set or shortened: idempotency tokens that the caller leaves out, ids with a prefix, messages of errors.

use crate::error::DecodeError;
use crate::schema::{Member, Schema};
use crate::shape::{Reader, Shape};

/// Sets every member with `@idempotencyToken` that has no value to a token from the source.
pub fn fill_idempotency_tokens(input: &mut dyn Shape, source: &dyn Fn() -> String) {
    for (index, member) in input.schema().members().iter().enumerate() {
        let is_missing = member.is_idempotency_token()
            && input.member(index).is_none_or(|value| !value.is_set());
        if is_missing && let Some(place) = input.member_mut(index) {
            // Only strings are set. The model is wrong when the member has another kind.
            let _ = place.read(member, &mut Token(source));
        }
    }
}

/// Sets the member of an error that is called `message`, in any case.
pub(crate) fn put_message(error: &mut dyn Shape, message: &str) {
    let mut members = error.schema().members().iter().enumerate();
    let place = members.find(|(_, member)| member.name().eq_ignore_ascii_case("message"));
    if let Some((index, member)) = place
        && let Some(place) = error.member_mut(index)
    {
        // Only strings are set.
        let _ = place.read(member, &mut Token(&|| message.to_owned()));
    }
}

/// Sets the input's member of that name, if it is a string or an enum.
#[cfg(feature = "client")]
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

/// Reads one string.
struct Token<'a>(&'a dyn Fn() -> String);

impl Reader for Token<'_> {
    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        Ok((self.0)())
    }
}
