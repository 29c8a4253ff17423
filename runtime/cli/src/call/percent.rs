//! Strings that a service percent-encodes because the command asks for it.

use crate::command::Command;
use crate::command::outfiles::PercentEncoding;
use percent_encoding::percent_decode_str;
use swage_client::{Any, Record};

/// Asks for the encoding, unless the caller has set the member.
pub(super) fn ask(command: &Command, input: &mut Record) -> Option<PercentEncoding> {
    let encoding = command.percent_encoding?;
    let (index, _) = input.schema().member(encoding.member)?;
    if input.get(index).is_some() {
        return None;
    }
    input.set(index, Any::String(encoding.value.to_owned()));
    Some(encoding)
}

/// Decodes the strings of an output if the service says that they are encoded. Takes the request for it back.
pub(super) fn decode(encoding: PercentEncoding, input: &mut Record, output: &mut Record) {
    if let Some((index, _)) = input.schema().member(encoding.member) {
        input.take(index);
    }
    let told = output.schema().member(encoding.member);
    let told = told.and_then(|(index, _)| output.get(index));
    if !matches!(told, Some(Any::String(value)) if value == encoding.value) {
        return;
    }
    for path in encoding.paths {
        decode_at(output, path);
    }
}

fn decode_at(record: &mut Record, path: &str) {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let name = first.strip_suffix("[]").unwrap_or(first);
    let Some((index, _)) = record.schema().member(name) else {
        return;
    };
    if let Some(mut value) = record.take(index) {
        decode_value(&mut value, rest);
        record.set(index, value);
    }
}

fn decode_value(value: &mut Any, rest: Option<&str>) {
    match (value, rest) {
        (Any::List(elements), _) => elements
            .iter_mut()
            .for_each(|element| decode_value(element, rest)),
        (Any::Structure(record), Some(rest)) => decode_at(record, rest),
        (Any::String(text), None) => {
            // A space is encoded as a plus, as in forms.
            let spaced = text.replace('+', " ");
            *text = percent_decode_str(&spaced).decode_utf8_lossy().into_owned();
        }
        _ => {}
    }
}
