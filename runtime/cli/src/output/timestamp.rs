//! Timestamps as text.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// `2024-01-02T03:04:05+00:00`, with six digits of fraction when there is one.
pub(crate) fn iso8601(time: &DateTime) -> String {
    let whole = DateTime::from_secs(time.secs())
        .fmt(Format::DateTime)
        .unwrap_or_else(|_| time.secs().to_string());
    let micros = time.subsec_nanos() / 1000;
    let fraction = if micros == 0 {
        String::new()
    } else {
        format!(".{micros:06}")
    };
    format!("{}{fraction}+00:00", whole.trim_end_matches('Z'))
}
