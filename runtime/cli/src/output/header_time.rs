//! Times in headers whose text is another member: as in the AWS CLI, a text that is no time is shown alone, and an empty
//! one is no text.

use swage_client::schema::{Kind, Location, Member};
use swage_client::{Any, Record};
use swage_credentials::timestamp;

/// Takes out the times that can't be read and whose text is there, and the texts of empty headers.
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

/// Whether a member is the text of the header that another member has the time of.
fn is_text_of(text: &Member, time: &Member) -> bool {
    let is = |member: &Member, kind| {
        member.location() == Location::Header && member.target().kind() == kind
    };
    is(text, Kind::String)
        && is(time, Kind::Timestamp)
        && text.wire().eq_ignore_ascii_case(time.wire())
}
