//! Properties of members: optional, required or boxed, and the parameters of their setters.

use crate::code::Code;
use crate::item::{Attributes as _, Member};
use proc_macro::{TokenStream, TokenTree};

/// The parameter of a setter.
pub(crate) struct Argument {
    /// The value's type.
    ty: TokenStream,
    conversion: Conversion,
}

/// How a setter converts its parameter.
enum Conversion {
    None,
    Into,
    Box,
}

impl Argument {
    /// The parameter's type.
    pub(crate) fn parameter(&self) -> Code {
        match self.conversion {
            Conversion::Into => Code::default()
                .text("impl ::core::convert::Into<")
                .tokens(&self.ty)
                .text(">"),
            Conversion::None | Conversion::Box => Code::default().tokens(&self.ty),
        }
    }

    /// The expression that converts the parameter of this name.
    pub(crate) fn value(&self, name: &str) -> String {
        match self.conversion {
            Conversion::None => name.to_owned(),
            Conversion::Into => format!("::core::convert::Into::into({name})"),
            Conversion::Box => format!("::std::boxed::Box::new({name})"),
        }
    }
}

impl Member {
    /// The type inside of `Option`, if the member is optional.
    pub(crate) fn optional(&self) -> Option<TokenStream> {
        generic(&self.ty, "Option")
    }

    pub(crate) fn is_required(&self) -> bool {
        self.optional().is_none() && !self.has("default_value")
    }

    /// The expression in `#[default_value(…)]`, if there is one.
    pub(crate) fn default_value(&self) -> Option<String> {
        let argument = &self.attribute("default_value")?.argument;
        (!argument.is_empty()).then(|| argument.to_string())
    }

    /// The parameter of the member's setter: anything that converts into a `String`, an `Option` of a
    /// nullable member, or the content of a `Box`.
    pub(crate) fn argument(&self) -> Argument {
        let plain = self.optional().unwrap_or_else(|| self.ty.clone());
        if let Some(inner) = generic(&plain, "Box") {
            return Argument {
                ty: inner,
                conversion: Conversion::Box,
            };
        }
        let conversion = if is_named(&plain, "String") || generic(&plain, "Option").is_some() {
            Conversion::Into
        } else {
            Conversion::None
        };
        Argument {
            ty: plain,
            conversion,
        }
    }
}

/// Whether a type is the standard library's type of this name.
fn is_named(ty: &TokenStream, name: &str) -> bool {
    standard(ty).is_some_and(|(found, rest)| found == name && rest.is_empty())
}

/// The generic argument of the standard library's type of this name.
fn generic(ty: &TokenStream, name: &str) -> Option<TokenStream> {
    let (found, rest) = standard(ty)?;
    let [TokenTree::Punct(open), inner @ .., TokenTree::Punct(_)] = rest.as_slice() else {
        return None;
    };
    (found == name && open.as_char() == '<').then(|| inner.iter().cloned().collect())
}

/// The name of a standard library type, written as `String` or `::std::string::String`, and the tokens after it.
fn standard(ty: &TokenStream) -> Option<(String, Vec<TokenTree>)> {
    let mut rest = ty.clone().into_iter().peekable();
    let skip = if is_colon(rest.peek()?) { 8 } else { 0 };
    let name = rest.by_ref().nth(skip)?.to_string();
    let rest: Vec<_> = rest.collect();
    (!rest.first().is_some_and(is_colon)).then_some((name, rest))
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(of) if of.as_char() == ':')
}
