//! The tokens of a page, and the form in which a command prints them.

use crate::stop::Stop;
use crate::values;
use aws_smithy_types::base64;
use std::fmt::Write as _;
use swage_client::Any;
use swage_client::json;
use swage_client::schema::{Kind, Member, Schema};

/// The key for the number of items that were printed of a page.
const AMOUNT: &str = "boto_truncate_amount";
/// The key for the paths of values that are bytes in base64.
const ENCODED: &str = "boto_encoded_keys";

/// The tokens of a page by members of the input; null where there is none.
pub(super) struct Tokens(Vec<(&'static str, Any)>);

impl Tokens {
    /// The tokens of the first page: none.
    pub(super) fn first(names: &[&'static str]) -> Self {
        Self(names.iter().map(|name| (*name, Any::Null)).collect())
    }

    /// The tokens that were found in an output. Empty ones become null.
    pub(super) fn new(input: &Schema, names: &[&'static str], found: Vec<Any>) -> Self {
        let token = |(name, token): (&'static str, Any)| match input.member(name) {
            _ if token.is_blank() => (name, Any::Null),
            Some((_, member)) => (name, with_bytes(token, member.target())),
            None => (name, token),
        };
        Self(names.iter().copied().zip(found).map(token).collect())
    }

    pub(super) fn are_none(&self) -> bool {
        self.0.iter().all(|(_, token)| matches!(token, Any::Null))
    }

    /// A copy of each token, by member of the input.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'static str, Option<Any>)> {
        self.0.iter().map(|(name, token)| match token {
            Any::Null => (*name, None),
            Any::String(text) if text == "None" => (*name, None),
            token => (*name, Some(values::copy(token))),
        })
    }

    fn entries(&self) -> Vec<(String, Any)> {
        let entry = |(name, token): &(&str, Any)| ((*name).to_owned(), values::copy(token));
        self.0.iter().map(entry).collect()
    }

    /// The token for `--starting-token`: base64 of `{"NextToken": …, "boto_truncate_amount": …}`.
    pub(super) fn encode(&self, amount: Option<i64>) -> String {
        let mut entries = self.entries();
        entries.extend(amount.map(|amount| (AMOUNT.to_owned(), Any::Number(amount.to_string()))));
        let mut all = Any::Map(entries);
        let mut encoded = Vec::new();
        bytes_in(&all, &mut Vec::new(), &mut encoded);
        if let (Any::Map(entries), false) = (&mut all, encoded.is_empty()) {
            entries.push((ENCODED.to_owned(), Any::List(encoded)));
        }
        base64::encode(ascii(&values::to_json(&all)))
    }

    /// The tokens in the value of `--starting-token`, and how many items of their page were printed. A text in another form
    /// is taken for the service's own token.
    pub(super) fn decode(text: &str, names: &[&'static str]) -> Result<(Self, usize), Stop> {
        let decoded = base64::decode(text).ok();
        let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
        let Some(mut all @ Any::Map(_)) = decoded.and_then(|text| json::parse(&text).ok()) else {
            return plain(text, names);
        };
        for path in take(&mut all, ENCODED).into_iter().flat_map(list) {
            decode_bytes(&mut all, list(path));
        }
        let amount = match take(&mut all, AMOUNT) {
            Some(Any::Number(amount)) => amount.parse().unwrap_or(0),
            _ => 0,
        };
        let token = |name: &&'static str| (*name, take(&mut all, name).unwrap_or(Any::Null));
        Ok((Self(names.iter().map(token).collect()), amount))
    }
}

/// Reads the AWS CLI's older form: tokens and optionally the number of items, joined by `___`.
fn plain(text: &str, names: &[&'static str]) -> Result<(Tokens, usize), Stop> {
    let mut parts: Vec<&str> = text.split("___").collect();
    let mut amount = 0;
    if parts.len() == names.len() + 1 {
        match parts.pop().unwrap_or_default().parse() {
            Ok(number) => amount = number,
            Err(_) => parts = vec![text],
        }
    }
    if parts.len() > names.len() {
        return Err(Stop::Error(format!("Bad starting token: {text}")));
    }
    let token = |(index, name): (usize, &&'static str)| match parts.get(index) {
        None | Some(&"None") => (*name, Any::Null),
        Some(part) => (*name, Any::String((*part).to_owned())),
    };
    Ok((
        Tokens(names.iter().enumerate().map(token).collect()),
        amount,
    ))
}

/// Decodes strings where the schema has blobs: in an output, blobs may still be base64.
fn with_bytes(value: Any, schema: &'static Schema) -> Any {
    let element = schema.members().last().map(Member::target);
    match (value, schema.kind(), element) {
        (Any::String(text), Kind::Blob, _) => match base64::decode(&text) {
            Ok(bytes) => Any::Blob(bytes),
            Err(_) => Any::String(text),
        },
        (Any::List(values), Kind::List, Some(element)) => {
            let values = values.into_iter().map(|value| with_bytes(value, element));
            Any::List(values.collect())
        }
        (Any::Map(entries), Kind::Map, Some(element)) => {
            let entry = |(key, value)| (key, with_bytes(value, element));
            Any::Map(entries.into_iter().map(entry).collect())
        }
        (Any::Map(entries), Kind::Structure | Kind::Union, _) => {
            let entry = |(key, value): (String, Any)| {
                let member = schema.member(&key);
                let value = match member {
                    Some((_, member)) => with_bytes(value, member.target()),
                    None => value,
                };
                (key, value)
            };
            Any::Map(entries.into_iter().map(entry).collect())
        }
        (value, ..) => value,
    }
}

/// Collects the paths of bytes, as lists of keys and indices.
fn bytes_in(value: &Any, path: &mut Vec<Any>, found: &mut Vec<Any>) {
    match value {
        Any::Blob(_) => found.push(Any::List(path.iter().map(values::copy).collect())),
        Any::Map(entries) => {
            for (key, value) in entries {
                path.push(Any::String(key.clone()));
                bytes_in(value, path, found);
                path.pop();
            }
        }
        Any::List(values) => {
            for (index, value) in values.iter().enumerate() {
                path.push(Any::Number(index.to_string()));
                bytes_in(value, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Decodes the base64 at a path.
fn decode_bytes(value: &mut Any, path: Vec<Any>) {
    let mut place = Some(value);
    for step in path {
        place = match (place, step) {
            (Some(Any::Map(entries)), Any::String(key)) => {
                let found = entries.iter_mut().find(|(known, _)| *known == key);
                found.map(|(_, value)| value)
            }
            (Some(Any::List(values)), Any::Number(index)) => index
                .parse()
                .ok()
                .and_then(|index: usize| values.get_mut(index)),
            _ => None,
        };
    }
    if let Some(place) = place
        && let Any::String(text) = place
        && let Ok(bytes) = base64::decode(text.as_str())
    {
        *place = Any::Blob(bytes);
    }
}

fn take(value: &mut Any, name: &str) -> Option<Any> {
    let Any::Map(entries) = value else {
        return None;
    };
    let at = entries.iter().position(|(key, _)| key == name)?;
    Some(entries.remove(at).1)
}

fn list(value: Any) -> Vec<Any> {
    match value {
        Any::List(values) => values,
        _ => Vec::new(),
    }
}

/// Escapes all characters of JSON that aren't ASCII.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}
