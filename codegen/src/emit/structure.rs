//! Structures: type and table. Derive macros of the runtime make the rest from the attributes.

use super::runtime::{ERROR_META, REQUEST_IDS, SHAPE};
use super::scope::{Scope, body, ident};
use super::table;
use super::text::{deprecated, docs};
use super::ty::{field, literal};
use crate::docs::Docs;
use crate::plan::{Literal, Member, Presence, Structure, Trait, Type};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The documentation of a type, and the arguments of its `#[shape]`.
pub(super) struct TypeHead<'a> {
    pub(super) docs: &'a Docs,
    pub(super) deprecated: Option<&'a String>,
    /// The documentation if the model has none.
    pub(super) otherwise: String,
    /// The static of the table.
    pub(super) table: TokenStream,
    /// `request = XFluentBuilder`, for inputs.
    pub(super) request: Option<TokenStream>,
    /// Whether it is the output of an operation.
    pub(super) is_output: bool,
}

/// A file of `types/`.
pub(super) fn file(of: &Type, structure: &Structure) -> TokenStream {
    let scope = Scope::new(&[&of.name.name]);
    let head = TypeHead {
        docs: &of.docs,
        deprecated: of.deprecated.as_ref(),
        otherwise: format!("`{}`.", structure.id.as_deref().unwrap_or_default()),
        table: quote!(SCHEMA),
        request: None,
        is_output: false,
    };
    let definition = definition(&scope, structure, &head);
    let table = table::structure(&scope, "SCHEMA", structure);
    let uses = scope.uses();
    [uses, definition, table].into_iter().collect()
}

/// The type with its attributes.
pub(super) fn definition(scope: &Scope, of: &Structure, head: &TypeHead<'_>) -> TokenStream {
    let name = ident(&of.rust);
    let (docs, deprecated) = (
        docs(head.docs, &head.otherwise),
        deprecated(head.deprecated),
    );
    let fields = of.members.iter().map(|member| one_field(scope, member));
    let meta = of.error.then(|| quote!(pub(crate) meta: #ERROR_META,));
    let ids = head
        .is_output
        .then(|| quote!(pub(crate) _request_id: #REQUEST_IDS,));
    let (derives, sensitive) = (derives(scope, of), sensitive(of.facts.sensitive));
    let options = [
        Some(head.table.clone()),
        head.request.clone(),
        of.error.then(|| quote!(error)),
        head.is_output.then(|| quote!(output)),
        is_retryable(of).then(|| quote!(retryable)),
        of.facts.stream.then(|| quote!(stream)),
    ];
    let options = options.into_iter().flatten();
    let body = body(fields.chain(meta).chain(ids));
    quote! {
        #docs
        #deprecated
        #[derive(#(#derives),*)]
        #[shape(#(#options),*)]
        #sensitive
        #[non_exhaustive]
        pub struct #name #body
    }
}

/// Whether it is an error after which another attempt may succeed.
fn is_retryable(of: &Structure) -> bool {
    let mut traits = of.marks.traits.iter();
    of.error && traits.any(|of| matches!(of, Trait::Retryable(_)))
}

fn one_field(scope: &Scope, member: &Member) -> TokenStream {
    let (name, ty) = (ident(&member.ident), field(scope, member));
    let docs = docs(&member.docs, &format!("`{}`.", member.name));
    let deprecated = deprecated(member.deprecated.as_ref());
    let sensitive = sensitive(member.sensitive);
    let default = match &member.presence {
        Presence::Optional | Presence::Required => None,
        Presence::Default(Literal::Blank) => Some(quote!(#[default_value])),
        Presence::Default(value) => {
            let value = literal(scope, value);
            Some(quote!(#[default_value(#value)]))
        }
    };
    let unset = member.unset_if_zero.then(|| quote!(#[unset_if_zero]));
    quote!(#docs #deprecated #sensitive #default #unset pub #name: #ty,)
}

/// `#[sensitive]`.
pub(super) fn sensitive(is_sensitive: bool) -> Option<TokenStream> {
    is_sensitive.then(|| quote!(#[sensitive]))
}

/// The traits that are derived. `Shape` makes `Debug` where something is hidden, and compares errors.
fn derives(scope: &Scope, of: &Structure) -> Vec<TokenStream> {
    let is_sensitive = of.facts.sensitive || of.members.iter().any(|member| member.sensitive);
    let derives = [
        (!of.facts.stream).then(|| quote!(Clone)),
        (!is_sensitive).then(|| quote!(Debug)),
        has_default(of).then(|| quote!(Default)),
        (!of.facts.stream && !of.error).then(|| quote!(PartialEq)),
        Some(scope.runtime(SHAPE).into_token_stream()),
    ];
    derives.into_iter().flatten().collect()
}

/// Whether `Default` can be derived: nothing is required, and every default is what `Default` gives.
fn has_default(of: &Structure) -> bool {
    of.members.iter().all(|member| match &member.presence {
        Presence::Optional => true,
        Presence::Default(value) => *value == Literal::Blank,
        Presence::Required => false,
    })
}
