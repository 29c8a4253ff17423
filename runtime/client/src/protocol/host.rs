//! The prefix that an operation adds to the endpoint's host (Smithy 2.0, "endpoint trait" and "hostLabel trait").

use crate::endpoint::text_of;
use crate::error::EncodeError;
use crate::operation::Operation;
use crate::shape::Shape;

/// The host prefix with its labels filled in; empty for most operations.
pub(super) fn host_prefix(operation: &Operation, input: &dyn Shape) -> Result<String, EncodeError> {
    expand(operation.host_prefix, &mut |name, out| {
        let label = text_of(input, name).filter(|text| is_host_label(text));
        let needs =
            "must have 1 to 63 letters, digits and hyphens, because it is part of the host name";
        out.push_str(&label.ok_or_else(|| EncodeError::new(needs).within(name))?);
        Ok(())
    })
}

fn is_host_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
}

/// Appends the value of the label with this name.
pub(super) type Fill<'a> = dyn FnMut(&str, &mut String) -> Result<(), EncodeError> + 'a;

/// Replaces the labels in braces.
pub(super) fn expand(pattern: &str, fill: &mut Fill<'_>) -> Result<String, EncodeError> {
    let mut out = String::with_capacity(pattern.len() + 64);
    let mut rest = pattern;
    while let Some((before, label_and_after)) = rest.split_once('{') {
        out.push_str(before);
        let (label, after) = label_and_after
            .split_once('}')
            .unwrap_or((label_and_after, ""));
        fill(label, &mut out)?;
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}
