//! The derive macros of generated types. They read the small part of Rust that codegen writes, without syn or quote, to
//! keep builds of clients short.
//!
//! A derive macro makes what depends on the members of a type. What all types have in common is in `swage_client`, below
//! `__private`; the macros only call it.
//!
//! Getters and setters have the spans of their members: "go to definition" and rustdoc's Source links lead to the members.

mod code;
mod debug;
mod enums;
mod error;
mod item;
mod members;
mod methods;
mod names;
mod operation;
mod structure;
mod union;

use code::Code;
use item::{Item, Kind};
use proc_macro::TokenStream;

/// Implements `Shape` and `Value` for a structure or a union. A structure gets getters and a builder, a union `is_x` and
/// `as_x` for each variant.
///
/// `#[shape(TABLE)]` names the static with its schema. Options follow after a comma:
///
/// - `request = XFluentBuilder`: it is the input of an operation, whose fluent builder gets the setters, too.
/// - `stream`: a member is a stream, so it can't be cloned or compared.
/// - `error`: the structure is an error; its last field is the response that it came with.
/// - `output`: it is the output of an operation; its last field is the ids of the response.
/// - `retryable`: the error is retryable.
///
/// `#[sensitive]` on the type or on a member: implements a `Debug` that hides it.
///
/// `#[default_value(…)]` on a member: its default. Without an argument, the default is zero, false or empty. A structure
/// with such a default and without required members gets `Default`.
///
/// `#[unset_if_zero]` on a member: zero is sent as if the member weren't set.
#[proc_macro_derive(Shape, attributes(default_value, sensitive, shape, unset_if_zero))]
pub fn shape(input: TokenStream) -> TokenStream {
    expand(input, |item| match &item.kind {
        Kind::Structure(members) => structure::expand(item, members),
        Kind::Enum(variants) => union::expand(item, variants),
    })
}

/// Implements `StringEnum`. `#[wire("…")]` is the value of a variant, `#[wire("…", 3)]` also its place in the model, if the
/// variants have another order. The variant `Unknown` keeps all other values.
#[proc_macro_derive(StringEnum, attributes(sensitive, wire))]
pub fn string_enum(input: TokenStream) -> TokenStream {
    expand(input, enums::string)
}

/// Implements `IntEnum`. `#[wire(…)]` is the value of a variant; the variant `Unknown` keeps all other values.
#[proc_macro_derive(IntEnum, attributes(sensitive, wire))]
pub fn int_enum(input: TokenStream) -> TokenStream {
    expand(input, enums::int)
}

/// Implements what the error of a service has, and defines `OperationError`, the error of its operations. A variant is a
/// modeled error, unless it is `Unhandled` or has the name of one of the runtime's failures. `#[service(SERVICE)]` names the
/// service's table.
#[proc_macro_derive(Error, attributes(service))]
pub fn error(input: TokenStream) -> TokenStream {
    expand(input, error::expand)
}

/// Makes the fluent builder of an operation, its error `XError`, the module `builders`, and `table()`, with which the
/// operation's table begins.
///
/// `#[operation(OPERATION, Input, Output)]` names that table, the input and the output. Options follow after a comma:
///
/// - `name = "…"`: the operation's name in the model, if it isn't that of the structure.
/// - `no_input`, `no_output`: the model has none, so that there is no table `INPUT` or `OUTPUT`.
/// - `paginated`: adds `into_paginator`.
/// - `stream`: the input can't be cloned.
/// - `waits`: the operation has waiters.
/// - `Mode` or `Kind`: the fluent builder has this type parameter. It has `send` if the parameter is `()`, and
///   `wait` if it is `Until`.
#[proc_macro_derive(Operation, attributes(operation))]
pub fn operation(input: TokenStream) -> TokenStream {
    expand(input, operation::expand)
}

fn expand(input: TokenStream, make: fn(&Item) -> Result<Code, item::Problem>) -> TokenStream {
    match item::read(input).and_then(|item| make(&item)) {
        Ok(code) => code.into(),
        Err(problem) => problem.into(),
    }
}
