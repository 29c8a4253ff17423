//! `--output text`: a line of tab-separated values for each row, starting with the name of the list or object.

use std::collections::BTreeSet;
use std::io::Write;

use super::Error;
use swage_client::jmespath::{Entry, Value};

/// Writes the value.
pub(super) fn write(to: &mut dyn Write, value: &Value) -> Result<(), Error> {
    item(to, value, None, None)
}

/// Writes a map. `columns` are the keys of its line if it is an element of a list.
fn item(
    to: &mut dyn Write,
    value: &Value,
    name: Option<&str>,
    columns: Option<&BTreeSet<&str>>,
) -> Result<(), Error> {
    match value {
        Value::Map(entries) => map(to, entries, name, columns),
        Value::List(elements) => list(to, elements, name),
        scalar => Ok(writeln!(to, "{scalar}")?),
    }
}

/// Writes a list: scalars first, then the other elements.
fn list(to: &mut dyn Write, elements: &[Value], name: Option<&str>) -> Result<(), Error> {
    let (scalars, others): (Vec<_>, Vec<_>) =
        elements.iter().partition(|element| element.is_scalar());
    if !scalars.is_empty() {
        scalar_list(to, &scalars, name)?;
    }
    let columns = scalar_keys(elements);
    others
        .into_iter()
        .try_for_each(|element| item(to, element, name, Some(&columns)))
}

fn scalar_list(to: &mut dyn Write, scalars: &[&Value], name: Option<&str>) -> Result<(), Error> {
    match name {
        Some(name) => {
            let name = name.to_uppercase();
            scalars
                .iter()
                .try_for_each(|value| writeln!(to, "{name}\t{value}"))?;
        }
        None => row(to, scalars.iter().map(ToString::to_string))?,
    }
    Ok(())
}

fn row(to: &mut dyn Write, cells: impl Iterator<Item = String>) -> Result<(), Error> {
    for (index, cell) in cells.enumerate() {
        write!(to, "{}{cell}", if index == 0 { "" } else { "\t" })?;
    }
    Ok(writeln!(to)?)
}

/// The keys that are scalar in any of the maps.
fn scalar_keys(elements: &[Value]) -> BTreeSet<&str> {
    let maps = elements.iter().filter_map(|element| match element {
        Value::Map(entries) => Some(entries),
        _ => None,
    });
    let entries = maps.flat_map(|entries| entries.iter());
    let scalars = entries.filter(|(_, value)| value.is_scalar());
    scalars.map(|(key, _)| &**key).collect()
}

fn map(
    to: &mut dyn Write,
    entries: &[Entry],
    name: Option<&str>,
    columns: Option<&BTreeSet<&str>>,
) -> Result<(), Error> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let cells: Vec<String> = match columns {
        None => sorted
            .iter()
            .filter(|(_, value)| value.is_scalar())
            .map(|(_, value)| value.to_string())
            .collect(),
        Some(columns) => columns.iter().map(|column| cell(&sorted, column)).collect(),
    };
    if !cells.is_empty() {
        row(to, name.map(str::to_uppercase).into_iter().chain(cells))?;
    }
    let in_line = |key: &str, value: &Value| {
        columns.map_or(value.is_scalar(), |columns| columns.contains(key))
    };
    for (key, value) in sorted
        .into_iter()
        .filter(|(key, value)| !in_line(key, value))
    {
        item(to, value, Some(key), None)?;
    }
    Ok(())
}

fn cell(sorted: &[&Entry], column: &str) -> String {
    let found = sorted
        .binary_search_by(|(key, _)| (**key).cmp(column))
        .ok()
        .and_then(|index| sorted.get(index));
    found
        .map(|(_, value)| value.to_string())
        .unwrap_or_default()
}
