//! The traits in the service's table.

use super::runtime;
use super::scope::{Scope, ident};
use super::text::string_literal;
use super::ty::number;
use crate::plan::{Plan, ServiceTrait};
use proc_macro2::TokenStream;
use quote::quote;

/// The service's traits.
pub(super) fn traits(scope: &Scope, plan: &Plan) -> Vec<TokenStream> {
    let traits = plan.service.traits.iter();
    traits.map(|of| one_trait(scope, plan, of)).collect()
}

fn one_trait(scope: &Scope, plan: &Plan, of: &ServiceTrait) -> TokenStream {
    let traits = scope.runtime(runtime::SERVICE_TRAIT);
    match of {
        ServiceTrait::AwsQueryCompatible => quote!(#traits::AwsQueryCompatible),
        ServiceTrait::Sigv4Verbatim => quote!(#traits::Sigv4Verbatim),
        ServiceTrait::UnsignedWithoutProvider => quote!(#traits::UnsignedWithoutProvider),
        ServiceTrait::Header(name, value) => {
            let (name, value) = (string_literal(name), string_literal(value));
            quote!(#traits::Header(#name, #value))
        }
        ServiceTrait::RegionRedirects {
            header,
            resource,
            member,
            lookup,
            errors,
            creation,
        } => {
            let (header, resource) = (string_literal(header), string_literal(resource));
            let error = if member.is_empty() {
                quote!(None)
            } else {
                quote!(Some(&REDIRECT))
            };
            let lookup = operation(scope, plan, lookup);
            let lookup = lookup.map_or(quote!(None), |operation| quote!(Some(#operation)));
            let (errors, creation) = (literals(errors), string_literal(creation));
            quote! {
                #traits::RegionRedirects {
                    header: #header,
                    resource: #resource,
                    error: #error,
                    lookup: #lookup,
                    errors: #errors,
                    creation: #creation,
                }
            }
        }
        ServiceTrait::EndpointDiscovery(name, error) => {
            let (operation, error) = (operation(scope, plan, name), string_literal(error));
            quote!(#traits::EndpointDiscovery { operation: #operation, error: #error })
        }
        ServiceTrait::SessionCredentials {
            operation: name,
            auth_scheme,
            resource,
            credentials,
            token_header,
        } => {
            let session = scope.runtime(runtime::SESSION_CREDENTIALS);
            let operation = operation(scope, plan, name);
            let [auth_scheme, resource, credentials, token_header] =
                [auth_scheme, resource, credentials, token_header].map(|text| string_literal(text));
            quote! {
                #traits::SessionCredentials(#session {
                    operation: #operation,
                    auth_scheme: #auth_scheme,
                    resource: #resource,
                    credentials: #credentials,
                    token_header: #token_header,
                })
            }
        }
        ServiceTrait::ExpectContinue(length) => {
            let length = number(&length.to_string());
            quote!(#traits::ExpectContinue(#length))
        }
        ServiceTrait::Crc32Header(header) => {
            let header = string_literal(header);
            quote!(#traits::Crc32Header(#header))
        }
        ServiceTrait::OtherCommands(names) => {
            let pairs = names.iter().map(|(name, nearest)| {
                let (name, nearest) = (string_literal(name), string_literal(nearest));
                quote!((#name, #nearest))
            });
            quote!(#traits::OtherCommands(&[#(#pairs),*]))
        }
        ServiceTrait::Retries(attempts, backoff, errors) => {
            let [attempts, backoff] =
                [attempts, backoff].map(|value| value.map(|value| number(&value.to_string())));
            let [attempts, backoff] = [attempts, backoff]
                .map(|value| value.map_or(quote!(None), |value| quote!(Some(#value))));
            let errors = literals(errors);
            quote! {
                #traits::Retries {
                    max_attempts: #attempts,
                    initial_backoff: #backoff,
                    errors: #errors,
                }
            }
        }
    }
}

/// A reference to an array of strings.
fn literals(texts: &[String]) -> TokenStream {
    let texts = texts.iter().map(|text| string_literal(text));
    quote!(&[#(#texts),*])
}

/// The operation of that name, which the slice includes.
fn operation(scope: &Scope, plan: &Plan, name: &str) -> Option<TokenStream> {
    let of = plan.operations.iter().find(|of| of.name == name)?;
    let (reference, module) = (scope.runtime(runtime::OPERATION_REF), ident(&of.module));
    Some(quote!(#reference(&crate::operation::#module::OPERATION)))
}

/// The form of errors that name a resource's region.
pub(super) fn redirect_error(scope: &Scope, plan: &Plan) -> Option<TokenStream> {
    let member = plan.service.traits.iter().find_map(|of| match of {
        ServiceTrait::RegionRedirects { member, .. } => Some(member),
        _ => None,
    });
    let member = string_literal(member.filter(|member| !member.is_empty())?);
    let (schema, members, string) = (
        scope.runtime(runtime::SCHEMA),
        scope.runtime(runtime::MEMBER),
        scope.runtime(runtime::schema(crate::model::Simple::String)),
    );
    Some(quote! {
        static REDIRECT: #schema =
            #schema::structure("swage.api#Redirect", &[#members::new(#member, &#string)]);
    })
}
