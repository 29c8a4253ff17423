//! The service's table, the client, the error enum, the library's root.

use super::operation::fluent_builder;
use super::runtime::{
    self, CLIENT, CONFIG_ERROR, DEFAULT_CHAIN, ERROR, FEATURES, INPUT_ERROR, RESPONSE_ERROR,
    SERVICE_CLIENT, TIMEOUT_ERROR, TRANSPORT_ERROR, UNHANDLED,
};
use super::scope::{Scope, ident};
use super::service_traits;
use super::text::{deprecated, doc_lines, docs, string_literal};
use super::{config, page, waiter};
use crate::Options;
use crate::docs::{self as text_docs, summary};
use crate::names::error_variant;
use crate::plan::{Auth, AuthValue, Operation, Plan, Ty, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use std::collections::BTreeSet;

/// `service.rs`.
pub(super) fn file(plan: &Plan) -> TokenStream {
    let scope = Scope::new(&[]);
    let of = &plan.service;
    let service = scope.runtime(runtime::SERVICE);
    let protocol = runtime::protocol(of.protocol.runtime);
    let (id, sdk_id, version, prefix) = (
        string_literal(&of.id),
        string_literal(&of.sdk_id),
        string_literal(&of.version),
        string_literal(&of.endpoint_prefix),
    );
    let auth: Vec<_> = of.auth.iter().map(|of| auth(&scope, of)).collect();
    let rules = if of.endpoint_rules.is_empty() {
        quote!("")
    } else {
        quote!(include_str!("endpoint.rules"))
    };
    let namespace = of
        .xml_namespace
        .as_ref()
        .map_or(quote!(None), |(uri, prefix)| {
            let (uri, prefix) = (string_literal(uri), string_literal(prefix));
            quote!(Some((#uri, #prefix)))
        });
    let traits = service_traits::traits(&scope, plan);
    let error = service_traits::redirect_error(&scope, plan);
    let uses = scope.uses();
    quote! {
        #![doc = " What the operations share."]
        #uses
        #error
        pub(crate) static SERVICE: #service = #service {
            id: #id,
            sdk_id: #sdk_id,
            version: #version,
            protocol: #protocol,
            auth: &[#(#auth),*],
            endpoint_rules: #rules,
            endpoint_prefix: #prefix,
            xml_namespace: #namespace,
            traits: &[#(#traits),*],
        };
    }
}

/// An authentication scheme.
pub(super) fn auth(scope: &Scope, of: &Auth) -> TokenStream {
    let (auth, variant) = (scope.runtime(runtime::AUTH), ident(of.scheme.runtime));
    let fields = of.fields.iter().map(|(name, value)| {
        let name = ident(name);
        let value = match value {
            AuthValue::Boolean(value) => quote!(#value),
            AuthValue::Text(value) => string_literal(value).to_token_stream(),
        };
        quote!(#name: #value)
    });
    let fields = (!of.fields.is_empty()).then(|| quote!({ #(#fields),* }));
    quote!(#auth::#variant #fields)
}

/// `client.rs`.
pub(super) fn client(plan: &Plan) -> TokenStream {
    let about = format!(
        " Calls {}. Cheap to clone.",
        text_docs::escape(&plan.service.title)
    );
    let methods = plan.operations.iter().map(method);
    let old = plan.operations.iter().any(|of| of.deprecated.is_some());
    let allow = old.then(
        || quote!(#[allow(deprecated, reason = "deprecated operations can still be called")]),
    );
    let waiters = waiter::methods(plan);
    let params = config::client_params(plan);
    quote! {
        use crate::{Config, config, operation, service::SERVICE};
        #[doc = #about]
        #[derive(Clone)]
        pub struct Client(#CLIENT, Config);
        #SERVICE_CLIENT!(SERVICE, Config, config::Builder);
        #[doc = " The operations."]
        #allow
        impl Client { #(#methods)* }
        #waiters
        #params
    }
}

fn method(of: &Operation) -> TokenStream {
    let (name, builder) = (ident(&of.module), ident(&fluent_builder(of)));
    let line = summary(&of.docs);
    let until = of.waiters.first().map(|_| quote!(, ()));
    let about = if line.is_empty() {
        doc_lines(&[format!("Calls `{}`.", of.name)])
    } else {
        docs(&text_docs::Docs::line(&line), "")
    };
    let deprecated = deprecated(of.deprecated.as_ref());
    quote! {
        #about
        #deprecated
        pub fn #name(&self) -> operation::#name::builders::#builder { operation::#name::#builder::new(self.0.clone() #until) }
    }
}

/// `error.rs`.
pub(super) fn error(plan: &Plan) -> TokenStream {
    let errors: Vec<_> = plan.errors().collect();
    let names: Vec<_> = errors.iter().map(|of| ident(&of.name.name)).collect();
    let variants: Vec<_> = errors
        .iter()
        .map(|of| ident(&error_variant(&of.name.name)))
        .collect();
    let about = errors
        .iter()
        .map(|of| docs(&of.docs, &format!("`{}`.", of.name.name)));
    let old = errors.iter().any(|of| of.deprecated.is_some());
    let allow = old
        .then(|| quote!(#[allow(deprecated, reason = "services still return deprecated errors")]));
    let uses = (!errors.is_empty()).then(|| {
        quote!(
            use crate::types;
        )
    });
    let reexports = runtime::errors();
    quote! {
        #![doc = " Errors."]
        #uses
        #reexports
        #[doc = " Why a call failed: an error of the service, or the reason why there is no response."]
        #allow
        #[derive(Debug, #ERROR)]
        #[service(crate::service::SERVICE)]
        #[non_exhaustive]
        pub enum Error {
            #(#about #variants(types::#names),)*
            #[doc = " An error that is not in the service's model, or the cause of another failure."]
            Unhandled(#UNHANDLED),
            #[doc = " The input violates the model's constraints; nothing was sent."]
            Input(#INPUT_ERROR),
            #[doc = " The client's settings are missing something or are invalid; nothing was sent."]
            Config(#CONFIG_ERROR),
            #[doc = " The request or the response was not transmitted completely."]
            Transport(#TRANSPORT_ERROR),
            #[doc = " A time limit passed."]
            Timeout(#TIMEOUT_ERROR),
            #[doc = " The response could not be read."]
            Response(#RESPONSE_ERROR),
        }
    }
}

/// `operation.rs` or `types.rs`: the modules.
pub(super) fn operations(plan: &Plan) -> TokenStream {
    let modules = plan.operations.iter().map(|of| {
        let (name, about) = (ident(&of.module), format!(" `{}`.", of.name));
        quote!(#[doc = #about] pub mod #name;)
    });
    let ids = runtime::request_ids();
    quote! { #![doc = " The operations, each in a module."] #ids #(#modules)* }
}

/// The module `error` of `types`.
fn errors(plan: &Plan) -> Option<TokenStream> {
    let names: BTreeSet<_> = plan.errors().map(|of| of.name.name.as_str()).collect();
    let errors: Vec<_> = names.iter().map(|name| ident(name)).collect();
    let builders = names.iter().map(|name| builder(name));
    let structures = (!errors.is_empty()).then(|| {
        quote! {
            pub use super::{#(#errors),*};
            #[doc = " Builders of errors."]
            pub mod builders { pub use super::super::builders::{#(#builders),*}; }
        }
    });
    let received = plan.operations.iter().flat_map(|of| &of.output.members);
    let received: BTreeSet<_> = received
        .filter_map(|member| match &member.ty {
            Ty::EventReceiver(events) => Some(events.name.as_str()),
            _ => None,
        })
        .collect();
    let streams: Vec<_> = received
        .iter()
        .map(|events| (format!("{events}Error"), ident(events)))
        .filter(|(name, _)| !names.contains(name.as_str()))
        .map(|(name, events)| {
            let (about, name) = (
                format!(" The error of a stream of [`{events}`](super::{events})."),
                ident(&name),
            );
            quote! {
                #[doc = #about]
                pub type #name = crate::error::OperationError<super::#events>;
            }
        })
        .collect();
    (structures.is_some() || !streams.is_empty()).then(|| {
        quote! {
            #[doc = " Structures of errors, and errors of streams."]
            pub mod error { #structures #(#streams)* }
        }
    })
}

/// The name of a structure's builder.
fn builder(structure: &str) -> Ident {
    format_ident!("{structure}Builder")
}

/// `types.rs`.
pub(super) fn types(plan: &Plan) -> TokenStream {
    let modules = plan.types.iter().map(|of| ident(&of.name.module));
    let names = plan.types.iter().map(|of| {
        let (module, name) = (ident(&of.name.module), ident(&of.name.name));
        let allow = of
            .deprecated
            .is_some()
            .then(|| quote!(#[allow(deprecated, reason = "kept for existing code")]));
        quote!(#allow pub use self::#module::#name;)
    });
    let errors = errors(plan);
    let builders = plan.types.iter().filter_map(|of| match &of.kind {
        TypeKind::Structure(_) => {
            let (module, builder) = (ident(&of.name.module), builder(&of.name.name));
            Some(quote!(pub use super::#module::#builder;))
        }
        TypeKind::Union(_) | TypeKind::Enum(_) | TypeKind::IntEnum(_) => None,
    });
    quote! {
        #![doc = " Structures, unions and enums."]
        #(pub(crate) mod #modules;)*
        #(#names)*
        #[doc = " Builders of structures."]
        pub mod builders { #(#builders)* }
        #errors
    }
}

/// `lib.rs`.
pub(super) fn library(plan: &Plan, options: &Options) -> TokenStream {
    let of = &plan.service;
    let mut lines = vec![format!(
        "{}.",
        text_docs::escape(&of.title).trim_end_matches('.')
    )];
    if !of.docs.is_empty() {
        lines.push(String::new());
        lines.extend(text_docs::lines(&of.docs));
    }
    lines.extend(page::lines(plan, options));
    let about = inner(&lines);
    let features = FEATURES;
    let (guide, primitives) = (runtime::guide(), runtime::primitives());
    let client = if of.client_params.is_empty() {
        quote!(Client)
    } else {
        quote!({Client, ClientParams})
    };
    let old = plan.types.iter().any(|of| of.deprecated.is_some());
    let old =
        old.then(|| quote!(#![allow(deprecated, reason = "users of deprecated items are warned")]));
    let echoes = has_echoes(plan).then(|| {
        quote! {
            #![allow(
                clippy::module_inception,
                clippy::self_named_constructors,
                reason = "the model has an item with the name of its module"
            )]
        }
    });
    let waiters = waiter::any(plan).then(|| {
        quote!(
            pub mod waiters;
        )
    });
    let presigning = runtime::presigning();
    let chain = plan.has_default_chain(options).then(|| {
        quote! {
            #[cfg(feature = "default-chain")]
            #DEFAULT_CHAIN!(Client);
        }
    });
    let cli = options.has_command().then(|| {
        quote! {
            #[cfg(feature = "cli")]
            #[doc(hidden)]
            pub mod cli;
        }
    });
    quote! {
        #about
        #![forbid(unsafe_code)]
        #old
        #echoes
        #![allow(
            clippy::doc_markdown,
            clippy::missing_errors_doc,
            clippy::must_use_candidate,
            reason = "documentation comes from the model; operations list their errors"
        )]
        #cli
        pub mod client;
        pub mod config;
        pub mod error;
        pub mod operation;
        mod schema;
        mod service;
        pub mod types;
        #waiters
        pub use client::#client;
        pub use config::Config;
        pub use error::Error;
        #[doc = " Presigned requests."]
        pub mod presigning { pub use #presigning; }
        #[doc(inline)]
        pub use #guide;
        #[doc(inline)]
        pub use #primitives;
        #features!();
        #chain
        #[doc = " Facts about the crate."]
        pub mod meta {
            #[doc = " The crate's version."]
            pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
        }
    }
}

/// Whether an item has the name of its module, or a type that of its constructor.
fn has_echoes(plan: &Plan) -> bool {
    let mut operations = plan.operations.iter();
    let mut types = plan.types.iter().map(|of| &of.name);
    operations.any(|of| matches!(of.module.as_str(), "operation" | "cli") || of.rust == "New")
        || types.any(|name| name.module == "types" || name.name == "New")
}

fn inner(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#![doc = #lines])*)
}
