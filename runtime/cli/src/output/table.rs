//! `--output table`: boxes, nested ones indented.

mod layout;
mod section;
mod width;

use std::collections::BTreeSet;
use std::io::Write;

use super::{Error, Style};
use section::Section;
use swage_client::jmespath::{Entry, Value};

pub(super) use layout::RESET;

/// Writes the value; nothing when it is blank.
pub(super) fn write(
    to: &mut dyn Write,
    style: Style,
    title: &str,
    value: &Value,
) -> Result<(), Error> {
    let mut sections = Vec::new();
    add(&mut sections, Some(title), value, 0)?;
    if sections.is_empty() {
        Ok(())
    } else {
        Ok(layout::write(to, style, sections)?)
    }
}

/// Adds a value: in a section of its own when it has a title, else to the last one.
fn add(
    sections: &mut Vec<Section>,
    title: Option<&str>,
    value: &Value,
    level: usize,
) -> Result<(), Error> {
    if value.is_blank() {
        return Ok(());
    }
    if title.is_some() {
        sections.push(Section::new(title, level));
    }
    match value {
        Value::Map(entries) => add_map(sections, entries, level),
        Value::List(list) if matches!(list.first(), Some(Value::Map(_))) => {
            add_rows(sections, list, title, level)
        }
        Value::List(list) => list
            .iter()
            .try_for_each(|element| add_element(sections, element)),
        _ => Ok(()),
    }
}

fn add_map(sections: &mut Vec<Section>, entries: &[Entry], level: usize) -> Result<(), Error> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let (scalars, others): (Vec<&Entry>, Vec<&Entry>) =
        sorted.into_iter().partition(|(_, value)| value.is_scalar());
    match &*scalars {
        [] => {}
        [(key, value)] => add_row(sections, vec![(**key).to_owned(), value.to_string()])?,
        _ => {
            add_headers(
                sections,
                scalars.iter().map(|(key, _)| (**key).to_owned()).collect(),
            )?;
            add_row(
                sections,
                scalars.iter().map(|(_, value)| value.to_string()).collect(),
            )?;
        }
    }
    others
        .into_iter()
        .try_for_each(|(key, value)| add(sections, Some(key), value, level + 1))
}

/// A list of maps: a row each. When any has nested values, each starts a section and is followed by
/// its own.
fn add_rows(
    sections: &mut Vec<Section>,
    list: &[Value],
    title: Option<&str>,
    level: usize,
) -> Result<(), Error> {
    let (headers, nested) = keys(list)?;
    let header_row = || headers.iter().map(|header| (*header).to_owned()).collect();
    for (index, element) in list.iter().enumerate() {
        if index > 0 && !nested.is_empty() {
            sections.push(Section::new(title, level));
        }
        if index == 0 || !nested.is_empty() {
            add_headers(sections, header_row())?;
        }
        let entries: &[Entry] = match element {
            Value::Map(entries) => entries,
            _ if headers.is_empty() => &[],
            _ => return Err(Error::mixed_list("a table")),
        };
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let find = |key: &str| {
            sorted
                .binary_search_by(|(k, _)| (**k).cmp(key))
                .ok()
                .and_then(|index| sorted.get(index))
        };
        let cell = |header: &&str| {
            find(header)
                .map(|(_, value)| value.to_string())
                .unwrap_or_default()
        };
        add_row(sections, headers.iter().map(cell).collect())?;
        for (key, value) in sorted.iter().filter(|(key, _)| nested.contains(&**key)) {
            add(sections, Some(key), value, level + 1)?;
        }
    }
    Ok(())
}

/// The keys that are scalar in any of the maps, and those that are not.
fn keys(list: &[Value]) -> Result<(BTreeSet<&str>, BTreeSet<&str>), Error> {
    let (mut scalar, mut nested) = (BTreeSet::new(), BTreeSet::new());
    for element in list {
        let entries = match element {
            Value::Map(entries) => entries,
            // Among objects without scalars it is a row without cells.
            Value::List(list) if list.is_empty() => continue,
            _ => return Err(Error::mixed_list("a table")),
        };
        for (key, value) in entries.iter() {
            if value.is_scalar() {
                scalar.insert(&**key)
            } else {
                nested.insert(&**key)
            };
        }
    }
    Ok((scalar, nested))
}

/// An element of a list that doesn't start with a map.
fn add_element(sections: &mut Vec<Section>, element: &Value) -> Result<(), Error> {
    match element {
        Value::List(list) if list.iter().all(Value::is_scalar) => {
            add_row(sections, list.iter().map(ToString::to_string).collect())
        }
        Value::List(_) => add(sections, None, element, 0),
        Value::Map(entries) => add_row(
            sections,
            entries.iter().map(|(key, _)| (**key).to_owned()).collect(),
        ),
        scalar => add_row(sections, vec![scalar.to_string()]),
    }
}

fn add_row(sections: &mut [Section], row: Vec<String>) -> Result<(), Error> {
    sections
        .last_mut()
        .map_or(Ok(()), |section| section.add_row(row))
}

fn add_headers(sections: &mut [Section], headers: Vec<String>) -> Result<(), Error> {
    sections
        .last_mut()
        .map_or(Ok(()), |section| section.set_headers(headers))
}
