//! Transfers of files: `transfer.rs`, and what the builders of their operations have.

use super::operation::fluent_builder;
use super::runtime::{self, DOWNLOAD, TRANSFER_ERROR, TRANSFERS, UNIT_TYPE, UPLOAD};
use super::scope::{Scope, ident};
use super::text::{docs, string_literal};
use crate::code::{Code, ToCode as _, code};
use crate::names::camel;
use crate::plan::{Completion, Operation, Plan, Transfer, TransferKind};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// Whether the service has transfers.
pub(super) fn any(plan: &Plan) -> bool {
    plan.transfers().next().is_some()
}

/// The module in the library's root.
pub(super) fn module(plan: &Plan) -> Option<TokenStream> {
    any(plan).then(|| {
        quote! {
            #TRANSFERS! { pub mod transfer; }
        }
    })
}

/// The static with the table of a transfer.
pub(super) fn table_name(of: &Transfer) -> Ident {
    format_ident!("{}", bare(of).to_uppercase())
}

/// The method's name without `r#`.
fn bare(of: &Transfer) -> &str {
    of.method.trim_start_matches("r#")
}

/// `transfer.rs`.
pub(super) fn file(plan: &Plan) -> Code {
    let scope = Scope::new(&[]);
    let methods: Vec<_> = plan.transfers().map(|(of, it)| method(of, it)).collect();
    let modules: Vec<_> = plan
        .transfers()
        .map(|(of, it)| types(plan, of, it))
        .collect();
    let tables: Vec<_> = plan
        .transfers()
        .map(|(of, transfer)| table(&scope, plan, of, transfer))
        .collect();
    let reexports = runtime::transfers();
    let items = quote! {
        #reexports
        #[doc = " Transfers."]
        impl crate::Client { #(#methods)* }
        #(#modules)*
        #(#tables)*
        #TRANSFER_ERROR!(crate::Error);
    };
    let mut code = Code::of_file();
    code!(&mut code; {items});
    scope.add_uses(Some("Transfers of files by presigned URLs."), &mut code);
    code
}

/// The method of the client.
fn method(of: &Operation, transfer: &Transfer) -> TokenStream {
    let (method, operation) = (ident(&transfer.method), ident(&of.module));
    let (module, name) = (module_name(transfer), builder_name(transfer));
    let builder = ident(&fluent_builder(of));
    let mut about = docs(&transfer.docs, format_args!("{}", transfer.summary()));
    about.line("");
    about.line(&format!(
        "It takes the input of [`{}`](Self::{operation}).",
        of.name
    ));
    let allow = allow(of);
    quote! {
        #about
        #allow
        pub fn #method(&self) -> #module::#name {
            crate::operation::#operation::#builder::new(self.into(), ::core::default::Default::default())
        }
    }
}

fn allow(of: &Operation) -> Option<TokenStream> {
    of.deprecated
        .as_ref()
        .map(|_| quote!(#[allow(deprecated, reason = "users of the operation are warned")]))
}

/// The module of a transfer's types: `upload_attachment`.
fn module_name(of: &Transfer) -> Ident {
    ident(&of.method)
}

fn builder_name(of: &Transfer) -> Ident {
    format_ident!("{}FluentBuilder", camel(&of.name, "Transfer"))
}

fn types(plan: &Plan, of: &Operation, transfer: &Transfer) -> TokenStream {
    let (module, builder) = (module_name(transfer), builder_name(transfer));
    let output = format_ident!("{}Output", camel(&transfer.name, "Transfer"));
    let operation = ident(&of.module);
    let request = ident(&fluent_builder(of));
    let (mode, result) = match &transfer.kind {
        TransferKind::Upload { .. } => {
            let (started, completed) = (started(of), completed(plan, transfer));
            let uploaded = runtime::UPLOADED;
            let mode = runtime::UPLOAD_REQUEST.to_token_stream();
            (mode, quote!(#uploaded<#started, #completed>))
        }
        TransferKind::Download { .. } => {
            let (started, downloaded) = (started(of), runtime::DOWNLOADED);
            let mode = runtime::DOWNLOAD_REQUEST.to_token_stream();
            (mode, quote!(#downloaded<#started>))
        }
    };
    let (about, allow) = (format!(" `{}`.", transfer.name), allow(of));
    quote! {
        #[doc = #about]
        #allow
        pub mod #module {
            #[doc = " Transfers the file instead of sending a request."]
            pub type #builder = crate::operation::#operation::#request<#mode>;
            #[doc = " The result of the transfer."]
            pub type #output = #result;
        }
    }
}

/// The output of the operation that starts the transfer.
fn started(of: &Operation) -> TokenStream {
    let (module, output) = (ident(&of.module), ident(&of.output.rust));
    quote!(crate::operation::#module::#output)
}

/// The operation that completes the transfer.
fn completing<'p>(
    plan: &'p Plan,
    transfer: &'p Transfer,
) -> Option<(&'p Completion, &'p Operation)> {
    let completion = transfer.completion()?;
    let mut operations = plan.operations.iter();
    let of = operations.find(|of| of.name == completion.operation)?;
    Some((completion, of))
}

/// The output of the operation that completes the transfer.
fn completed(plan: &Plan, transfer: &Transfer) -> TokenStream {
    match completing(plan, transfer) {
        Some((_, of)) => started(of),
        None => UNIT_TYPE.to_token_stream(),
    }
}

/// What the fluent builder of the operation has for the transfer that it starts. Without the feature it is nothing, so that
/// names aren't imported for it.
pub(super) fn of_builder(plan: &Plan, of: &Operation) -> Option<TokenStream> {
    let transfer = of.transfer.as_ref()?;
    let (builder, table) = (ident(&fluent_builder(of)), table_name(transfer));
    let started = ident(&of.output.rust);
    let table = quote!(crate::transfer::#table);
    Some(match &transfer.kind {
        TransferKind::Upload { .. } => {
            let completed = completed(plan, transfer);
            quote!(#UPLOAD!(#builder, #started, #completed, #table);)
        }
        TransferKind::Download { .. } => quote!(#DOWNLOAD!(#builder, #started, #table);),
    })
}

/// The table of a transfer.
fn table(scope: &Scope, plan: &Plan, of: &Operation, transfer: &Transfer) -> TokenStream {
    let (ident, name, start) = (
        table_name(transfer),
        string_literal(&transfer.name),
        reference(scope, of),
    );
    let (url, expiry) = (
        string_literal(&transfer.url),
        string_literal(&transfer.expiry),
    );
    match &transfer.kind {
        TransferKind::Upload {
            http_method,
            headers,
            file_name,
            file_size,
            media_type,
            ..
        } => {
            let table = scope.runtime(runtime::UPLOAD_TABLE);
            let [method, headers, file_name, file_size, media_type] =
                [http_method, headers, file_name, file_size, media_type]
                    .map(|of| string_literal(of));
            let completion = completing(plan, transfer).map(|of| completion(scope, of));
            let completion = completion.map_or(quote!(None), |of| quote!(Some(#of)));
            quote! {
                pub(crate) static #ident: #table = #table {
                    name: #name,
                    start: #start,
                    method: #method,
                    url: #url,
                    headers: #headers,
                    expiry: #expiry,
                    file_name: #file_name,
                    file_size: #file_size,
                    media_type: #media_type,
                    completion: #completion,
                };
            }
        }
        TransferKind::Download { file_size } => {
            let table = scope.runtime(runtime::DOWNLOAD_TABLE);
            let file_size = string_literal(file_size);
            quote! {
                pub(crate) static #ident: #table = #table {
                    name: #name,
                    start: #start,
                    url: #url,
                    expiry: #expiry,
                    file_size: #file_size,
                };
            }
        }
    }
}

fn reference(scope: &Scope, of: &Operation) -> TokenStream {
    let (reference, module) = (scope.runtime(runtime::OPERATION_REF), ident(&of.module));
    quote!(#reference(&crate::operation::#module::OPERATION))
}

fn completion(scope: &Scope, (completion, of): (&Completion, &Operation)) -> TokenStream {
    let (table, operation) = (scope.runtime(runtime::COMPLETION), reference(scope, of));
    let [from_output, from_input] =
        [&completion.from_output, &completion.from_input].map(|pairs| {
            let pairs = pairs.iter().map(|(name, from)| {
                let (name, from) = (string_literal(name), string_literal(from));
                quote!((#name, #from))
            });
            quote!(&[#(#pairs),*])
        });
    quote! {
        #table { operation: #operation, from_output: #from_output, from_input: #from_input }
    }
}
