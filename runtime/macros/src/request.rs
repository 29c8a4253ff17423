//! Requests of operations.

use crate::code::Code;
use crate::item::{Attribute, Attributes as _, Item, Kind, Problem};

pub(crate) fn expand(item: &Item) -> Result<Code, Problem> {
    let problem = |message| Problem::new(item.name.span(), message);
    let Kind::Structure(fields) = &item.kind else {
        return Err(problem("expected a structure"));
    };
    let Some(input) = fields.iter().find(|of| of.name.to_string() == "input") else {
        return Err(problem("expected a field `input`"));
    };
    let parts = item.attribute("request").map(Attribute::parts);
    let parts = parts.unwrap_or_default();
    let [operation, output, error, rest @ ..] = parts.as_slice() else {
        return Err(problem("expected `#[request(OPERATION, Output, Error)]`"));
    };
    let arguments = format!(
        "{}, {}, {output}, {error}, {operation}",
        item.name, input.ty
    );
    let parameter = item.parameter.as_ref().map(|name| format!(", {name}"));
    let parameter = parameter.unwrap_or_default();
    let request = format!("::swage_client::__private::request!({arguments}{parameter});");
    let pages = match rest {
        [] => String::new(),
        [option] if option == "paginated" => {
            format!("::swage_client::__private::paginated!({arguments});")
        }
        _ => return Err(problem("unknown option of `#[request]`")),
    };
    Ok(Code::default().text(&(request + &pages)))
}
