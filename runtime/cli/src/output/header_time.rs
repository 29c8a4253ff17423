//! Timestamps in headers that also have a member for their text, as `Expires` and `ExpiresString`. As in the AWS CLI, only
//! the text is shown if it isn't a time, and neither is if it is empty.

use swage_client::schema::{Kind, Location, Member};
use swage_client::{Any, Record};
use swage_credentials::timestamp;

/// Removes times that can't be parsed if there is a member for their text, and texts of empty headers.
pub(crate) fn drop_unreadable(record: &mut Record) {
    let members = record.schema().members();
    for (index, member) in members.iter().enumerate() {
        let Some(text_index) = members.iter().position(|other| is_text_of(other, member)) else {
            continue;
        };
        match record.get(index) {
            Some(Any::String(text)) if text.is_empty() => drop(record.take(text_index)),
            Some(Any::String(text)) if timestamp::parse(text).is_none() => drop(record.take(index)),
            _ => {}
        }
    }
}

/// Whether a member has the text of the header that another member has the time of.
fn is_text_of(text: &Member, time: &Member) -> bool {
    let is = |member: &Member, kind| {
        member.location() == Location::Header && member.target().kind() == kind
    };
    is(text, Kind::String)
        && is(time, Kind::Timestamp)
        && text.wire().eq_ignore_ascii_case(time.wire())
}
