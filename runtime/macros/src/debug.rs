//! `Debug` that hides sensitive members.

use crate::item::{Attributes as _, Item, Member};

const REDACTED: &str = "&::swage_client::__private::REDACTED";

/// Whether something of it is sensitive.
pub(crate) fn is_redacted(item: &Item, members: &[Member]) -> bool {
    item.has("sensitive") || members.iter().any(|of| of.has("sensitive"))
}

/// `own` is a field that isn't a member.
pub(crate) fn structure(item: &Item, members: &[Member], own: Option<&str>) -> String {
    let field = |member: &Member| {
        let name = &member.name;
        let shown = name.to_string();
        let shown = shown.trim_start_matches("r#");
        if item.has("sensitive") || member.has("sensitive") {
            format!(".field({shown:?}, {REDACTED})")
        } else {
            format!(".field({shown:?}, &self.{name})")
        }
    };
    let own = own.map(|name| format!(".field({name:?}, &self.{name})"));
    let fields: String = members.iter().map(field).chain(own).collect();
    debug(
        item,
        &format!("f.debug_struct(stringify!({})){fields}.finish()", item.name),
    )
}

/// What a union of another version of the model holds may be sensitive, too.
pub(crate) fn union(item: &Item, variants: &[Member]) -> String {
    let arm = |variant: &Member| {
        let name = &variant.name;
        let (value, shown) = if item.has("sensitive") || variant.has("sensitive") {
            ("_", REDACTED)
        } else {
            ("value", "value")
        };
        format!(
            "Self::{name}({value}) => f.debug_tuple(stringify!({name})).field({shown}).finish(),"
        )
    };
    let arms: String = variants.iter().map(arm).collect();
    let unknown =
        format!("Self::Unknown(_) => f.debug_tuple(\"Unknown\").field({REDACTED}).finish(),");
    debug(item, &format!("match self {{ {arms} {unknown} }}"))
}

pub(crate) fn enumeration(item: &Item) -> String {
    debug(item, &format!("f.write_str({REDACTED})"))
}

fn debug(item: &Item, body: &str) -> String {
    format!(
        "#[allow(deprecated)]
        impl ::core::fmt::Debug for {} {{
            #[inline] fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{ {body} }}
        }}",
        item.name
    )
}
