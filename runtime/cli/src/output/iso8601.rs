//! `cli_timestamp_format = iso8601`: converts all timestamps of a response. Those that have no such form are kept.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use swage_client::schema::{Kind, Member, Schema};
use swage_client::{Any, Record, jmespath::iso8601};

/// Converts the timestamps of a record.
pub(crate) fn record(mut record: Record) -> Record {
    for (index, member) in record.schema().members().iter().enumerate() {
        if let Some(inner) = record.take(index) {
            record.set(index, value(inner, member.target()));
        }
    }
    record
}

fn value(inner: Any, schema: &'static Schema) -> Any {
    let element = schema.members().last().map(Member::target);
    match (schema.kind(), inner, element) {
        (_, Any::Structure(inner), _) => Any::Structure(record(inner)),
        (Kind::List, Any::List(list), Some(element)) => Any::List(
            list.into_iter()
                .map(|inner| value(inner, element))
                .collect(),
        ),
        (Kind::Map, Any::Map(map), Some(element)) => {
            let entry = |(key, inner)| (key, value(inner, element));
            Any::Map(map.into_iter().map(entry).collect())
        }
        (Kind::Timestamp, Any::Number(text), _) => match told(&text) {
            Some(time) => Any::String(time),
            None => Any::Number(text),
        },
        (Kind::Timestamp, Any::String(text), _) => Any::String(told(&text).unwrap_or(text)),
        (_, inner, _) => inner,
    }
}

/// A time in ISO 8601; none if it isn't a time, or if the year doesn't have four digits.
fn told(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(time) = seconds(text) {
        return iso8601(&time);
    }
    // A leap second would become the microsecond before it, so it is kept.
    let written = DateTime::from_str(text, Format::DateTimeWithOffset);
    if let Some(time) = written.ok().filter(|_| !text.contains(":60")) {
        return at_offset(&time, text);
    }
    iso8601(&DateTime::from_str(text, Format::HttpDate).ok()?)
}

/// Seconds since 1970, to the nearest microsecond.
#[allow(clippy::cast_possible_truncation)] // far from any bound
fn seconds(text: &str) -> Option<DateTime> {
    let seconds = text.parse::<f64>().ok();
    let seconds = seconds.filter(|seconds| seconds.abs() < 1e12)?;
    let micros = (seconds.fract() * 1e6).round_ties_even() as i128;
    let micros = seconds.trunc() as i128 * 1_000_000 + micros;
    DateTime::from_nanos(micros * 1000).ok()
}

/// The time with the offset at the end of its text.
fn at_offset(time: &DateTime, text: &str) -> Option<String> {
    let offset = text.len().checked_sub(6).and_then(|at| text.get(at..));
    let Some((offset, seconds)) = offset.and_then(|offset| Some((offset, of_offset(offset)?)))
    else {
        return iso8601(time);
    };
    let local =
        DateTime::from_secs_and_nanos(time.secs().checked_add(seconds)?, time.subsec_nanos());
    let local = iso8601(&local)?;
    Some(local.replace("+00:00", offset))
}

/// An offset like `+01:30` in seconds.
fn of_offset(offset: &str) -> Option<i64> {
    let (hours, minutes) = offset.split_once(':')?;
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    match offset.as_bytes().first()? {
        b'+' => Some(hours * 3600 + minutes * 60),
        b'-' => Some(hours * 3600 - minutes * 60),
        _ => None,
    }
}
