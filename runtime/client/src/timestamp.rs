//! Timestamps as text, the same in every protocol.

use crate::error::{DecodeError, EncodeError};
use crate::schema::TimestampFormat;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// A timestamp in one of Smithy's formats.
pub(crate) fn format_timestamp(
    value: &DateTime,
    format: TimestampFormat,
) -> Result<String, EncodeError> {
    let format = match format {
        TimestampFormat::DateTime => Format::DateTime,
        TimestampFormat::HttpDate => Format::HttpDate,
        TimestampFormat::EpochSeconds => Format::EpochSeconds,
    };
    value
        .fmt(format)
        .map_err(|_| EncodeError::new("the timestamp is outside the years 1 to 9999"))
}

/// Reads a timestamp in one of Smithy's formats. An RFC 3339 one may have an offset.
pub(crate) fn parse_timestamp(
    text: &str,
    format: TimestampFormat,
) -> Result<DateTime, DecodeError> {
    let (read, what) = match format {
        TimestampFormat::DateTime => (
            DateTime::from_str(text, Format::DateTimeWithOffset).ok(),
            "an RFC 3339 date and time",
        ),
        TimestampFormat::HttpDate => (
            DateTime::from_str(text, Format::HttpDate).ok(),
            "an HTTP date",
        ),
        TimestampFormat::EpochSeconds => (parse_epoch_seconds(text), "seconds since 1970"),
    };
    read.ok_or_else(|| DecodeError::new(format!("the timestamp is not {what}")))
}

/// Reads a timestamp in any of Smithy's formats.
pub(crate) fn parse_any_timestamp(text: &str) -> Option<DateTime> {
    use TimestampFormat::{DateTime as Rfc3339, EpochSeconds, HttpDate};
    [Rfc3339, HttpDate, EpochSeconds]
        .into_iter()
        .find_map(|format| parse_timestamp(text, format).ok())
}

/// Seconds with any number of decimals (those below a nanosecond are dropped), or in scientific notation.
fn parse_epoch_seconds(text: &str) -> Option<DateTime> {
    if text.contains(['e', 'E']) {
        return text
            .parse()
            .ok()
            .filter(|seconds: &f64| seconds.abs() < 1e15)
            .map(DateTime::from_secs_f64);
    }
    let end = text
        .find('.')
        .map_or(text.len(), |point| text.len().min(point + 10));
    DateTime::from_str(text.get(..end)?, Format::EpochSeconds).ok()
}
