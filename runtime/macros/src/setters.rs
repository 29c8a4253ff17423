//! Setters: `x` takes a value, `set_x` an `Option`.

use crate::code::Code;
use crate::item::{Attributes as _, Member};
use proc_macro::Ident;

/// Who has the setters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The structure itself.
    Structure,
    /// The request that has the structure as its input.
    Request,
}

impl Owner {
    fn place(self, member: &Member) -> String {
        match self {
            Self::Structure => format!("self.{}", member.name),
            Self::Request => format!("self.input.{}", member.name),
        }
    }

    /// Setters of a request have the members' documentation, because users only see the setters.
    fn about(self, member: &Member) -> Code {
        match self {
            Self::Structure => {
                Code::default().text(&format!("#[doc = \"Sets `{}`.\"] #[must_use]", member.name))
            }
            Self::Request => copied(member, "doc"),
        }
    }
}

/// The setters of these members.
pub(crate) fn setters(members: &[Member], owner: Owner) -> Code {
    members.iter().fold(Code::default(), |code, member| {
        let code = code.code(setter(member, owner));
        if member.optional().is_some() {
            code.code(optional_setter(member, owner))
        } else {
            code
        }
    })
}

fn setter(member: &Member, owner: Owner) -> Code {
    let argument = member.argument();
    let value = argument.value("value");
    let value = if member.optional().is_some() {
        format!("::core::option::Option::Some({value})")
    } else {
        value
    };
    let about = owner.about(member).code(copied(member, "deprecated"));
    method(
        member,
        owner,
        member.name.clone(),
        about,
        argument.parameter(),
        &value,
    )
}

fn optional_setter(member: &Member, owner: Owner) -> Code {
    let shown = member.name.to_string();
    let bare = shown.trim_start_matches("r#").trim_start_matches('_');
    let name = Ident::new(&format!("set_{bare}"), member.name.span());
    let must_use = match owner {
        Owner::Structure => "#[must_use]",
        Owner::Request => "",
    };
    let about = format!("#[doc = \"Sets or clears `{shown}`.\"] {must_use}");
    let about = Code::default()
        .text(&about)
        .code(copied(member, "deprecated"));
    let ty = Code::default().tokens(&member.ty);
    method(member, owner, name, about, ty, "value")
}

/// A setter at the place of its member.
fn method(member: &Member, owner: Owner, name: Ident, about: Code, ty: Code, value: &str) -> Code {
    let at = member.name.span();
    let parameters = Code::default().text("mut self, value:").code(ty);
    let body = format!("{} = {value}; self", owner.place(member));
    about
        .keyword("pub", at)
        .keyword("fn", at)
        .ident(name)
        .parentheses(parameters)
        .text("-> Self")
        .braces_at(Code::default().text(&body), at)
}

/// The attributes of this name.
fn copied(member: &Member, name: &str) -> Code {
    let attributes = member.attributes().iter().filter(|of| of.name == name);
    attributes.fold(Code::default(), |code, of| code.tokens(&of.tokens))
}
