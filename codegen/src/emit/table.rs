//! Tables: `Schema` and `Member` expressions.

use super::runtime;
use super::scope::{Name, Scope, array, ident};
use super::text::string_literal;
use super::ty::number;
use crate::plan::{
    Binding, DefaultValue, Marks, Plan, Structure, Table, TableKind, TableMember, TableRef, Trait,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::iter;

/// `schema.rs`.
pub(super) fn file(plan: &Plan) -> TokenStream {
    let own: Vec<&str> = plan
        .tables
        .iter()
        .map(|table| table.rust.as_str())
        .collect();
    let scope = Scope::new(&own);
    let tables: Vec<_> = plan.tables.iter().map(|table| one(&scope, table)).collect();
    let uses = scope.uses();
    let start = quote! {
        #![doc = " Tables of lists, maps, and simple shapes that have traits."]
        #uses
    };
    iter::once(start).chain(tables).collect()
}

fn one(scope: &Scope, table: &Table) -> TokenStream {
    let (schema, name, id) = (
        scope.runtime(runtime::SCHEMA),
        ident(&table.rust),
        string_literal(&table.id),
    );
    let marks = marks(scope, &table.marks);
    let made = match &table.kind {
        TableKind::Simple(simple) => {
            let made = scalar(
                scope,
                runtime::constructor(*simple),
                &table.id,
                &table.marks,
                None,
            );
            return quote!(pub(crate) static #name: #schema = #made;);
        }
        TableKind::List(element) => {
            let element = in_schema(scope, element);
            quote!(#schema::list(#id, &[#element]))
        }
        TableKind::Map(key, value) => {
            let (key, value) = (in_schema(scope, key), in_schema(scope, value));
            quote!(#schema::map(#id, &[#key, #value]))
        }
    };
    quote!(pub(crate) static #name: #schema = #made #marks;)
}

/// The table of a shape without members: `Schema::string("…", &[…]).sensitive()`.
pub(super) fn scalar(
    scope: &Scope,
    make: &str,
    id: &str,
    marks: &Marks,
    first: Option<TokenStream>,
) -> TokenStream {
    let (schema, id) = (scope.runtime(runtime::SCHEMA), string_literal(id));
    let make = ident(make);
    let traits = first
        .into_iter()
        .chain(marks.traits.iter().map(|of| one_trait(scope, of)));
    let flags = marks.flags.iter().map(|flag| ident(runtime::flag(*flag)));
    quote!(#schema::#make(#id, &[#(#traits),*]) #(.#flags())*)
}

/// A structure's table.
pub(super) fn structure(scope: &Scope, name: &str, structure: &Structure) -> TokenStream {
    let schema = scope.runtime(runtime::SCHEMA);
    let name = ident(name);
    let id = string_literal(structure.id.as_deref().unwrap_or("smithy.api#Unit"));
    let members = array(structure.members.iter().map(|of| member(scope, &of.table)));
    let marks = marks(scope, &structure.marks);
    quote!(pub(crate) static #name: #schema = #schema::structure(#id, &#members) #marks;)
}

fn in_schema(scope: &Scope, of: &TableMember) -> TokenStream {
    match &of.target {
        TableRef::Table(table) => row(scope, of, &{
            let table = ident(table);
            quote!(#table)
        }),
        TableRef::Simple(_) | TableRef::Unit | TableRef::Type(_) => member(scope, of),
    }
}

/// A row of a table.
pub(super) fn member(scope: &Scope, of: &TableMember) -> TokenStream {
    row(scope, of, &target(scope, &of.target))
}

fn row(scope: &Scope, of: &TableMember, target: &TokenStream) -> TokenStream {
    let (member, name) = (scope.runtime(runtime::MEMBER), string_literal(&of.name));
    let (binding, marks) = (binding(&of.binding), marks(scope, &of.marks));
    quote!(#member::new(#name, &#target) #binding #marks)
}

fn target(scope: &Scope, target: &TableRef) -> TokenStream {
    match target {
        TableRef::Simple(simple) => scope.runtime(runtime::schema(*simple)).into_token_stream(),
        TableRef::Unit => scope.runtime(runtime::UNIT).into_token_stream(),
        TableRef::Table(table) => {
            let (schema, table) = (scope.name("crate", "schema"), ident(table));
            quote!(#schema::#table)
        }
        TableRef::Type(name) => {
            let (types, module) = (scope.name("crate", "types"), ident(&name.module));
            quote!(#types::#module::SCHEMA)
        }
    }
}

fn binding(binding: &Binding) -> TokenStream {
    match binding {
        Binding::Body => quote!(),
        Binding::JsonName(name) => named(&quote!(json_name), name),
        Binding::Label => quote!(.label()),
        Binding::Query(name) => named(&quote!(query), name),
        Binding::QueryParams => quote!(.query_params()),
        Binding::Header(name) => named(&quote!(header), name),
        Binding::PrefixHeaders(prefix) => named(&quote!(prefix_headers), prefix),
        Binding::Payload => quote!(.payload()),
        Binding::ResponseCode => quote!(.response_code()),
        Binding::EventHeader => quote!(.event_header()),
        Binding::EventPayload => quote!(.event_payload()),
    }
}

fn named(method: &TokenStream, name: &str) -> TokenStream {
    let name = string_literal(name);
    quote!(.#method(&#name))
}

/// `.required().with(&[…])`.
pub(super) fn marks(scope: &Scope, marks: &Marks) -> TokenStream {
    let flags = marks.flags.iter().map(|flag| ident(runtime::flag(*flag)));
    let traits: Vec<_> = marks.traits.iter().map(|of| one_trait(scope, of)).collect();
    let with = (!traits.is_empty()).then(|| quote!(.with(&[#(#traits),*])));
    quote!(#(.#flags())* #with)
}

pub(super) fn one_trait(scope: &Scope, of: &Trait) -> TokenStream {
    let trait_ = scope.runtime(runtime::TRAIT);
    let string = |variant: &str, value: &str| {
        let (variant, value) = (ident(variant), string_literal(value));
        quote!(#trait_::#variant(#value))
    };
    match of {
        Trait::Length(min, max) => {
            let (min, max) = (
                bound(min.map(|bound| bound.to_string())),
                bound(max.map(|bound| bound.to_string())),
            );
            quote!(#trait_::Length(#min, #max))
        }
        Trait::Range(min, max) => {
            let (min, max) = (bound(min.clone()), bound(max.clone()));
            quote!(#trait_::Range(#min, #max))
        }
        Trait::Pattern(pattern) => string("Pattern", pattern),
        Trait::Default(value) => {
            let value = default_value(&scope.runtime(runtime::DEFAULT_VALUE), value);
            quote!(#trait_::Default(#value))
        }
        Trait::TimestampFormat(format) => {
            let format = ident(runtime::timestamp_format(*format));
            let enumeration = scope.runtime(runtime::TIMESTAMP_FORMAT);
            quote!(#trait_::TimestampFormat(#enumeration::#format))
        }
        Trait::MediaType(media_type) => string("MediaType", media_type),
        Trait::XmlName(name) => string("XmlName", name),
        Trait::XmlNamespace(uri, prefix) => {
            let (uri, prefix) = (string_literal(uri), string_literal(prefix));
            quote!(#trait_::XmlNamespace(#uri, #prefix))
        }
        Trait::Discriminated(name) => string("Discriminated", name),
        Trait::StructurePattern(pattern) => string("StructurePattern", pattern),
        Trait::Ec2QueryName(name) => string("Ec2QueryName", name),
        Trait::ContextParam(name) => string("ContextParam", name),
        Trait::PercentEncoded(parameter) => string("PercentEncoded", parameter),
        Trait::CustomerKey(digest) => string("CustomerKey", digest),
        Trait::ClientError(client) => quote!(#trait_::ClientError(#client)),
        Trait::HttpError(status) => {
            let status = number(&status.to_string());
            quote!(#trait_::HttpError(#status))
        }
        Trait::Retryable(throttling) => quote!(#trait_::Retryable(#throttling)),
        Trait::QueryError(code, status) => {
            let (code, status) = (string_literal(code), number(&status.to_string()));
            quote!(#trait_::QueryError(#code, #status))
        }
    }
}

fn default_value(of: &Name, value: &DefaultValue) -> TokenStream {
    match value {
        DefaultValue::Boolean(value) => quote!(#of::Boolean(#value)),
        DefaultValue::Number(digits) => {
            let digits = string_literal(digits);
            quote!(#of::Number(#digits))
        }
        DefaultValue::String(value) => {
            let value = string_literal(value);
            quote!(#of::String(#value))
        }
        DefaultValue::List => quote!(#of::List),
        DefaultValue::Map => quote!(#of::Map),
    }
}

/// A number, or `None`.
pub(super) fn bound(digits: Option<String>) -> TokenStream {
    if let Some(digits) = digits {
        let digits = number(&digits);
        quote!(Some(#digits))
    } else {
        quote!(None)
    }
}
