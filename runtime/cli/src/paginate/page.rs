//! Finds values in pages, and merges pages. Paths are names of members joined by dots.

use crate::stop::Stop;
use crate::values;
use swage_client::jmespath::{Query, Value};
use swage_client::{Any, Record, Shape};

/// An expression that finds a value in an output.
pub(super) enum Expression {
    Path(&'static str),
    Query(Box<Query>),
}

impl Expression {
    pub(super) fn new(text: &'static str) -> Result<Self, Stop> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
        if text.bytes().all(is_name) {
            return Ok(Self::Path(text));
        }
        let query = Query::compile(text).map_err(Stop::Error)?;
        Ok(Self::Query(Box::new(query)))
    }

    /// A copy of the value, or null.
    pub(super) fn find(&self, output: &Record) -> Result<Any, Stop> {
        match self {
            Self::Path(path) => {
                let (name, rest) = split(path);
                let found = of_record(output, name).and_then(|value| match rest {
                    None => Some(value),
                    Some(rest) => get(value, rest),
                });
                Ok(found.map_or(Any::Null, values::copy))
            }
            Self::Query(query) => {
                let found = query.find(&Value::from(output as &dyn Shape));
                found.map(Any::from).map_err(Stop::Error)
            }
        }
    }
}

fn split(path: &str) -> (&str, Option<&str>) {
    path.split_once('.')
        .map_or((path, None), |(name, rest)| (name, Some(rest)))
}

fn of_record<'a>(record: &'a Record, name: &str) -> Option<&'a Any> {
    let (index, _) = record.schema().member(name)?;
    record
        .get(index)
        .filter(|value| !matches!(value, Any::Null))
}

/// The value at a path; none if it is null.
pub(super) fn get<'a>(value: &'a Any, path: &str) -> Option<&'a Any> {
    let (name, rest) = split(path);
    let found = match value {
        Any::Structure(record) => of_record(record, name),
        Any::Map(entries) => {
            let found = entries.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value)
        }
        _ => None,
    };
    let found = found.filter(|value| !matches!(value, Any::Null))?;
    rest.map_or(Some(found), |rest| get(found, rest))
}

/// A mutable reference to the value at a path.
fn get_mut<'a>(value: &'a mut Any, path: &str) -> Option<&'a mut Any> {
    let (name, rest) = split(path);
    let entries = members(value)?;
    let (_, found) = entries.iter_mut().find(|(key, _)| key == name)?;
    match rest {
        None => Some(found),
        Some(rest) => get_mut(found, rest),
    }
}

/// Replaces the value at a path by null, and returns it.
pub(super) fn take(value: &mut Any, path: &str) -> Option<Any> {
    let found = std::mem::replace(get_mut(value, path)?, Any::Null);
    Some(found).filter(|value| !matches!(value, Any::Null))
}

/// Sets the value at a path. Objects on the way are created.
pub(super) fn set(value: &mut Any, path: &str, new: Any) {
    let (name, rest) = split(path);
    if members(value).is_none() {
        *value = Any::Map(Vec::new());
    }
    let Some(entries) = members(value) else {
        return;
    };
    let at = entries.iter().position(|(key, _)| key == name);
    let at = at.unwrap_or_else(|| {
        entries.push((name.to_owned(), Any::Null));
        entries.len() - 1
    });
    match (entries.get_mut(at), rest) {
        (Some((_, inner)), Some(rest)) => set(inner, rest, new),
        (Some((_, place)), None) => *place = new,
        (None, _) => {}
    }
}

/// The entries of an object. A structure is converted to an object first.
fn members(value: &mut Any) -> Option<&mut Vec<(String, Any)>> {
    if let Any::Structure(record) = value {
        let members = record.schema().members().iter().enumerate();
        let set = members
            .filter_map(|(index, member)| Some((member.name().to_owned(), record.take(index)?)));
        *value = Any::Map(set.collect());
    }
    match value {
        Any::Map(entries) => Some(entries),
        _ => None,
    }
}

/// The values that are taken from the first page only, null included.
pub(super) fn non_aggregate(page: &Any, paths: &[&str]) -> Any {
    let mut found = Any::Map(Vec::new());
    for path in paths {
        set(
            &mut found,
            path,
            get(page, path).map_or(Any::Null, values::copy),
        );
    }
    found
}

/// Removes what an earlier command printed of a page: the first `skip` items of the first result, and of the other results
/// everything but numbers.
pub(super) fn resume(page: &mut Any, results: &[&str], skip: usize) {
    for (index, path) in results.iter().enumerate() {
        match get_mut(page, path) {
            Some(Any::List(values)) if index == 0 => drop(values.drain(..skip.min(values.len()))),
            Some(Any::Map(entries)) if index == 0 => drop(entries.drain(..skip.min(entries.len()))),
            Some(Any::String(text)) if index == 0 => *text = text.chars().skip(skip).collect(),
            Some(Any::List(values)) => values.clear(),
            Some(Any::String(text)) => text.clear(),
            Some(Any::Number(_)) if index > 0 => {}
            Some(other) => *other = Any::Null,
            None => {}
        }
    }
}

/// The number of items in a result.
pub(super) fn length(items: Option<&Any>) -> i64 {
    let length = match items {
        None => 0,
        Some(Any::List(values)) => values.len(),
        Some(Any::Map(entries)) => entries.len(),
        Some(Any::String(text)) => text.chars().count(),
        Some(_) => 1,
    };
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Keeps the first `keep` items of a result.
pub(super) fn truncate(page: &mut Any, path: &str, keep: i64) {
    let keep = usize::try_from(keep).unwrap_or(0);
    match get_mut(page, path) {
        Some(Any::List(values)) => values.truncate(keep),
        Some(Any::Map(entries)) => entries.truncate(keep),
        Some(Any::String(text)) => *text = text.chars().take(keep).collect(),
        _ => {}
    }
}

/// Merges a result with that of earlier pages: items are appended, numbers are added.
pub(super) fn join(all: &mut Any, path: &str, more: Any) {
    match (get_mut(all, path), more) {
        (Some(Any::List(before)), Any::List(more)) => before.extend(more),
        (Some(Any::Map(before)), Any::Map(more)) => before.extend(more),
        (Some(Any::String(before)), Any::String(more)) => before.push_str(&more),
        (Some(Any::Number(before)), Any::Number(more)) => *before = sum(before, &more),
        (None | Some(Any::Null), more) => set(all, path, more),
        (Some(_), _) => {}
    }
}

fn sum(a: &str, b: &str) -> String {
    let whole = a.parse::<i64>().ok().zip(b.parse::<i64>().ok());
    if let Some(sum) = whole.and_then(|(a, b)| a.checked_add(b)) {
        return sum.to_string();
    }
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    (number(a) + number(b)).to_string()
}

/// Adds the entries of `more` to an object. Objects are merged, other values replaced.
pub(super) fn merge(into: &mut Any, more: Any) {
    let (Any::Map(into), Any::Map(more)) = (into, more) else {
        return;
    };
    for (name, value) in more {
        match into.iter_mut().find(|(known, _)| *known == name) {
            Some((_, place)) if matches!((&*place, &value), (Any::Map(_), Any::Map(_))) => {
                merge(place, value);
            }
            Some((_, place)) => *place = value,
            None => into.push((name, value)),
        }
    }
}
