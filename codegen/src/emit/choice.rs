//! Unions and enums.

use super::runtime::{self, UNKNOWN_MEMBER};
use super::scope::{Scope, body, ident};
use super::structure::sensitive;
use super::table;
use super::text::{deprecated, docs, string_literal};
use super::ty::{inner, number};
use crate::docs::is_hostile;
use crate::plan::{Enum, Type, Union};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::iter;

/// A union's file of `types/`.
pub(super) fn union(of: &Type, union: &Union) -> TokenStream {
    let scope = Scope::new(&[&of.name.name]);
    let (name, id) = (ident(&of.name.name), string_literal(&union.id));
    let (about, old) = (
        docs(&of.docs, &format!("`{}`.", union.id)),
        deprecated(of.deprecated.as_ref()),
    );
    let variants: Vec<_> = union
        .variants
        .iter()
        .map(|variant| {
            let (name, member) = (ident(&variant.member.ident), &variant.member);
            let (docs, old) = (
                docs(&member.docs, &format!("`{}`.", member.name)),
                deprecated(member.deprecated.as_ref()),
            );
            let (sensitive, holds) = (sensitive(member.sensitive), inner(&scope, member));
            quote!(#docs #old #sensitive #name(#holds),)
        })
        .collect();
    let (derives, sensitive) = (derives(&scope, union), sensitive(union.facts.sensitive));
    let (schema, marks) = (
        scope.runtime(runtime::SCHEMA),
        table::marks(&scope, &union.marks),
    );
    let rows: Vec<_> = union
        .variants
        .iter()
        .map(|variant| table::member(&scope, &variant.member.table))
        .collect();
    let uses = scope.uses();
    quote! {
        #uses
        #about
        #old
        #[derive(#(#derives),*)]
        #[shape(SCHEMA)]
        #sensitive
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A member that this version of the crate does not know; kept as it came."]
            Unknown(#UNKNOWN_MEMBER),
        }
        pub(crate) static SCHEMA: #schema = #schema::union(#id, &[#(#rows),*]) #marks;
    }
}

/// The traits that are derived. `Shape` makes `Debug` where something is hidden.
fn derives(scope: &Scope, of: &Union) -> Vec<TokenStream> {
    let mut variants = of.variants.iter();
    let is_sensitive = of.facts.sensitive || variants.any(|variant| variant.member.sensitive);
    let derives = [
        (!of.facts.stream).then(|| quote!(Clone)),
        (!is_sensitive).then(|| quote!(Debug)),
        (!of.facts.stream).then(|| quote!(PartialEq)),
        Some(scope.runtime(runtime::SHAPE).into_token_stream()),
    ];
    derives.into_iter().flatten().collect()
}

/// A file of `types/` for an enum of strings.
pub(super) fn string_enum(of: &Type, values: &Enum) -> TokenStream {
    let scope = Scope::new(&[&of.name.name]);
    let wire: Vec<_> = values
        .values
        .iter()
        .map(|value| string_literal(&value.wire))
        .map(|wire| quote!(#wire))
        .collect();
    let unknown = scope.std("String").into_token_stream();
    enumeration(
        &scope,
        of,
        values,
        &unknown,
        &wire,
        &EnumForm {
            make: "enumeration",
            values: "EnumValues",
            derive: runtime::STRING_ENUM,
        },
    )
}

/// A file of `types/` for an enum of integers.
pub(super) fn int_enum(of: &Type, values: &Enum) -> TokenStream {
    let scope = Scope::new(&[&of.name.name]);
    let wire: Vec<_> = values
        .values
        .iter()
        .map(|value| number(&value.wire))
        .collect();
    enumeration(
        &scope,
        of,
        values,
        &quote!(i32),
        &wire,
        &EnumForm {
            make: "int_enum",
            values: "IntEnumValues",
            derive: runtime::INT_ENUM,
        },
    )
}

/// Where enums of strings and of integers differ: the table's constructor and trait, and the derive macro.
struct EnumForm {
    make: &'static str,
    values: &'static str,
    derive: runtime::RuntimeItem,
}

fn enumeration(
    scope: &Scope,
    of: &Type,
    values: &Enum,
    unknown: &TokenStream,
    wire: &[TokenStream],
    form: &EnumForm,
) -> TokenStream {
    let name = ident(&of.name.name);
    let (about, old) = (
        docs(&of.docs, &format!("`{}`.", values.id)),
        deprecated(of.deprecated.as_ref()),
    );
    let variants = values.values.iter().zip(wire).map(|(value, wire)| {
        let name = ident(&value.ident);
        let docs = docs(
            &value.docs,
            &format!(
                "`{}`",
                value
                    .wire
                    .replace(|c| c == '`' || is_hostile(c), " ")
                    .trim()
            ),
        );
        let old = deprecated(value.deprecated.as_ref());
        quote!(#docs #old #[wire(#wire)] #name,)
    });
    let unknown = quote! {
        #[doc = " A value that this version of the crate does not know; kept as it came."]
        Unknown(#unknown),
    };
    let body = body(variants.chain(iter::once(unknown)));
    let (debug, sensitive) = (
        (!values.sensitive).then(|| quote!(Debug,)),
        sensitive(values.sensitive),
    );
    let (schema, traits, derive) = (
        scope.runtime(runtime::SCHEMA),
        scope.runtime(runtime::TRAIT),
        scope.runtime(form.derive),
    );
    let list = ident(form.values);
    let first = quote!(#traits::#list(#name::values()));
    let made = table::scalar(scope, form.make, &values.id, &values.marks, Some(first));
    let uses = scope.uses();
    quote! {
        #uses
        #about
        #old
        #[derive(Clone, #debug PartialEq, Eq, PartialOrd, Ord, Hash, #derive)]
        #sensitive
        #[non_exhaustive]
        pub enum #name #body
        pub(crate) static SCHEMA: #schema = #made;
    }
}
