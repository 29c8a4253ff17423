//! Unions and enums.

use super::runtime::{self, REDACTED, UNION, UNKNOWN_MEMBER};
use super::scope::{Scope, ident};
use super::table;
use super::text::{deprecated, docs, text};
use super::ty::{inner, number};
use crate::docs::is_hostile;
use crate::plan::{Enum, Type, Union};
use proc_macro2::TokenStream;
use quote::quote;

/// A union's file of `types/`.
pub(super) fn union(of: &Type, union: &Union) -> TokenStream {
    let scope = Scope::new(&[&of.name.name]);
    let (name, id) = (ident(&of.name.name), text(&union.id));
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
            let holds = inner(&scope, member);
            quote!(#docs #old #name(#holds),)
        })
        .collect();
    let secret = union.facts.sensitive
        || union
            .variants
            .iter()
            .any(|variant| variant.member.sensitive);
    let mut derives = if union.facts.stream {
        vec![]
    } else {
        vec![quote!(Clone)]
    };
    derives.extend((!secret).then(|| quote!(Debug)));
    derives.extend((!union.facts.stream).then(|| quote!(PartialEq)));
    let debug = secret.then(|| union_debug(&of.name.name, union));
    let (schema, marks) = (
        scope.runtime(runtime::SCHEMA),
        table::marks(&scope, &union.marks),
    );
    let rows: Vec<_> = union
        .variants
        .iter()
        .map(|variant| table::member(&scope, &variant.member.table))
        .collect();
    let names = union
        .variants
        .iter()
        .map(|variant| ident(&variant.member.ident));
    let uses = scope.uses();
    quote! {
        #uses
        #about
        #old
        #[derive(#(#derives),*)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A member that this version of the crate does not know; kept as it came."]
            Unknown(#UNKNOWN_MEMBER),
        }
        #debug
        pub(crate) static SCHEMA: #schema = #schema::union(#id, &[#(#rows),*]) #marks;
        #UNION!(#name, SCHEMA #(, #names)*);
    }
}

fn union_debug(name: &str, union: &Union) -> TokenStream {
    let this = ident(name);
    let arms = union.variants.iter().map(|variant| {
        let (variant_name, label) = (ident(&variant.member.ident), &variant.member.ident);
        if variant.member.sensitive || union.facts.sensitive {
            quote!(Self::#variant_name(_) => f.debug_tuple(#label).field(&#REDACTED).finish(),)
        } else {
            quote!(Self::#variant_name(value) => f.debug_tuple(#label).field(value).finish(),)
        }
    });
    quote! {
        impl ::std::fmt::Debug for #this {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown(_) => f.debug_tuple("Unknown").field(&#REDACTED).finish(),
                }
            }
        }
    }
}

/// A file of `types/` for an enum of strings.
pub(super) fn string_enum(of: &Type, values: &Enum) -> TokenStream {
    let scope = Scope::new(&[&of.name.name]);
    let wire: Vec<_> = values
        .values
        .iter()
        .map(|value| text(&value.wire))
        .map(|wire| quote!(#wire))
        .collect();
    let unknown = scope.std("String");
    enumeration(
        &scope,
        of,
        values,
        &unknown,
        &wire,
        &Form {
            kind: "Enum",
            values: "EnumValues",
            macro_name: runtime::STRING_VALUES,
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
        &Form {
            kind: "IntEnum",
            values: "IntEnumValues",
            macro_name: runtime::INT_VALUES,
        },
    )
}

/// Where enums of strings and of integers differ: the runtime's kind, trait and macro.
struct Form {
    kind: &'static str,
    values: &'static str,
    macro_name: runtime::Item,
}

fn enumeration(
    scope: &Scope,
    of: &Type,
    values: &Enum,
    unknown: &TokenStream,
    wire: &[TokenStream],
    form: &Form,
) -> TokenStream {
    let name = ident(&of.name.name);
    let (about, old) = (
        docs(&of.docs, &format!("`{}`.", values.id)),
        deprecated(of.deprecated.as_ref()),
    );
    let idents: Vec<_> = values
        .values
        .iter()
        .map(|value| ident(&value.ident))
        .collect();
    let variants = values.values.iter().zip(&idents).map(|(value, ident)| {
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
        quote!(#docs #old #ident,)
    });
    let derive_debug = (!values.sensitive).then(|| quote!(Debug,));
    let debug = values.sensitive.then(|| {
        quote! {
            impl ::std::fmt::Debug for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(#REDACTED) }
            }
        }
    });
    let (schema, traits) = (
        scope.runtime(runtime::SCHEMA),
        scope.runtime(runtime::TRAIT),
    );
    let (list, macro_name) = (ident(form.values), form.macro_name);
    let first = quote!(#traits::#list(#name::values()));
    let made = table::scalar(scope, form.kind, &values.id, &values.marks, Some(first));
    let uses = scope.uses();
    quote! {
        #uses
        #about
        #old
        #[derive(Clone, #derive_debug PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A value that this version of the crate does not know; kept as it came."]
            Unknown(#unknown),
        }
        #debug
        pub(crate) static SCHEMA: #schema = #made;
        #macro_name!(#name #(, #idents = #wire)*);
    }
}
