//! Structures: fields, `new`, setters, table, `Shape`.

use super::runtime::{self, REDACT, SERVICE_ERROR, SETTERS, SHAPE};
use super::scope::{Scope, ident};
use super::table;
use super::text::{deprecated, docs};
use super::ty::{argument, field, literal, setter_argument};
use crate::docs::Docs;
use crate::plan::{Literal, Member, Presence, Structure, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// A file of `types/`.
pub(super) fn file(of: &Type, structure: &Structure) -> TokenStream {
    let scope = Scope::new(&[&of.name.name]);
    let fallback = format!("`{}`.", structure.id.as_deref().unwrap_or_default());
    let definition = definition(
        &scope,
        structure,
        &of.docs,
        of.deprecated.as_ref(),
        &fallback,
    );
    let table = table::structure(&scope, "SCHEMA", structure);
    let methods = methods(&scope, structure, of.deprecated.is_some());
    let shape = shape(&scope, structure, "SCHEMA");
    let uses = scope.uses();
    quote! { #uses #definition #methods #table #shape }
}

/// The type with its derives, and `Debug` where it hides something.
pub(super) fn definition(
    scope: &Scope,
    of: &Structure,
    about: &Docs,
    old: Option<&String>,
    fallback: &str,
) -> TokenStream {
    let name = ident(&of.rust);
    let (docs, deprecated) = (docs(about, fallback), deprecated(old));
    let fields: Vec<_> = of
        .members
        .iter()
        .map(|member| one_field(scope, member))
        .collect();
    let meta = of.error.then(|| {
        let (option, boxed) = (scope.std("Option"), scope.std("Box"));
        quote! {
            #[doc = " The answer that it came with: status, code, request id; none when it was made by hand."]
            pub meta: #option<#boxed<#SERVICE_ERROR>>,
        }
    });
    let derives = derives(of);
    let debug = hides(of).then(|| debug(of));
    quote! {
        #docs
        #deprecated
        #[derive(#(#derives),*)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* #meta }
        #debug
    }
}

fn one_field(scope: &Scope, member: &Member) -> TokenStream {
    let (name, ty) = (ident(&member.ident), field(scope, member));
    let docs = docs(&member.docs, &format!("`{}`.", member.name));
    let deprecated = deprecated(member.deprecated.as_ref());
    quote!(#docs #deprecated pub #name: #ty,)
}

fn derives(of: &Structure) -> Vec<TokenStream> {
    let mut derives = Vec::new();
    if !of.facts.stream {
        derives.push(quote!(Clone));
    }
    if !hides(of) {
        derives.push(quote!(Debug));
    }
    if has_default(of) {
        derives.push(quote!(Default));
    }
    if !of.facts.stream && !of.error {
        derives.push(quote!(PartialEq));
    }
    derives
}

/// Whether `Default` can be derived: nothing is required, and every default is what `Default` gives.
fn has_default(of: &Structure) -> bool {
    of.members.iter().all(|member| match &member.presence {
        Presence::Optional => true,
        Presence::Default(value) => *value == Literal::Blank,
        Presence::Required => false,
    })
}

fn required(of: &Structure) -> Vec<&Member> {
    of.members
        .iter()
        .filter(|member| member.presence == Presence::Required)
        .collect()
}

fn hides(of: &Structure) -> bool {
    of.facts.sensitive || of.members.iter().any(|member| member.sensitive)
}

fn debug(of: &Structure) -> TokenStream {
    let name = ident(&of.rust);
    let fields = of.members.iter().map(|member| {
        let field = ident(&member.ident);
        let secret = (member.sensitive || of.facts.sensitive).then(|| quote!(= secret));
        quote!(, #field #secret)
    });
    quote!(#REDACT!(#name #(#fields)*);)
}

/// `new` and the setters.
fn methods(scope: &Scope, of: &Structure, old: bool) -> TokenStream {
    let name = ident(&of.rust);
    let new = new(scope, of);
    let setters: Vec<_> = of
        .members
        .iter()
        .filter(|_| of.made)
        .map(|member| setter(scope, member))
        .collect();
    let old = old || any_deprecated(of);
    let allow =
        old.then(|| quote!(#[allow(deprecated, reason = "what is deprecated can still be made")]));
    let new = (!new.is_empty()).then(|| quote!(#allow impl #name { #new }));
    let setters = (!setters.is_empty()).then(|| quote!(#SETTERS! { trait #name { #(#setters)* } }));
    quote! { #new #setters }
}

fn new(scope: &Scope, of: &Structure) -> TokenStream {
    let required = required(of);
    if required.is_empty() {
        let doc = " One with nothing set.";
        return if of.made {
            quote!(#[doc = #doc] pub fn new() -> Self { Self::default() })
        } else {
            quote!()
        };
    }
    let names: Vec<_> = required.iter().map(|member| ident(&member.ident)).collect();
    let (types, values): (Vec<_>, Vec<_>) = required
        .iter()
        .zip(&names)
        .map(|(member, name)| argument(scope, member, &quote!(#name)))
        .unzip();
    let fields = names.iter().zip(&values).map(|(name, value)| {
        if *name == value.to_string() {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    let rest = (required.len() < of.members.len() || of.error).then(|| quote!(..#SHAPE::blank()));
    let many = (required.len() > 7).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "one for each required member")]),
    );
    quote! {
        #[doc = " One with these members, which are required."]
        #many
        pub fn new(#(#names: #types),*) -> Self { Self { #(#fields,)* #rest } }
    }
}

/// `x(…)` and, where the member is optional, `set_x(Option<…>)`.
fn setter(scope: &Scope, member: &Member) -> TokenStream {
    let (name, set) = (
        ident(&member.ident),
        ident(&crate::names::setter(&member.ident)),
    );
    let argument = setter_argument(scope, member, "value");
    let deprecated = deprecated(member.deprecated.as_ref());
    let set = match member.presence {
        Presence::Optional => Some(quote!(-> #set)),
        Presence::Required | Presence::Default(_) => None,
    };
    quote!(#deprecated fn #name(#argument) #set;)
}

/// The runtime's macro that makes it a `Shape`.
pub(super) fn shape(scope: &Scope, of: &Structure, table: &str) -> TokenStream {
    let (name, table) = (ident(&of.rust), ident(table));
    let members = of.members.iter().map(|member| {
        let field = ident(&member.ident);
        let default = match &member.presence {
            Presence::Default(value) if *value != Literal::Blank => {
                let value = literal(scope, value);
                Some(quote!(= #value))
            }
            Presence::Default(_) | Presence::Optional | Presence::Required => None,
        };
        quote!(, #field #default)
    });
    let members = quote!(#(#members)*);
    let kind = if of.error {
        runtime::ERROR
    } else {
        runtime::STRUCTURE
    };
    let default = (!has_default(of) && required(of).is_empty()).then(|| {
        quote! { impl ::std::default::Default for #name { fn default() -> Self { #SHAPE::blank() } } }
    });
    quote! { #kind!(#name, #table #members); #default }
}

fn any_deprecated(of: &Structure) -> bool {
    of.members.iter().any(|member| member.deprecated.is_some())
}
