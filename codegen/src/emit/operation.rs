//! An operation: fluent builder, input, output, tables.

use super::runtime::{self, PAGE_ITEMS, PAGINATOR, PAGINATOR_ITEMS, SDK_ERROR};
use super::scope::{Scope, ident};
use super::text::{deprecated, doc_lines, string_literal};
use super::ty::{number, ty};
use super::waiter::table_name;
use super::{example, service, structure, table};
use crate::docs;
use crate::names::error_variant;
use crate::plan::{
    Acceptor, Comparator, ItemsPath, Matcher, Operation, OperationTrait, Pages, Plan, Structure,
    Waiter,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use std::iter;

/// The derive macros of Rust's prelude.
const DERIVES: [&str; 9] = [
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// A file of `operation/`.
pub(super) fn file(plan: &Plan, of: &Operation) -> TokenStream {
    let scope = Scope::new(&[&of.rust, &of.input.rust, &of.output.rust, &error_name(of)]);
    let marker = marker(plan, &scope, of);
    let input = side(&scope, of, &of.input, "input");
    let output = side(&scope, of, &of.output, "output");
    let (operation, waiters) = (
        operation(&scope, of),
        of.waiters
            .iter()
            .map(|waiter| waiter_table(&scope, waiter))
            .collect::<Vec<_>>(),
    );
    let items = of
        .pages
        .as_ref()
        .and_then(|pages| pages.path.as_ref())
        .map(|path| items(&scope, of, path));
    let paginator = of.pages.as_ref().map(|pages| paginator(of, pages));
    let uses = scope.uses();
    let items = [uses, marker, error(of), input, output, operation]
        .into_iter()
        .chain(paginator)
        .chain(items)
        .chain(waiters);
    items.collect()
}

/// The name of the operation's error.
fn error_name(of: &Operation) -> String {
    format!("{}Error", of.rust)
}

/// `pub type XError`.
fn error(of: &Operation) -> TokenStream {
    let (name, operation) = (ident(&error_name(of)), ident(&of.rust));
    let about = format!(" The error of [`{}{}`].", link_kind(of), of.rust);
    let allow = of
        .deprecated
        .is_some()
        .then(|| quote!(#[allow(deprecated, reason = "users of the operation are warned")]));
    quote! {
        #[doc = #about]
        #allow
        pub type #name = crate::error::OperationError<#operation>;
    }
}

/// What makes the link to an operation's type unambiguous.
fn link_kind(of: &Operation) -> &'static str {
    if DERIVES.contains(&of.rust.as_str()) {
        "struct@"
    } else {
        ""
    }
}

/// The input or output: type and table.
fn side(scope: &Scope, of: &Operation, side: &Structure, word: &str) -> TokenStream {
    let kind = link_kind(of);
    let table = side
        .id
        .is_some()
        .then(|| table::structure(scope, &word.to_uppercase(), side));
    let definition = structure::definition(
        scope,
        side,
        &structure::TypeHead {
            docs: &docs::Docs::default(),
            deprecated: None,
            otherwise: format!("The {word} of [`{kind}{}`].", of.rust),
            table: table_path(scope, side, word),
            request: (word == "input").then(|| {
                let (request, until) = (ident(&fluent_builder(of)), until(of));
                let parameter = until.map(|until| quote!(<#until>));
                quote!(request = #request #parameter)
            }),
            is_output: word == "output",
        },
    );
    iter::once(definition).chain(table).collect()
}

/// The table of an input or output: the runtime's `UNIT` if the model has none.
fn table_path(scope: &Scope, side: &Structure, word: &str) -> TokenStream {
    if side.id.is_some() {
        super::scope::tokens(&word.to_uppercase())
    } else {
        scope.runtime(runtime::UNIT).into_token_stream()
    }
}

/// The operation, from which its derive macro makes the fluent builder.
fn marker(plan: &Plan, scope: &Scope, of: &Operation) -> TokenStream {
    let (name, input, output) = (
        ident(&of.rust),
        ident(&of.input.rust),
        ident(&of.output.rust),
    );
    let about = about(plan, of);
    let deprecated = deprecated(of.deprecated.as_ref());
    let derive = scope.runtime(runtime::OPERATION);
    let options = [
        of.pages.as_ref().map(|_| quote!(paginated)),
        of.input.facts.stream.then(|| quote!(stream)),
        until(of).map(|until| quote!(#until)),
    ];
    let options = options.into_iter().flatten();
    quote! {
        #about
        #deprecated
        #[derive(Clone, Debug, Default, #derive)]
        #[operation(OPERATION, #input, #output #(, #options)*)]
        #[non_exhaustive]
        pub struct #name;
    }
}

/// The name of the fluent builder.
pub(super) fn fluent_builder(of: &Operation) -> String {
    format!("{}FluentBuilder", of.rust)
}

/// The type parameter of a fluent builder whose operation has waiters: whether it sends or waits.
fn until(of: &Operation) -> Option<proc_macro2::Ident> {
    let name = if of.rust == "Until" { "For" } else { "Until" };
    (!of.waiters.is_empty()).then(|| ident(name))
}

/// Documentation, errors, example.
fn about(plan: &Plan, of: &Operation) -> TokenStream {
    let mut lines = if of.docs.is_empty() {
        vec![format!("Calls `{}`.", of.name)]
    } else {
        docs::lines(&of.docs)
    };
    if !of.errors.is_empty() {
        lines.extend([String::new(), "# Errors".to_owned(), String::new()]);
        for error in &of.errors {
            let variant = error_variant(&error.name);
            lines.push(format!("- [`{variant}`](crate::Error::{variant})"));
        }
    }
    lines.extend(example::lines(plan, of));
    doc_lines(&lines)
}

/// `static OPERATION`.
fn operation(scope: &Scope, of: &Operation) -> TokenStream {
    let operation = scope.runtime(runtime::OPERATION);
    let (name, method, uri, prefix) = (
        string_literal(&of.name),
        string_literal(&of.method),
        string_literal(&of.uri),
        string_literal(&of.host_prefix),
    );
    let code = number(&of.code.to_string());
    let (input, output) = (
        table_path(scope, &of.input, "input"),
        table_path(scope, &of.output, "output"),
    );
    let errors: Vec<_> = of
        .errors
        .iter()
        .map(|error| {
            let (types, module) = (scope.name("crate", "types"), ident(&error.module));
            quote!(&#types::#module::SCHEMA)
        })
        .collect();
    let auth = of.auth.as_ref().map(|auth| {
        let auth = auth.iter().map(|auth| service::auth(scope, auth));
        quote!(.auth(&[#(#auth),*]))
    });
    let pages = of.pages.iter().map(|pages| paginated(scope, pages));
    let waiters = of.waiters.iter().map(|waiter| {
        let (traits, name) = (scope.runtime(runtime::OPERATION_TRAIT), table_name(waiter));
        quote!(#traits::Waitable(&#name))
    });
    let traits: Vec<_> = pages
        .chain(waiters)
        .chain(of.traits.iter().map(|of| one_trait(scope, of)))
        .collect();
    let http = (!of.method.is_empty()).then(|| quote!(.http(#method, #uri, #code)));
    let errors = (!errors.is_empty()).then(|| quote!(.errors(&[#(#errors),*])));
    let prefix = (!of.host_prefix.is_empty()).then(|| quote!(.host_prefix(#prefix)));
    let optional_auth = of.optional_auth.then(|| quote!(.optional_auth()));
    let traits = (!traits.is_empty()).then(|| quote!(.with(&[#(#traits),*])));
    quote! {
        pub(crate) static OPERATION: #operation =
            #operation::new(#name, &crate::service::SERVICE, &#input, &#output)
                #http #errors #prefix #auth #optional_auth #traits;
    }
}

fn paginated(scope: &Scope, pages: &Pages) -> TokenStream {
    let (traits, pagination) = (
        scope.runtime(runtime::OPERATION_TRAIT),
        scope.runtime(runtime::PAGINATION),
    );
    let (input, output) = (
        string_literal(&pages.input_token),
        string_literal(&pages.output_token),
    );
    let more = string_literal(&pages.more_results);
    let (items, size) = (
        string_literal(&pages.items),
        string_literal(&pages.page_size),
    );
    quote! {
        #traits::Paginated(#pagination {
            input_token: #input,
            output_token: #output,
            more_results: #more,
            items: #items,
            page_size: #size,
        })
    }
}

fn one_trait(scope: &Scope, of: &OperationTrait) -> TokenStream {
    let traits = scope.runtime(runtime::OPERATION_TRAIT);
    match of {
        OperationTrait::HttpChecksumRequired => quote!(#traits::HttpChecksumRequired),
        OperationTrait::HttpChecksum {
            request_algorithm,
            request_required,
            validation_mode,
            response_algorithms,
        } => {
            let checksum = scope.runtime(runtime::HTTP_CHECKSUM);
            let (algorithm, mode) = (
                string_literal(request_algorithm),
                string_literal(validation_mode),
            );
            let algorithms = response_algorithms
                .iter()
                .map(|algorithm| string_literal(algorithm));
            quote! {
                #traits::HttpChecksum(#checksum {
                    request_algorithm_member: #algorithm,
                    request_checksum_required: #request_required,
                    request_validation_mode_member: #mode,
                    response_algorithms: &[#(#algorithms),*],
                })
            }
        }
        OperationTrait::RequestCompression(encodings) => {
            let encodings = encodings.iter().map(|encoding| string_literal(encoding));
            quote!(#traits::RequestCompression(&[#(#encodings),*]))
        }
        OperationTrait::StaticContextParam(name, json) => {
            let (name, json) = (string_literal(name), string_literal(json));
            quote!(#traits::StaticContextParam(#name, #json))
        }
        OperationTrait::OperationContextParam(name, path) => {
            let (name, path) = (string_literal(name), string_literal(path));
            quote!(#traits::OperationContextParam(#name, #path))
        }
        OperationTrait::UnsignedPayload => quote!(#traits::UnsignedPayload),
        OperationTrait::EventStreamHttp2 => quote!(#traits::EventStreamHttp2),
        OperationTrait::UnwrappedXmlOutput => quote!(#traits::UnwrappedXmlOutput),
        OperationTrait::NoContentType => quote!(#traits::NoContentType),
        OperationTrait::Sha256TreeHash(header) => {
            let header = string_literal(header);
            quote!(#traits::Sha256TreeHash(#header))
        }
        OperationTrait::Header(name, value) => {
            let (name, value) = (string_literal(name), string_literal(value));
            quote!(#traits::Header(#name, #value))
        }
        OperationTrait::Digest {
            digest,
            of,
            list,
            in_input,
            input_list,
            key,
        } => {
            let table = scope.runtime(runtime::DIGEST);
            let [digest, of, list, input_list, key] =
                [digest, of, list, input_list, key].map(|name| string_literal(name));
            quote! {
                #traits::Digest(#table {
                    digest: #digest,
                    of: #of,
                    list: #list,
                    in_input: #in_input,
                    input_list: #input_list,
                    key: #key,
                })
            }
        }
        OperationTrait::DiscoveredEndpoint(required) => {
            quote!(#traits::DiscoveredEndpoint { required: #required })
        }
        OperationTrait::PresignedUrl {
            url,
            source_region,
            destination_region,
            sends_regions,
        } => {
            let presigned = scope.runtime(runtime::PRESIGNED_URL);
            let [url, source, destination] =
                [url, source_region, destination_region].map(|name| string_literal(name));
            quote! {
                #traits::PresignedUrl(#presigned {
                    url: #url,
                    source_region: #source,
                    destination_region: #destination,
                    sends_regions: #sends_regions,
                })
            }
        }
    }
}

/// `mod paginator`.
fn paginator(of: &Operation, pages: &Pages) -> TokenStream {
    let (paginator, items) = (
        format_ident!("{}Paginator", of.stem),
        format_ident!("{}PaginatorItems", of.stem),
    );
    let (input, output, error) = (
        ident(&of.input.rust),
        ident(&of.output.rust),
        ident(&error_name(of)),
    );
    let parameters = quote!(<super::#input, super::#output, #SDK_ERROR<super::#error>>);
    let items = pages.path.as_ref().map(|_| {
        quote! {
            #[doc = " The items of all pages."]
            pub type #items = #PAGINATOR_ITEMS #parameters;
        }
    });
    quote! {
        #[doc = " All pages of the operation."]
        pub mod paginator {
            #[doc = " The pages."]
            pub type #paginator = #PAGINATOR #parameters;
            #items
        }
    }
}

/// `impl PageItems`.
fn items(scope: &Scope, of: &Operation, path: &ItemsPath) -> TokenStream {
    let output = ident(&of.output.rust);
    let item = ty(scope, &path.item);
    let item = path.key.as_ref().map_or(item.clone(), |key| {
        let key = ty(scope, key);
        quote!((#key, #item))
    });
    let mut optional = false;
    let mut value = quote!(self);
    for (step, step_optional) in &path.steps {
        let step = ident(step);
        value = match (optional, step_optional) {
            (false, _) => quote!(#value.#step),
            (true, false) => quote!(#value.map(|inner| inner.#step)),
            (true, true) => quote!(#value.and_then(|inner| inner.#step)),
        };
        optional |= step_optional;
    }
    let collect = path.key.is_some().then(|| quote!(.into_iter().collect()));
    let default = optional.then(|| quote!(.unwrap_or_default()));
    let vec = scope.std("Vec");
    quote! {
        impl #PAGE_ITEMS for #output {
            type Item = #item;
            fn into_items(self) -> #vec<Self::Item> { #value #default #collect }
        }
    }
}

fn waiter_table(scope: &Scope, waiter: &Waiter) -> TokenStream {
    let table = scope.runtime(runtime::WAITER);
    let (ident, name) = (table_name(waiter), string_literal(&waiter.name));
    let (min, max) = (
        number(&waiter.min_delay.to_string()),
        number(&waiter.max_delay.to_string()),
    );
    let acceptors: Vec<_> = waiter
        .acceptors
        .iter()
        .map(|of| acceptor(scope, of))
        .collect();
    quote! {
        pub(crate) static #ident: #table = #table { name: #name, min_delay: #min, max_delay: #max, acceptors: &[#(#acceptors),*] };
    }
}

fn acceptor(scope: &Scope, of: &Acceptor) -> TokenStream {
    let (table, states, state) = (
        scope.runtime(runtime::ACCEPTOR),
        scope.runtime(runtime::WAITER_STATE),
        ident(runtime::waiter_state(of.state)),
    );
    let (matchers, path) = (
        scope.runtime(runtime::MATCHER),
        |name: &str, path: &str, expected: &str, comparator: Comparator| {
            let (name, comparators, comparator) = (
                ident(name),
                scope.runtime(runtime::COMPARATOR),
                ident(runtime::comparator(comparator)),
            );
            let (path, expected) = (string_literal(path), string_literal(expected));
            quote!(#name(#path, #expected, #comparators::#comparator))
        },
    );
    let matcher = match &of.matcher {
        Matcher::Success(success) => quote!(Success(#success)),
        Matcher::ErrorType(error) => {
            let error = string_literal(error);
            quote!(ErrorType(#error))
        }
        Matcher::Output(at, expected, comparator) => path("Output", at, expected, *comparator),
        Matcher::InputOutput(at, expected, comparator) => {
            path("InputOutput", at, expected, *comparator)
        }
    };
    let message = (!of.message.is_empty()).then(|| {
        let path = string_literal(&of.message);
        quote!(.message(#path))
    });
    quote!(#table::new(#states::#state, #matchers::#matcher) #message)
}
