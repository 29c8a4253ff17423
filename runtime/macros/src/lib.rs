//! The derive macros of generated types. They read the small part of Rust that codegen writes, without syn or quote,
//! because whoever builds a client waits for this crate first.
//!
//! A macro gives what depends on the members of a type. What is the same for all types stands in `swage_client`, below
//! `__private`, and is only called from here.
//!
//! Setters have the spans of their members, so that "go to definition" and rustdoc's Source links lead to these.

mod code;
mod debug;
mod enums;
mod error;
mod item;
mod members;
mod request;
mod setters;
mod structure;
mod union;

use code::Code;
use item::{Item, Kind};
use proc_macro::TokenStream;

/// Makes a structure or a union a `Shape` and a `Value`.
///
/// `#[shape(TABLE)]` names the static with its schema. What may follow there:
///
/// - `setters`: `new`, and a setter for each member.
/// - `setters = Request`: setters for the request that has this input.
/// - `error`: an error, whose last field is the answer that it came with.
///
/// `#[sensitive]` on the type or on some of its members gives it a `Debug` that hides these. `#[default_value(…)]` on a member
/// is its default, `#[default_value]` says that this is what a blank value is; a structure without required members
/// has `Default` when the first form is there.
#[proc_macro_derive(Shape, attributes(default_value, sensitive, shape))]
pub fn shape(input: TokenStream) -> TokenStream {
    expand(input, |item| match &item.kind {
        Kind::Structure(members) => structure::expand(item, members),
        Kind::Enum(variants) => union::expand(item, variants),
    })
}

/// Makes an enum a `StringEnum`. `#[wire("…")]` is a variant's value; the variant `Unknown` keeps all others.
#[proc_macro_derive(StringEnum, attributes(sensitive, wire))]
pub fn string_enum(input: TokenStream) -> TokenStream {
    expand(input, enums::string)
}

/// Makes an enum an `IntEnum`. `#[wire(…)]` is a variant's value; the variant `Unknown` keeps all others.
#[proc_macro_derive(IntEnum, attributes(sensitive, wire))]
pub fn int_enum(input: TokenStream) -> TokenStream {
    expand(input, enums::int)
}

/// Makes an enum the error of a service: what isn't one of the runtime's six kinds of failure is a modeled error.
/// `#[service(SERVICE)]` names the service's table.
#[proc_macro_derive(Error, attributes(service))]
pub fn error(input: TokenStream) -> TokenStream {
    expand(input, error::expand)
}

/// Makes a structure with the fields `client` and `input` the request of an operation: `send` and what belongs to it.
///
/// `#[request(OPERATION, Output)]` names the operation's table and its output; `paginated` behind these adds
/// `into_paginator`. A request with a type parameter has a third field of this type, and `wait` in place of `send` where
/// that says what to wait for.
#[proc_macro_derive(Request, attributes(request))]
pub fn request(input: TokenStream) -> TokenStream {
    expand(input, request::expand)
}

fn expand(input: TokenStream, make: fn(&Item) -> Result<Code, item::Problem>) -> TokenStream {
    match item::read(input).and_then(|item| make(&item)) {
        Ok(code) => code.into(),
        Err(problem) => problem.into(),
    }
}
