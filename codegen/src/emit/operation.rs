//! An operation: fluent builder, input, output, tables.

use super::runtime::{self, PAGE_ITEMS, PAGINATOR, PAGINATOR_ITEMS, SDK_ERROR};
use super::scope::{Scope, ident};
use super::text::{deprecated, docs, string_literal};
use super::ty::{number, ty};
use super::waiter::table_name;
use super::{example, service, structure, table, transfer};
use crate::code::{Code, ToCode, Word, all, code, list};
use crate::docs::{DocLines, Docs};
use crate::names::error_variant;
use crate::plan::{
    Acceptor, Comparator, ItemsPath, Matcher, Operation, OperationTrait, Pages, Plan, Structure,
    Waiter,
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

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
pub(super) fn file(plan: &Plan, of: &Operation) -> Code {
    let scope = Scope::new(&[&of.rust, &of.input.rust, &of.output.rust, &error_name(of)]);
    let pages = of.pages.as_ref();
    let path = pages.and_then(|pages| pages.path.as_ref());
    let mut code = Code::of_file();
    code! { &mut code;
        {marker(plan, &scope, of)}
        {side(&scope, of, &of.input, "input")}
        {side(&scope, of, &of.output, "output")}
        {operation(&scope, of)}
        {pages.map(|pages| paginator(of, pages))}
        {path.map(|path| items(&scope, of, path))}
        {all(of.waiters.iter().map(|waiter| waiter_table(&scope, waiter)))}
        {transfer::of_builder(plan, of)}
    }
    scope.add_uses(None, &mut code);
    code
}

/// The name of the operation's error.
fn error_name(of: &Operation) -> String {
    format!("{}Error", of.rust)
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
fn side(scope: &Scope, of: &Operation, side: &Structure, word: &'static str) -> impl ToCode {
    let table = table_name_of(word);
    let head = structure::TypeHead {
        docs: &Docs::default(),
        deprecated: None,
        otherwise: format!("The {word} of [`{}{}`].", link_kind(of), of.rust),
        table: Code::of(&table_path(scope, side, table)),
        request: (word == "input").then(|| Code::of(&request(of))),
        is_output: word == "output",
    };
    let mut code = Code::of(&structure::definition(scope, side, &head));
    if side.id.is_some() {
        table::structure(scope, table, side).to_code(&mut code);
    }
    code
}

/// The static with the table of an input or output.
fn table_name_of(word: &str) -> &'static str {
    if word == "input" { "INPUT" } else { "OUTPUT" }
}

/// The table of an input or output: the runtime's `UNIT` if the model has none.
fn table_path(scope: &Scope, side: &Structure, table: &'static str) -> impl ToCode {
    move |out: &mut Code| {
        if side.id.is_some() {
            out.word(table);
        } else {
            scope.runtime(runtime::UNIT).to_code(out);
        }
    }
}

/// `request = XFluentBuilder`.
fn request(of: &Operation) -> impl ToCode {
    move |out: &mut Code| {
        code!(out; request = {Word(&fluent_builder(of))});
        if let Some(mode) = mode(of) {
            code!(out; <{Word(mode)}>);
        }
    }
}

/// The operation, from which its derive macro makes the fluent builder.
fn marker(plan: &Plan, scope: &Scope, of: &Operation) -> impl ToCode {
    move |out: &mut Code| {
        let (name, input, output) = (Word(&of.rust), Word(&of.input.rust), Word(&of.output.rust));
        let renamed = (of.rust != of.name).then(|| string_literal(&of.name));
        let renamed = renamed.map(|name| move |out: &mut Code| code!(out; , name = {name}));
        let options = [
            of.input.id.is_none().then_some("no_input"),
            of.output.id.is_none().then_some("no_output"),
            of.pages.as_ref().map(|_| "paginated"),
            of.input.facts.stream.then_some("stream"),
            (!of.waiters.is_empty()).then_some("waits"),
            mode(of),
        ];
        let options = all(options
            .into_iter()
            .flatten()
            .map(|option| move |out: &mut Code| code!(out; , {Word(option)})));
        let derive = scope.runtime(runtime::OPERATION);
        code! { out;
            {about(plan, of)}
            {deprecated(of.deprecated.as_ref())}
            #[derive(Clone, Debug, Default, {derive})]
            #[operation(OPERATION, {input}, {output} {options} {renamed})]
            #[non_exhaustive]
            pub struct {name};
        }
    }
}

/// The name of the fluent builder.
pub(super) fn fluent_builder(of: &Operation) -> String {
    format!("{}FluentBuilder", of.rust)
}

/// The type parameter of a fluent builder whose operation has waiters or starts a transfer: what it does instead of sending the
/// request once.
fn mode(of: &Operation) -> Option<&'static str> {
    let name = if of.rust == "Mode" { "Kind" } else { "Mode" };
    (!of.waiters.is_empty() || of.transfer.is_some()).then_some(name)
}

/// Documentation, errors, example.
fn about(plan: &Plan, of: &Operation) -> DocLines {
    let mut about = docs(&of.docs, format_args!("Calls `{}`.", of.name));
    if !of.errors.is_empty() {
        for line in ["", "# Errors", ""] {
            about.line(line);
        }
        for error in &of.errors {
            let variant = error_variant(&error.name);
            about.line(&format!("- [`{variant}`](crate::Error::{variant})"));
        }
    }
    for line in example::lines(plan, of) {
        about.line(&line);
    }
    about
}

/// `static OPERATION`.
fn operation(scope: &Scope, of: &Operation) -> impl ToCode {
    move |out: &mut Code| {
        let operation = scope.runtime(runtime::OPERATION);
        let allow = of.deprecated.as_ref().map(|_| {
            |out: &mut Code| code!(out; #[allow(deprecated, reason = "users of the operation are warned")])
        });
        code! { out;
            {allow}
            pub(crate) static OPERATION: {operation} = {Word(&of.rust)}::table() {settings(scope, of)};
        }
    }
}

/// Calls of methods for everything that is not as usual.
fn settings(scope: &Scope, of: &Operation) -> impl ToCode {
    move |out: &mut Code| {
        if !of.method.is_empty() {
            let (method, uri) = (string_literal(&of.method), string_literal(&of.uri));
            code!(out; .http({method}, {uri}, {number(&of.code.to_string())}));
        }
        if !of.errors.is_empty() {
            let errors = of.errors.iter().map(|error| {
                let (types, module) = (scope.name("crate", "types"), Word(&error.module));
                move |out: &mut Code| code!(out; &{types}::{module}::SCHEMA)
            });
            code!(out; .errors(&[{list(errors)}]));
        }
        if !of.host_prefix.is_empty() {
            code!(out; .host_prefix({string_literal(&of.host_prefix)}));
        }
        if let Some(auth) = &of.auth {
            let auth = auth.iter().map(|auth| service::auth(scope, auth));
            code!(out; .auth(&[{list(auth)}]));
        }
        if of.optional_auth {
            code!(out; .optional_auth());
        }
        let traits: Vec<_> = traits(scope, of).collect();
        if !traits.is_empty() {
            let traits = list(traits.iter().map(|of| |out: &mut Code| of.to_code(out)));
            code!(out; .with(&[{traits}]));
        }
    }
}

fn traits(scope: &Scope, of: &Operation) -> impl Iterator<Item = TokenStream> {
    let pages = of.pages.iter().map(|pages| paginated(scope, pages));
    let waiters = of.waiters.iter().map(|waiter| {
        let (traits, name) = (scope.runtime(runtime::OPERATION_TRAIT), table_name(waiter));
        quote!(#traits::Waitable(&#name))
    });
    let others = of.traits.iter().map(|of| one_trait(scope, of));
    pages.chain(waiters).chain(others)
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
        OperationTrait::PresignedQuery => quote!(#traits::PresignedQuery),
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
fn items(scope: &Scope, of: &Operation, path: &ItemsPath) -> impl ToCode {
    move |out: &mut Code| {
        let item = |out: &mut Code| match &path.key {
            Some(key) => code!(out; ({ty(scope, key)}, {ty(scope, &path.item)})),
            None => ty(scope, &path.item).to_code(out),
        };
        code! { out;
            impl {PAGE_ITEMS} for {Word(&of.output.rust)} {{
                type Item = {item};
                fn into_items(self) -> {scope.std("Vec")}<Self::Item> {{ self {steps(path)} }}
            }}
        }
    }
}

/// How the items of a page are taken out of it.
fn steps(path: &ItemsPath) -> impl ToCode {
    move |out: &mut Code| {
        let mut optional = false;
        for (step, step_optional) in &path.steps {
            let step = Word(step);
            match (optional, step_optional) {
                (false, _) => code!(out; .{step}),
                (true, false) => code!(out; .map(|inner| inner.{step})),
                (true, true) => code!(out; .and_then(|inner| inner.{step})),
            }
            optional |= step_optional;
        }
        if optional {
            code!(out; .unwrap_or_default());
        }
        if path.key.is_some() {
            code!(out; .into_iter().collect());
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
