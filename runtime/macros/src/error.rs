//! The errors of a service: a variant for each modeled error, and one for each kind of failure.

use crate::code::Code;
use crate::item::{Attributes as _, Item, Kind, Member, Problem};
use crate::names::snake;
use std::fmt::Write as _;

/// The variants that no model names.
const OWN: [&str; 6] = [
    "Unhandled",
    "Input",
    "Config",
    "Transport",
    "Timeout",
    "Response",
];

pub(crate) fn expand(item: &Item) -> Result<Code, Problem> {
    let Kind::Enum(variants) = &item.kind else {
        return Err(Problem::new(item.name.span(), "expected an enum"));
    };
    let Some(service) = item.attribute("service").map(|of| &of.argument) else {
        return Err(Problem::new(
            item.name.span(),
            "expected `#[service(SERVICE)]`",
        ));
    };
    let is_modeled = |of: &&Member| !OWN.contains(&of.name.to_string().as_str());
    let mut modeled = String::new();
    for Member { name, ty, .. } in variants.iter().filter(is_modeled) {
        let is = snake(name.to_string().trim_start_matches("r#"));
        let _ = write!(modeled, "{name}({ty}), is_{is};");
    }
    Ok(Code::default().text(&format!(
        "::swage_client::__private::service_errors!({}, {service}; {modeled});",
        item.name
    )))
}
