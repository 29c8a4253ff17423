//! `--cli-input-json`: members that aren't set by options.

use crate::paramfile::{self, Loaded};
use crate::stop::Stop;
use swage_client::Any;
use swage_client::json;

/// Adds the members of a JSON text, or of a file that it names, except those that are set already.
pub(crate) fn add(given: &str, members: &mut Vec<(String, Any)>) -> Result<(), Stop> {
    let text = load(given)?;
    let value = json::parse(&text).map_err(|error| {
        Stop::parameter(
            "cli-input-json",
            format_args!("Invalid JSON: {error}\nJSON received: {text}"),
        )
    })?;
    let Any::Map(entries) = value else {
        return Err(Stop::parameter(
            "cli-input-json",
            "the JSON must be an object whose keys are the parameters",
        ));
    };
    for (name, value) in entries {
        if !members.iter().any(|(known, _)| *known == name) {
            members.push((name, value));
        }
    }
    Ok(())
}

fn load(given: &str) -> Result<String, Stop> {
    match paramfile::load(given) {
        None => Ok(given.to_owned()),
        Some(Ok(Loaded::Text(text))) => Ok(text),
        Some(Ok(Loaded::Bytes(bytes))) => String::from_utf8(bytes)
            .map_err(|_| Stop::parameter("cli-input-json", "Invalid JSON: not UTF-8")),
        Some(Err(what)) => Err(Stop::parameter("--cli-input-json", what)),
    }
}
