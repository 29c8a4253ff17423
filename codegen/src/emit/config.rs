//! The settings of clients: `config.rs`, and the trait with the service's own settings for the runtime's builder.

use super::runtime::{self, CLIENT_BUILDER, CLIENT_CONFIG, ENDPOINT_PARAMS};
use super::scope::ident;
use super::text::{doc_line, docs, string_literal};
use crate::docs::DocLines;
use crate::names::setter;
use crate::plan::{ClientParam, ClientParamType, Plan};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `config.rs`.
pub(super) fn file(plan: &Plan) -> TokenStream {
    let types = runtime::config();
    let params = plan.service.client_params.iter().map(|of| {
        let Setting { about, name, set, wire, ty } = Setting::new(of);
        let also = format!(" Sets or clears `{}`.", of.ident);
        quote! {
            #about
            #[inline]
            pub fn #name(mut self, value: impl Into<#ty>) -> Self { self.#set(Some(value.into())); self }
            #[doc = #also]
            #[inline]
            pub fn #set(&mut self, value: Option<#ty>) -> &mut Self {
                self.0.endpoint_params.set_or_clear(#wire, value.map(Into::into));
                self
            }
        }
    });
    let params: Vec<_> = params.collect();
    let params = (!params.is_empty()).then(|| {
        quote! {
            #[doc = " Settings that only this service has."]
            impl Builder { #(#params)* }
        }
    });
    let session = plan.service.session_setting.as_deref().map(session);
    let endpoint_params = plan.service.endpoint_params.iter().map(|of| {
        let Setting {
            name, set, wire, ..
        } = Setting::new(of);
        let kind = match of.ty {
            ClientParamType::Boolean => quote!(flag),
            ClientParamType::String => quote!(text),
            ClientParamType::StringArray => quote!(texts),
        };
        quote!(#name #set #kind #wire)
    });
    quote! {
        #![doc = " Settings of clients."]
        pub use #types::*;
        use crate::service::SERVICE;
        #CLIENT_CONFIG!(SERVICE);
        #ENDPOINT_PARAMS!(SERVICE #(, #endpoint_params)*);
        #params
        #session
    }
}

/// The setting for credentials that are used instead of those of sessions.
fn session(name: &str) -> TokenStream {
    let (set, name) = (ident(&setter(name)), ident(name));
    quote! {
        #[doc = " Credentials instead of those of sessions."]
        impl Builder {
            #[doc = " The source of credentials that are used where a session is needed. No session is created then."]
            #[inline]
            pub fn #name(mut self, provider: impl ProvideCredentials + 'static) -> Self {
                self.#set(Some(SharedCredentialsProvider::new(provider)));
                self
            }
            #[doc = " Sets or clears the source of credentials that are used where a session is needed."]
            #[inline]
            pub fn #set(&mut self, provider: Option<SharedCredentialsProvider>) -> &mut Self {
                self.0.session_credentials = provider;
                self
            }
        }
    }
}

/// Settings that the service adds to the runtime's builder.
pub(super) fn client_params(plan: &Plan) -> Option<TokenStream> {
    let params: Vec<_> = plan
        .service
        .client_params
        .iter()
        .map(client_param)
        .collect();
    let mut about = doc_line("Settings of [`Client::builder`] that only this service has:");
    about.line(&format!("`use {}::ClientParams as _;`.", plan.library()));
    let (declared, defined): (Vec<_>, Vec<_>) = params.into_iter().unzip();
    (!declared.is_empty()).then(|| {
        quote! {
            #about
            pub trait ClientParams: sealed::Sealed + Sized { #(#declared)* }
            impl ClientParams for #CLIENT_BUILDER<Client> { #(#defined)* }
            #[doc = " Nothing else implements the trait, so that a setting can be added."]
            mod sealed {
                pub trait Sealed {}
                impl Sealed for #CLIENT_BUILDER<super::Client> {}
            }
        }
    })
}

/// The two setters of a setting: their declarations, and their implementations.
fn client_param(of: &ClientParam) -> (TokenStream, TokenStream) {
    let Setting {
        about,
        name,
        set,
        wire,
        ty,
    } = Setting::new(of);
    let also = format!(" Sets or clears `{}`.", of.ident);
    let (argument, value) = match of.ty {
        ClientParamType::Boolean | ClientParamType::StringArray => (quote!(#ty), quote!(value)),
        ClientParamType::String => (quote!(impl Into<#ty>), quote!(value.into())),
    };
    let declared = quote! {
        #about
        #[must_use]
        fn #name(self, value: #argument) -> Self;
        #[doc = #also]
        #[must_use]
        fn #set(self, value: Option<#ty>) -> Self;
    };
    let defined = quote! {
        fn #name(self, value: #argument) -> Self { self.#set(Some(#value)) }
        fn #set(self, value: Option<#ty>) -> Self { self.set_endpoint_param(#wire, value.map(Into::into)) }
    };
    (declared, defined)
}

/// The parts of a setting's two setters.
struct Setting {
    about: DocLines,
    name: proc_macro2::Ident,
    set: proc_macro2::Ident,
    /// Its name in the endpoint rules.
    wire: TokenStream,
    ty: TokenStream,
}

impl Setting {
    fn new(of: &ClientParam) -> Self {
        Self {
            about: docs(&of.docs, format_args!("`{}`.", of.name)),
            name: ident(&of.ident),
            set: ident(&setter(&of.ident)),
            wire: string_literal(&of.name).to_token_stream(),
            ty: match of.ty {
                ClientParamType::Boolean => quote!(bool),
                ClientParamType::String => quote!(String),
                ClientParamType::StringArray => quote!(Vec<String>),
            },
        }
    }
}
