//! Getters, and the setters of builders: `x` takes a value, or appends one to a list or map; `set_x` takes an `Option`.

use crate::code::Code;
use crate::item::{Attributes as _, Member};
use crate::members::{Kind, parameter};
use proc_macro::{Ident, TokenStream};

/// The getters of a structure.
pub(crate) fn getters(members: &[Member]) -> Code {
    members
        .iter()
        .fold(Code::default(), |code, member| code.code(getter(member)))
}

fn getter(member: &Member) -> Code {
    let (ty, name) = (member.plain(), &member.name);
    let is_optional = member.optional().is_some();
    let (returned, method) = match member.kind() {
        Kind::Copied => (ty.to_string(), ""),
        Kind::List(element) => {
            let value = if is_optional {
                format!("self.{name}.as_deref().unwrap_or_default()")
            } else {
                format!("&self.{name}")
            };
            return plain_getter(member, &format!("&[{element}]"), &value);
        }
        Kind::Text => ("&str".to_owned(), ".as_deref()"),
        Kind::Boxed(inner) => (format!("&{inner}"), ".as_deref()"),
        _ => (format!("&{ty}"), ".as_ref()"),
    };
    if is_optional {
        let returned = format!("::core::option::Option<{returned}>");
        return plain_getter(member, &returned, &format!("self.{name}{method}"));
    }
    let reference = if matches!(member.kind(), Kind::Copied) {
        ""
    } else {
        "&"
    };
    plain_getter(member, &returned, &format!("{reference}self.{name}"))
}

fn plain_getter(member: &Member, returned: &str, value: &str) -> Code {
    let about = format!("#[doc = \"Returns `{}`.\"]", member.bare_name());
    method(
        member,
        member.name.clone(),
        Code::default().text(&about),
        "(&self)",
        returned,
        value,
    )
}

/// Where a builder keeps the values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The builder of a structure.
    Builder,
    /// The fluent builder of an operation, over the builder of its input.
    Request,
}

impl Owner {
    /// The `Option` with the member's value: the builder's own for a member that is none in the structure.
    fn place(self, member: &Member) -> String {
        let builder = match self {
            Self::Builder => "self",
            Self::Request => "self.inner",
        };
        let made = if member.optional().is_some() {
            ".made"
        } else {
            ""
        };
        format!("{builder}{made}.{}", member.name)
    }

    /// Setters of a request have the members' documentation, because users only see the setters.
    fn about(self, member: &Member, what: &str) -> Code {
        match self {
            Self::Builder => Code::default().text(&format!("#[doc = \"{what}\"]")),
            Self::Request => copied(member, "doc").text(&format!("#[doc = \"\\n{what}\"]")),
        }
    }
}

/// The setters of these members, and a `get_x` for each.
pub(crate) fn setters(members: &[Member], owner: Owner) -> Code {
    members.iter().fold(Code::default(), |code, member| {
        code.code(setter(member, owner))
            .code(optional_setter(member, owner))
            .code(builder_getter(member, owner))
    })
}

fn setter(member: &Member, owner: Owner) -> Code {
    let (place, name) = (owner.place(member), member.bare_name());
    let appends = format!("Appends a value to `{name}`. See `set_{}`.", stem(&name));
    let (about, parameters, body) = match member.kind() {
        Kind::List(element) => {
            let (ty, value) = parameter(&element, "value");
            let body = format!("{place}.get_or_insert_default().push({value}); self");
            (owner.about(member, &appends), format!("value: {ty}"), body)
        }
        Kind::Map(key, value) => {
            let ((key_type, key), (ty, value)) =
                (parameter(&key, "key"), parameter(&value, "value"));
            let body = format!("{place}.get_or_insert_default().insert({key}, {value}); self");
            (
                owner.about(member, &appends),
                format!("key: {key_type}, value: {ty}"),
                body,
            )
        }
        _ => {
            let (ty, value) = parameter(&member.plain(), "value");
            let about = match owner {
                Owner::Builder => owner.about(member, &format!("Sets `{name}`.")),
                Owner::Request => copied(member, "doc"),
            };
            let body = format!("{place} = ::core::option::Option::Some({value}); self");
            (about, format!("value: {ty}"), body)
        }
    };
    let parameters = format!("(mut self, {parameters})");
    method(
        member,
        member.name.clone(),
        about,
        &parameters,
        "Self",
        &body,
    )
}

fn optional_setter(member: &Member, owner: Owner) -> Code {
    let name = Ident::new(
        &format!("set_{}", stem(&member.bare_name())),
        member.name.span(),
    );
    let about = format!("#[doc = \"Sets or clears `{}`.\"]", member.bare_name());
    let parameters = format!(
        "(mut self, value: ::core::option::Option<{}>)",
        member.plain()
    );
    let body = format!("{} = value; self", owner.place(member));
    method(
        member,
        name,
        Code::default().text(&about),
        &parameters,
        "Self",
        &body,
    )
}

fn builder_getter(member: &Member, owner: Owner) -> Code {
    let name = Ident::new(
        &format!("get_{}", stem(&member.bare_name())),
        member.name.span(),
    );
    let about = format!(
        "#[doc = \"Returns `{}` as set so far.\"]",
        member.bare_name()
    );
    let returned = format!("&::core::option::Option<{}>", member.plain());
    let body = format!("&{}", owner.place(member));
    method(
        member,
        name,
        Code::default().text(&about),
        "(&self)",
        &returned,
        &body,
    )
}

/// A member's name after `set_`.
fn stem(bare_name: &str) -> &str {
    bare_name.trim_start_matches('_')
}

/// A method at the place of its member.
fn method(
    member: &Member,
    name: Ident,
    about: Code,
    parameters: &str,
    returned: &str,
    body: &str,
) -> Code {
    let at = member.name.span();
    about
        .code(copied(member, "deprecated"))
        .text("#[inline]")
        .keyword("pub", at)
        .keyword("fn", at)
        .ident(name)
        .text(&format!("{parameters} -> {returned}"))
        .braces_at(Code::default().text(body), at)
}

/// The attributes of this name.
fn copied(member: &Member, name: &str) -> Code {
    let attributes = member.attributes().iter().filter(|of| of.name == name);
    attributes.fold(Code::default(), |code, of| code.tokens(&of.tokens))
}

/// The type of a member in an `Option`, as a builder has it.
pub(crate) fn kept(member: &Member) -> TokenStream {
    let text = format!(
        "{}: ::core::option::Option<{}>,",
        member.name,
        member.plain()
    );
    text.parse().unwrap_or_default()
}
