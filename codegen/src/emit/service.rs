//! The service's table, the client, the error enum, the library's root.

use super::operation::fluent_builder;
use super::runtime::{
    self, CLIENT, CONFIG_ERROR, DEFAULT_CHAIN, DISCOVERS_ENDPOINT, ERROR, FEATURES, INPUT_ERROR,
    RESPONSE_ERROR, SERVICE_CLIENT, TIMEOUT_ERROR, TRANSPORT_ERROR, UNHANDLED,
};
use super::scope::{Scope, ident};
use super::service_traits;
use super::text::{deprecated, doc_line, docs, inner_docs, string_literal};
use super::ty::boolean;
use super::{config, page, transfer, waiter};
use crate::Options;
use crate::code::{Code, ToCode, Word, all, code, list};
use crate::docs::{self as text_docs, summary};
use crate::names::error_variant;
use crate::plan::{Auth, AuthValue, Operation, Plan, Ty, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeSet;

/// `service.rs`.
pub(super) fn file(plan: &Plan) -> Code {
    let scope = Scope::new(&[]);
    let of = &plan.service;
    let service = scope.runtime(runtime::SERVICE);
    let auth = list(of.auth.iter().map(|of| auth(&scope, of)));
    let rules = |out: &mut Code| {
        if of.endpoint_rules.is_empty() {
            code!(out; "");
        } else {
            code!(out; include_str!("endpoint.rules"));
        }
    };
    let namespace = |out: &mut Code| {
        if let Some((uri, prefix)) = &of.xml_namespace {
            code!(out; Some(({string_literal(uri)}, {string_literal(prefix)})));
        } else {
            code!(out; None);
        }
    };
    let traits = service_traits::traits(&scope, plan);
    let traits = list(traits.iter().map(|of| |out: &mut Code| of.to_code(out)));
    let mut code = Code::of_file();
    code! { &mut code;
        {service_traits::redirect_error(&scope, plan)}
        pub(crate) static SERVICE: {service} = {service} {{
            id: {string_literal(&of.id)},
            sdk_id: {string_literal(&of.sdk_id)},
            version: {string_literal(&of.version)},
            protocol: {runtime::protocol(of.protocol.runtime)},
            auth: &[{auth}],
            endpoint_rules: {rules},
            endpoint_prefix: {string_literal(&of.endpoint_prefix)},
            xml_namespace: {namespace},
            traits: &[{traits}],
        }};
    }
    scope.add_uses(Some("What the operations share."), &mut code);
    code
}

/// An authentication scheme.
pub(super) fn auth(scope: &Scope, of: &Auth) -> impl ToCode {
    move |out: &mut Code| {
        let fields = list(of.fields.iter().map(|(name, value)| {
            move |out: &mut Code| match value {
                AuthValue::Boolean(value) => code!(out; {Word(name)}: {boolean(*value)}),
                AuthValue::Text(value) => code!(out; {Word(name)}: {string_literal(value)}),
            }
        }));
        code!(out; {scope.runtime(runtime::AUTH)}::{Word(of.scheme.runtime)});
        if !of.fields.is_empty() {
            code!(out; {{ {fields} }});
        }
    }
}

/// `client.rs`.
pub(super) fn client(plan: &Plan) -> Code {
    let about = doc_line(&format!(
        "Calls {}. Cheap to clone.",
        text_docs::escape(&plan.service.title)
    ));
    let methods = all(plan.operations.iter().map(method));
    let old = plan.operations.iter().any(|of| of.deprecated.is_some());
    let allow = old.then_some(|out: &mut Code| {
        code!(out; #[allow(deprecated, reason = "deprecated operations can still be called")])
    });
    let discovers = plan
        .discovers_endpoint()
        .then_some(|out: &mut Code| code!(out; {DISCOVERS_ENDPOINT}!();));
    let mut code = Code::of_file();
    code! { &mut code;
        {inner_docs(doc_line("The client, with a method for each operation."))}
        use crate::{{Config, config, operation, service::SERVICE}};
        {about}
        #[derive(Clone)]
        pub struct Client({CLIENT}, Config);
        {SERVICE_CLIENT}!(SERVICE, Config, config::Builder);
        {discovers}
        {doc_line("The operations.")}
        {allow}
        impl Client {{ {methods} }}
        {waiter::methods(plan)}
        {config::client_params(plan)}
    }
    code
}

fn method(of: &Operation) -> impl ToCode {
    move |out: &mut Code| {
        let line = summary(&of.docs);
        let about = if line.is_empty() {
            doc_line(&format!("Calls `{}`.", of.name))
        } else {
            docs(&text_docs::Docs::line(&line), format_args!(""))
        };
        let builder = fluent_builder(of);
        let (name, builder) = (Word(&of.module), Word(&builder));
        code! { out;
            {about}
            {deprecated(of.deprecated.as_ref())}
            pub fn {name}(&self) -> operation::{name}::builders::{builder} {{
                self.0.request()
            }}
        }
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
        .map(|of| docs(&of.docs, format_args!("`{}`.", of.name.name)));
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

/// `operation.rs`: the modules.
pub(super) fn operations(plan: &Plan) -> Code {
    let mut code = Code::of_file();
    inner_docs(doc_line("The operations, each in a module.")).to_code(&mut code);
    runtime::request_ids().to_code(&mut code);
    for of in &plan.operations {
        let about = doc_line(&format!("`{}`.", of.name));
        code!(&mut code; {about} pub mod {Word(&of.module)};);
    }
    code
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
    let members = plan
        .operations
        .iter()
        .flat_map(|of| [&of.input, &of.output]);
    let streamed: BTreeSet<_> = members
        .flat_map(|of| &of.members)
        .filter_map(|member| match &member.ty {
            Ty::EventSender(events) | Ty::EventReceiver(events) => Some(events.name.as_str()),
            _ => None,
        })
        .collect();
    let streams: Vec<_> = streamed
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
pub(super) fn types(plan: &Plan) -> Code {
    let modules = plan.types.iter().map(|of| {
        let module = Word(&of.name.module);
        move |out: &mut Code| code!(out; pub(crate) mod {module};)
    });
    let names = plan.types.iter().map(|of| {
        let (module, name) = (Word(&of.name.module), Word(&of.name.name));
        let allow = of.deprecated.as_ref().map(|_| {
            |out: &mut Code| code!(out; #[allow(deprecated, reason = "kept for existing code")])
        });
        move |out: &mut Code| code!(out; {allow} pub use self::{module}::{name};)
    });
    let structures = plan.types.iter();
    let structures = structures.filter(|of| matches!(of.kind, TypeKind::Structure(_)));
    let builders = structures.map(|of| {
        move |out: &mut Code| {
            let builder = format!("{}Builder", of.name.name);
            code!(out; pub use super::{Word(&of.name.module)}::{Word(&builder)};);
        }
    });
    let mut code = Code::of_file();
    code! { &mut code;
        {inner_docs(doc_line("Structures, unions and enums."))}
        {all(modules)}
        {all(names)}
        {doc_line("Builders of structures.")}
        pub mod builders {{ {all(builders)} }}
        {errors(plan)}
    }
    code
}

/// `lib.rs`.
pub(super) fn library(plan: &Plan, options: &Options) -> TokenStream {
    let of = &plan.service;
    let title = text_docs::escape(&of.title);
    let mut about = doc_line(&format!("{}.", title.trim_end_matches('.')));
    if !of.docs.is_empty() {
        about.line("");
        about.docs(&of.docs);
    }
    for line in page::lines(plan, options) {
        about.line(&line);
    }
    let about = string_literal(about.text().unwrap_or_default());
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
    let transfers = transfer::module(plan);
    let waiters = waiter::any(plan).then(|| {
        quote!(
            pub mod waiters;
        )
    });
    let presigning = runtime::presigning();
    let discovery = plan.discovers_endpoint().then(|| {
        let discovery = runtime::endpoint_discovery();
        quote! {
            #[doc = " Endpoints that the service names."]
            pub mod endpoint_discovery { pub use #discovery; }
        }
    });
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
        #![doc = #about]
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
        #transfers
        pub use client::#client;
        pub use config::Config;
        pub use error::Error;
        #[doc = " Presigned requests."]
        pub mod presigning { pub use #presigning; }
        #discovery
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
