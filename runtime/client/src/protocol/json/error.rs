//! The type and message in the body of an error.

use super::read::{unescape, without_mark};
use crate::protocol::format::start_of;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The top level of an error's body.
pub(crate) struct ErrorFields<'a> {
    fields: BTreeMap<Cow<'a, str>, &'a RawValue>,
    /// The start of a body that isn't a JSON object, such as a proxy's page.
    pub(crate) not_json: Option<String>,
}

/// Reads as much of an error's body as possible.
pub(crate) fn error_fields(body: &[u8]) -> ErrorFields<'_> {
    let body = without_mark(body);
    match serde_json::from_slice(body) {
        Ok(fields) => ErrorFields {
            fields,
            not_json: None,
        },
        Err(_) => ErrorFields {
            fields: BTreeMap::new(),
            not_json: start_of(body),
        },
    }
}

impl ErrorFields<'_> {
    /// A field that is a string.
    #[cfg(any(feature = "aws-json", feature = "rpc-v2-json"))]
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        let raw = self.fields.get(name)?.get();
        let text = unescape(raw).ok().filter(|_| raw.starts_with('"'));
        text.map(Cow::into_owned)
    }

    /// The message, from any of the fields that services use for it.
    pub(crate) fn message(&self) -> Option<String> {
        self.get(&["message", "Message", "errorMessage"])
            .or_else(|| self.not_json.clone())
    }

    /// The first of these fields that is present and not null.
    pub(crate) fn get(&self, names: &[&str]) -> Option<String> {
        let mut found = names
            .iter()
            .filter_map(|name| self.fields.get(*name))
            .map(|raw| raw.get());
        let raw = found.find(|raw| *raw != "null")?;
        if raw.starts_with('"') {
            unescape(raw).ok().map(Cow::into_owned)
        } else {
            Some(raw.to_owned())
        }
    }
}
