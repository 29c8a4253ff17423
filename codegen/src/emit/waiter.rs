//! Waiters: their types, and the trait that has their methods.

use super::operation::fluent_builder;
use super::runtime::{FINAL_POLL, SDK_ERROR, UNTIL, WAITER_ERROR};
use super::scope::ident;
use super::text::{Deprecated, deprecated, doc_line};
use crate::names::{camel, keyword};
use crate::plan::{Operation, Plan, Waiter};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The static with the table of a waiter.
pub(super) fn table_name(waiter: &Waiter) -> Ident {
    format_ident!("{}", bare(waiter).to_uppercase())
}

/// The method's name without `r#`.
fn bare(waiter: &Waiter) -> &str {
    waiter.method.trim_start_matches("r#")
}

/// The module of a waiter's types: `wait_until_bucket_exists` → `bucket_exists`.
fn module(waiter: &Waiter) -> Ident {
    let name = bare(waiter).trim_start_matches("wait_until_");
    ident(&keyword(name.to_owned()))
}

/// All waiters, each with its operation.
fn all(plan: &Plan) -> impl Iterator<Item = (&Operation, &Waiter)> {
    let operations = plan.operations.iter();
    operations.flat_map(|of| of.waiters.iter().map(move |waiter| (of, waiter)))
}

/// Whether the service has waiters.
pub(super) fn any(plan: &Plan) -> bool {
    all(plan).next().is_some()
}

/// `waiters.rs`.
pub(super) fn file(plan: &Plan) -> TokenStream {
    let modules = all(plan).map(|(of, waiter)| types(of, waiter));
    quote! { #![doc = " The types of waiters, each in a module."] #(#modules)* }
}

fn types(of: &Operation, waiter: &Waiter) -> TokenStream {
    let (module, name) = (module(waiter), camel(&waiter.name, "Waiter"));
    let (builder, poll, error) = (
        format_ident!("{name}FluentBuilder"),
        format_ident!("{name}FinalPoll"),
        format_ident!("WaitUntil{name}Error"),
    );
    let operation = ident(&of.module);
    let operation = quote!(crate::operation::#operation);
    let (request, output) = (ident(&fluent_builder(of)), ident(&of.output.rust));
    let failed = format_ident!("{}Error", of.rust);
    let about = format!(" `{}`.", waiter.name);
    let allow = of
        .deprecated
        .is_some()
        .then(|| quote!(#[allow(deprecated, reason = "users of the operation are warned")]));
    quote! {
        #[doc = #about]
        #allow
        pub mod #module {
            #[doc = " Waits instead of sending a request once."]
            pub type #builder = #operation::#request<#UNTIL>;
            #[doc = " What ended the wait."]
            pub type #poll = #FINAL_POLL<#operation::#output, #SDK_ERROR<#operation::#failed>>;
            #[doc = " Why the wait ended without success."]
            pub type #error = #WAITER_ERROR<#operation::#output, #operation::#failed>;
        }
    }
}

/// The methods of the client, and the trait that has them as well.
pub(super) fn methods(plan: &Plan) -> Option<TokenStream> {
    let own = all(plan).map(|(of, waiter)| method(of, waiter));
    let old = plan.operations.iter().any(|of| of.deprecated.is_some());
    let old = old || all(plan).any(|(_, waiter)| waiter.deprecated);
    let allow = old.then(
        || quote!(#[allow(deprecated, reason = "deprecated operations can still be called")]),
    );
    let parts = all(plan).map(|(of, waiter)| {
        let (name, module) = (ident(&waiter.method), module(waiter));
        let builder = format_ident!("{}FluentBuilder", camel(&waiter.name, "Waiter"));
        let about = format!(" See [`Client::{}`].", bare(waiter));
        let deprecated = old_method(of, waiter);
        let signature = quote!(fn #name(&self) -> crate::waiters::#module::#builder);
        (
            quote!(#[doc = #about] #deprecated #signature;),
            quote!(#signature { Self::#name(self) }),
        )
    });
    let (declared, defined): (Vec<_>, Vec<_>) = parts.unzip();
    any(plan).then(|| {
        quote! {
            #[doc = " Waiters: call an operation until a condition is met."]
            #allow
            impl Client { #(#own)* }
            #[doc = " The waiters of the client, which has them as methods of its own, too."]
            #allow
            pub trait Waiters { #(#declared)* }
            #allow
            impl Waiters for Client { #(#defined)* }
        }
    })
}

fn old_method(of: &Operation, waiter: &Waiter) -> Option<Deprecated> {
    let own = waiter.deprecated.then(String::new);
    deprecated(of.deprecated.as_ref().or(own.as_ref()))
}

fn method(of: &Operation, waiter: &Waiter) -> TokenStream {
    let (operation, builder) = (ident(&of.module), ident(&fluent_builder(of)));
    let (name, table) = (ident(&waiter.method), table_name(waiter));
    let mut about = doc_line(&format!(
        "Calls [`{}`](Self::{operation}) until `{}` is reached.",
        of.name, waiter.name
    ));
    if !waiter.docs.is_empty() {
        about.line("");
        about.docs(&waiter.docs);
    }
    let deprecated = old_method(of, waiter);
    quote! {
        #about
        #deprecated
        pub fn #name(&self) -> operation::#operation::#builder<#UNTIL> {
            operation::#operation::#builder::new(self.0.clone(), #UNTIL::new(&operation::#operation::#table))
        }
    }
}
