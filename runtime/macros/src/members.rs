//! Properties of members: optional, required or boxed, and what their types mean for getters and setters.

use crate::item::{Attributes as _, Member, split_at_commas};
use proc_macro::{TokenStream, TokenTree};

/// A type, as far as getters and setters differ by it.
pub(crate) enum Kind {
    Text,
    /// A number or a boolean.
    Copied,
    List(TokenStream),
    Map(TokenStream, TokenStream),
    Boxed(TokenStream),
    /// An `Option` in an `Option`: a member that can be null.
    Nullable,
    Other,
}

impl Kind {
    fn of(ty: &TokenStream) -> Self {
        let Some((name, rest)) = standard(ty) else {
            return Self::Other;
        };
        let mut arguments = arguments(&rest).into_iter();
        match (name.as_str(), arguments.next(), arguments.next()) {
            ("String", None, _) => Self::Text,
            ("bool" | "i8" | "i16" | "i32" | "i64" | "f32" | "f64", None, _) => Self::Copied,
            ("Vec", Some(element), _) => Self::List(element),
            ("HashMap", Some(key), Some(value)) => Self::Map(key, value),
            ("Box", Some(inner), _) => Self::Boxed(inner),
            ("Option", Some(_), _) => Self::Nullable,
            _ => Self::Other,
        }
    }
}

impl Member {
    /// The type inside of `Option`, if the member is optional.
    pub(crate) fn optional(&self) -> Option<TokenStream> {
        let (name, rest) = standard(&self.ty)?;
        (name == "Option")
            .then(|| arguments(&rest).into_iter().next())
            .flatten()
    }

    /// The type without the `Option` of an optional member.
    pub(crate) fn plain(&self) -> TokenStream {
        self.optional().unwrap_or_else(|| self.ty.clone())
    }

    /// What the type without `Option` is.
    pub(crate) fn kind(&self) -> Kind {
        Kind::of(&self.plain())
    }

    pub(crate) fn is_required(&self) -> bool {
        self.optional().is_none() && !self.has("default_value")
    }

    /// The expression in `#[default_value(…)]`, if there is one.
    pub(crate) fn default_value(&self) -> Option<String> {
        let argument = &self.attribute("default_value")?.argument;
        (!argument.is_empty()).then(|| argument.to_string())
    }

    /// The name without what makes a keyword an identifier.
    pub(crate) fn bare_name(&self) -> String {
        let name = self.name.to_string();
        name.trim_start_matches("r#").to_owned()
    }
}

/// The parameter of a setter for a value of this type, and the expression that makes the value of `name`.
pub(crate) fn parameter(ty: &TokenStream, name: &str) -> (String, String) {
    match Kind::of(ty) {
        Kind::Text | Kind::Nullable | Kind::Boxed(_) => (
            format!("impl ::core::convert::Into<{ty}>"),
            format!("::core::convert::Into::into({name})"),
        ),
        _ => (ty.to_string(), name.to_owned()),
    }
}

/// The name of a standard library type, written as `String` or by its path in `std`, and the tokens after it.
fn standard(ty: &TokenStream) -> Option<(String, Vec<TokenTree>)> {
    let mut tokens = ty.clone().into_iter().peekable();
    let mut path = Vec::new();
    loop {
        while tokens.next_if(is_colon).is_some() {}
        path.push(tokens.next()?.to_string());
        if !tokens.peek().is_some_and(is_colon) {
            break;
        }
    }
    let is_standard = path.len() == 1 || path.first().is_some_and(|first| first == "std");
    let name = path.pop().filter(|_| is_standard)?;
    Some((name, tokens.collect()))
}

/// The arguments in `<…>`.
fn arguments(rest: &[TokenTree]) -> Vec<TokenStream> {
    let [TokenTree::Punct(_), inner @ .., TokenTree::Punct(_)] = rest else {
        return Vec::new();
    };
    let inner: TokenStream = inner.iter().cloned().collect();
    split_at_commas(inner)
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(of) if of.as_char() == ':')
}
