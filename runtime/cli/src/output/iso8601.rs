//! `cli_timestamp_format = iso8601`: every timestamp of a response in that form, however it came.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use swage_client::schema::{Kind, Member, Schema};
use swage_client::{Any, Record, jmespath::iso8601};

/// The record with its timestamps in ISO 8601; the error is what to tell the user.
pub(crate) fn record(mut record: Record) -> Result<Record, String> {
    for (index, member) in record.schema().members().iter().enumerate() {
        if let Some(inner) = record.take(index) {
            record.set(index, value(inner, member.target())?);
        }
    }
    Ok(record)
}

fn value(inner: Any, schema: &'static Schema) -> Result<Any, String> {
    let element = schema.members().last().map(Member::target);
    Ok(match (schema.kind(), inner, element) {
        (_, Any::Structure(inner), _) => Any::Structure(record(inner)?),
        (Kind::List, Any::List(list), Some(element)) => Any::List(
            list.into_iter()
                .map(|inner| value(inner, element))
                .collect::<Result<_, _>>()?,
        ),
        (Kind::Map, Any::Map(map), Some(element)) => {
            let entry = |(key, inner)| Ok((key, value(inner, element)?));
            Any::Map(map.into_iter().map(entry).collect::<Result<_, String>>()?)
        }
        (Kind::Timestamp, Any::Number(text) | Any::String(text), _) => {
            let time = seconds(&text).or_else(|| written(&text));
            let time = time.ok_or_else(|| format!("Invalid timestamp in the response: {text}"))?;
            Any::String(iso8601(&time))
        }
        (_, inner, _) => inner,
    })
}

fn seconds(text: &str) -> Option<DateTime> {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|seconds| seconds.abs() < 1e12)
        .map(DateTime::from_secs_f64)
}

fn written(text: &str) -> Option<DateTime> {
    let formats = [Format::DateTimeWithOffset, Format::HttpDate];
    formats
        .into_iter()
        .find_map(|format| DateTime::from_str(text.trim(), format).ok())
}
