//! Enums of strings and of integers. Their last variant, `Unknown`, keeps values that the model doesn't know.

use crate::code::Code;
use crate::debug;
use crate::item::{Attributes as _, Item, Kind, Member, Problem};
use std::fmt::Write as _;

pub(crate) fn string(item: &Item) -> Result<Code, Problem> {
    expand(
        item,
        &Form {
            name: "StringEnum",
            owned: "&'static str",
            borrowed: "&str",
            unknown: "value",
            kept: "::std::borrow::ToOwned::to_owned(value)",
            rest: "string_enum",
        },
    )
}

pub(crate) fn int(item: &Item) -> Result<Code, Problem> {
    expand(
        item,
        &Form {
            name: "IntEnum",
            owned: "i32",
            borrowed: "i32",
            unknown: "*value",
            kept: "value",
            rest: "int_enum",
        },
    )
}

/// Where the two differ.
struct Form {
    /// The trait.
    name: &'static str,
    owned: &'static str,
    borrowed: &'static str,
    /// The value of `Unknown(value)`.
    unknown: &'static str,
    /// The content of `Unknown` for a value.
    kept: &'static str,
    /// The macro that implements what all such enums share.
    rest: &'static str,
}

fn expand(item: &Item, form: &Form) -> Result<Code, Problem> {
    let Kind::Enum(variants) = &item.kind else {
        return Err(Problem::new(item.name.span(), "expected an enum"));
    };
    let [variants @ .., _unknown] = variants.as_slice() else {
        return Err(Problem::new(
            item.name.span(),
            "expected a variant `Unknown`",
        ));
    };
    let is_sensitive = debug::is_redacted(item, &[]);
    let mut text = values(item, variants, form, is_sensitive)?;
    if is_sensitive {
        text += &debug::enumeration(item);
    }
    Ok(Code::default().text(&text))
}

fn values(
    item: &Item,
    variants: &[Member],
    form: &Form,
    is_sensitive: bool,
) -> Result<String, Problem> {
    let (mut values, mut wire, mut from_wire) = (String::new(), String::new(), String::new());
    let mut listed = Vec::new();
    for variant in variants {
        let name = &variant.name;
        let Some(attribute) = variant.attribute("wire") else {
            return Err(Problem::new(name.span(), "expected `#[wire(…)]`"));
        };
        let mut parts = attribute.parts().into_iter();
        let value = parts.next().unwrap_or_default();
        if let Some(place) = parts.next() {
            let Ok(place) = place.replace('_', "").parse::<usize>() else {
                return Err(Problem::new(
                    name.span(),
                    "expected `#[wire(value, place)]`",
                ));
            };
            listed.push((place, value.clone()));
        }
        let _ = write!(values, "{value},");
        let _ = write!(wire, "Self::{name} => {value},");
        let _ = write!(from_wire, "{value} => Self::{name},");
    }
    listed.sort_unstable();
    let listed: Vec<_> = listed.into_iter().map(|(_, value)| value).collect();
    let listed = if listed.is_empty() {
        String::new()
    } else {
        let values = listed.join(",");
        format!("const LISTED: &'static [{}] = &[{values}];", form.owned)
    };
    let secret = if is_sensitive && form.name == "StringEnum" {
        "const IS_SENSITIVE: bool = true;"
    } else {
        ""
    };
    let name = &item.name;
    let Form {
        name: of,
        owned,
        borrowed,
        unknown,
        kept,
        rest,
    } = form;
    Ok(format!(
        "#[allow(deprecated)]
        impl ::swage_client::__private::{of} for {name} {{
            const VALUES: &'static [{owned}] = &[{values}];
            {listed}
            {secret}
            #[inline] fn wire(&self) -> {borrowed} {{
                match self {{ {wire} Self::Unknown(value) => {unknown} }}
            }}
            #[inline] fn from_wire(value: {borrowed}) -> Self {{
                match value {{ {from_wire} _ => Self::Unknown({kept}) }}
            }}
        }}
        #[allow(deprecated)]
        const _: () = {{ ::swage_client::__private::{rest}!({name}); }};"
    ))
}
