//! `Debug` that hides sensitive members.

use crate::item::{Attributes as _, Item, Member};

const REDACTED: &str = "&::swage_client::__private::REDACTED";

/// Whether something of it is sensitive.
pub(crate) fn is_redacted(item: &Item, members: &[Member]) -> bool {
    item.has("sensitive") || members.iter().any(|of| of.has("sensitive"))
}

/// `own` is a field that isn't a member.
pub(crate) fn structure(item: &Item, members: &[Member], own: Option<&str>) -> String {
    let fields = fields(item, members, |member| format!("self.{}", member.name));
    let own = own.map(|name| format!(".field({name:?}, &self.{name})"));
    debug(
        item,
        &format!(
            "f.debug_struct(stringify!({})){fields}{}.finish()",
            item.name,
            own.unwrap_or_default()
        ),
    )
}

/// What `Debug` of a builder does, which shows members. Where all of them are in the structure, its own `Debug` shows them.
pub(crate) fn builder(item: &Item, members: &[Member], own: Option<&str>) -> String {
    let name = &item.name;
    if members.iter().all(|of| of.optional().is_some()) {
        return format!(
            "::swage_client::__private::debug_builder(stringify!({name}Builder), &self.made, f)"
        );
    }
    let fields = fields(item, members, |member| {
        let made = member.optional().map_or("", |_| "made.");
        format!("self.{made}{}", member.name)
    });
    let own = own.map(|name| format!(".field({name:?}, &self.made.{name})"));
    format!(
        "f.debug_struct(stringify!({name}Builder)){fields}{}.finish()",
        own.unwrap_or_default()
    )
}

fn fields(item: &Item, members: &[Member], place: impl Fn(&Member) -> String) -> String {
    let field = |member: &Member| {
        let name = member.bare_name();
        if item.has("sensitive") || member.has("sensitive") {
            format!(".field({name:?}, {REDACTED})")
        } else {
            format!(".field({name:?}, &{})", place(member))
        }
    };
    members.iter().map(field).collect()
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
