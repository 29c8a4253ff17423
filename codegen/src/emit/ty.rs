//! Types and literals in Rust.

use super::runtime::UNIT_TYPE;
use super::scope::{Scope, ident};
use crate::plan::{Literal, Member, Presence, Ty, TypeName};
use proc_macro2::{Literal as Lit, TokenStream};
use quote::{ToTokens, quote};

const PRIMITIVES: &str = "crate::primitives";
const EVENT_STREAM: &str = "crate::primitives::event_stream";

/// A type.
pub(super) fn ty(scope: &Scope, of: &Ty) -> TokenStream {
    match of {
        Ty::Bool => quote!(bool),
        Ty::I8 => quote!(i8),
        Ty::I16 => quote!(i16),
        Ty::I32 => quote!(i32),
        Ty::I64 => quote!(i64),
        Ty::F32 => quote!(f32),
        Ty::F64 => quote!(f64),
        Ty::BigInteger => scope.name(PRIMITIVES, "BigInteger").into_token_stream(),
        Ty::BigDecimal => scope.name(PRIMITIVES, "BigDecimal").into_token_stream(),
        Ty::String => scope.std("String").into_token_stream(),
        Ty::Blob => scope.name(PRIMITIVES, "Blob").into_token_stream(),
        Ty::DateTime => scope.name(PRIMITIVES, "DateTime").into_token_stream(),
        Ty::Document => scope.name(PRIMITIVES, "Document").into_token_stream(),
        Ty::Stream => scope.name(PRIMITIVES, "ByteStream").into_token_stream(),
        Ty::EventSender(name) => {
            let (sender, events) = (
                scope.name(EVENT_STREAM, "EventStreamSender"),
                type_path(scope, name),
            );
            quote!(#sender<#events>)
        }
        Ty::EventReceiver(name) => {
            let (receiver, events) = (
                scope.name(EVENT_STREAM, "EventReceiver"),
                type_path(scope, name),
            );
            quote!(#receiver<#events, crate::error::OperationError<#events>>)
        }
        Ty::Unit => quote!(#UNIT_TYPE),
        Ty::Enum(name) | Ty::IntEnum(name) | Ty::Structure(name) => type_path(scope, name),
        Ty::List(element) => {
            let (vec, element) = (scope.std("Vec"), ty(scope, element));
            quote!(#vec<#element>)
        }
        Ty::SparseList(element) => {
            let (vec, option, element) =
                (scope.std("Vec"), scope.std("Option"), ty(scope, element));
            quote!(#vec<#option<#element>>)
        }
        Ty::Map(key, value) => {
            let (map, key, value) = (
                scope.name("std::collections", "HashMap"),
                ty(scope, key),
                ty(scope, value),
            );
            quote!(#map<#key, #value>)
        }
        Ty::SparseMap(key, value) => {
            let (map, option) = (
                scope.name("std::collections", "HashMap"),
                scope.std("Option"),
            );
            let (key, value) = (ty(scope, key), ty(scope, value));
            quote!(#map<#key, #option<#value>>)
        }
    }
}

/// `types::Name`.
pub(super) fn type_path(scope: &Scope, name: &TypeName) -> TokenStream {
    let types = scope.name("crate", "types");
    let name = ident(&name.name);
    quote!(#types::#name)
}

/// The type of a member without the `Option` of one that is optional.
pub(super) fn inner(scope: &Scope, member: &Member) -> TokenStream {
    let inner = ty(scope, &member.ty);
    let (boxed, option) = (scope.std("Box"), scope.std("Option"));
    let inner = if member.boxed {
        quote!(#boxed<#inner>)
    } else {
        inner
    };
    if member.nullable {
        quote!(#option<#inner>)
    } else {
        inner
    }
}

/// The type of a member.
pub(super) fn field(scope: &Scope, member: &Member) -> TokenStream {
    let inner = inner(scope, member);
    match member.presence {
        Presence::Optional => {
            let option = scope.std("Option");
            quote!(#option<#inner>)
        }
        Presence::Required | Presence::Default(_) => inner,
    }
}

/// A value.
pub(super) fn literal(scope: &Scope, of: &Literal) -> TokenStream {
    match of {
        Literal::Blank => {
            let default = scope.std("Default");
            quote!(#default::default())
        }
        Literal::Bool(value) => quote!(#value),
        Literal::Integer(digits) | Literal::Float(digits) => number(digits),
        Literal::String(text) => {
            let string = scope.std("String");
            quote!(#string::from(#text))
        }
        Literal::Enum(name, value) => {
            let path = type_path(scope, name);
            quote!(#path::from(#value))
        }
        Literal::IntEnum(name, value) => {
            let (path, value) = (type_path(scope, name), number(value));
            quote!(#path::from(#value))
        }
        Literal::Blob(bytes) => {
            let (blob, bytes) = (scope.name(PRIMITIVES, "Blob"), Lit::byte_string(bytes));
            quote!(#blob::new(#bytes))
        }
        Literal::EpochSeconds(seconds) => {
            let (time, seconds) = (scope.name(PRIMITIVES, "DateTime"), number(seconds));
            quote!(#time::from_secs(#seconds))
        }
        Literal::DocumentBool(value) => {
            let document = scope.name(PRIMITIVES, "Document");
            quote!(#document::Bool(#value))
        }
        Literal::DocumentString(text) => {
            let (document, string) = (scope.name(PRIMITIVES, "Document"), scope.std("String"));
            quote!(#document::String(#string::from(#text)))
        }
        Literal::DocumentArray => {
            let (document, vec) = (scope.name(PRIMITIVES, "Document"), scope.std("Vec"));
            quote!(#document::Array(#vec::new()))
        }
        Literal::DocumentObject => {
            let (document, default) = (scope.name(PRIMITIVES, "Document"), scope.std("Default"));
            quote!(#document::Object(#default::default()))
        }
    }
}

/// Digits as a literal, with their sign; long ones in groups.
pub(super) fn number(digits: &str) -> TokenStream {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or((None, digits), |rest| (Some(quote!(-)), rest));
    let literal: Lit = grouped(digits)
        .parse()
        .unwrap_or_else(|_| Lit::u8_unsuffixed(0));
    quote!(#sign #literal)
}

fn grouped(digits: &str) -> String {
    if digits.len() < 6 || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}
