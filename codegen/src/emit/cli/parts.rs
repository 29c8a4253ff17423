//! What a command does beside calling its operation: options that set parts of members or write files, and the like.

use super::options;
use crate::code::{Code, ToCode, Word, code};
use crate::emit::runtime::{CLI_COMMAND, CLI_MOVE, CLI_OUTFILE, CLI_SHORTCUT, CLI_TRANSFER};
use crate::emit::scope::Scope;
use crate::emit::text::{StringLiteral, string_literal};
use crate::emit::transfer::table_name;
use crate::emit::ty::number;
use crate::plan::{
    FixedWords, Moves, Operation, Outfile, PageSize, PercentEncoding, Shortcut, Transfer,
    TransferKind,
};
use proc_macro2::TokenStream;
use quote::quote;

/// A call of `shortcuts`, if there are any.
pub(super) fn shortcuts(scope: &Scope, all: &[Shortcut]) -> Option<TokenStream> {
    let all = all.iter().map(|of| shortcut(scope, of));
    array(all).map(|all| quote!(.shortcuts(#all)))
}

/// The command of a transfer.
pub(super) fn transfer(scope: &Scope, of: &Operation, transfer: &Transfer) -> impl ToCode {
    move |out: &mut Code| {
        let summary = transfer.summary();
        let (name, summary) = (string_literal(&transfer.command), string_literal(&summary));
        let (command, transfers) = (scope.runtime(CLI_COMMAND), scope.runtime(CLI_TRANSFER));
        code!(out; {command}::new({name}, &crate::operation::{Word(&of.module)}::OPERATION, {summary}));
        if of.is_hidden() {
            code!(out; .hidden());
        }
        let kind = match &transfer.kind {
            TransferKind::Upload { .. } => "Upload",
            TransferKind::Download { .. } => "Download",
        };
        let table = table_name(transfer).to_string();
        code! { out;
            {options(scope, of)} .transfer({transfers}::{Word(kind)}(&crate::transfer::{Word(&table)}))
        }
    }
}

/// A call of `moves`.
pub(super) fn moves(scope: &Scope, of: &Moves) -> TokenStream {
    let if_set = words(&of.if_set);
    let members = of.members.iter().map(|of| {
        let (member, to) = (string_literal(&of.member), string_literal(&of.to));
        let with = fixed(&of.with).map(|with| quote!(.with(#with)));
        let item = scope.runtime(CLI_MOVE);
        quote!(#item::new(#member, #to) #with)
    });
    quote!(.moves(#if_set, &[#(#members),*]))
}

/// A call of `outfiles`, if there are any.
pub(super) fn outfiles(scope: &Scope, all: &[Outfile]) -> Option<TokenStream> {
    let all = all.iter().map(|of| {
        let (name, docs) = (string_literal(&of.name), string_literal(&of.docs));
        let paths = words(&of.paths);
        let choice = (!of.choice.is_empty()).then(|| {
            let (name, docs) = (string_literal(&of.choice), string_literal(&of.choice_docs));
            let choices = of.choices().map(string_literal);
            quote!(.choice(#name, #docs, &[#(#choices),*]))
        });
        let required = of.required.then(|| quote!(.required()));
        let removes = of.removes.then(|| quote!(.removes()));
        let item = scope.runtime(CLI_OUTFILE);
        quote!(#item::new(#name, #docs, #paths) #choice #required #removes)
    });
    array(all).map(|all| quote!(.outfiles(#all)))
}

/// A call of `percent_encoding`.
pub(super) fn percent_encoding(of: &PercentEncoding) -> TokenStream {
    let (member, value) = (string_literal(&of.member), string_literal(&of.value));
    let paths = words(&of.paths);
    quote!(.percent_encoding(#member, #value, #paths))
}

/// A call of `page_size`.
pub(super) fn page_size(of: &PageSize) -> TokenStream {
    let (size, beside) = (number(&of.size.to_string()), words(&of.beside));
    quote!(.page_size(#size, #beside))
}

fn shortcut(scope: &Scope, of: &Shortcut) -> TokenStream {
    let (name, docs) = (string_literal(&of.name), string_literal(&of.docs));
    let listed = |texts: &[String]| (!texts.is_empty()).then(|| words(texts));
    let sets = listed(&of.sets).map(|all| quote!(.sets(#all)));
    let separator = given(&of.separator).map(|text| quote!(.separator(#text)));
    let delimiter = given(&of.delimiter).map(|text| quote!(.delimiter(#text)));
    let values = array(of.values.iter().map(pair)).map(|all| quote!(.values(#all)));
    let prefixes = array(of.prefixes.iter().map(pair)).map(|all| quote!(.prefixes(#all)));
    let with = fixed(&of.with).map(|all| quote!(.with(#all)));
    let cases = of.cases.iter().map(|(suffix, with)| {
        let (suffix, with) = (string_literal(suffix), fixed(with));
        let with = with.unwrap_or_else(|| quote!(&[]));
        quote!((#suffix, #with))
    });
    let cases = array(cases).map(|all| quote!(.cases(#all)));
    let counts = listed(&of.counts).map(|all| quote!(.counts(#all)));
    let ids = listed(&of.ids).map(|all| quote!(.ids(#all)));
    let excludes = listed(&of.excludes).map(|all| quote!(.excludes(#all)));
    let only = given(&of.only).map(|text| quote!(.only(#text)));
    let expected = given(&of.expected).map(|text| quote!(.expected(#text)));
    let default = of.default.as_ref().map(|default| string_literal(default));
    let default = default.map(|default| quote!(.or(#default)));
    let required = of.required.then(|| quote!(.required()));
    let shortcut = scope.runtime(CLI_SHORTCUT);
    quote! {
        #shortcut::new(#name, #docs) #sets #separator #delimiter #values #prefixes #with #cases #counts #ids #excludes
            #only #expected #default #required
    }
}

/// A text that isn't empty.
fn given(text: &str) -> Option<StringLiteral<'_>> {
    (!text.is_empty()).then(|| string_literal(text))
}

fn pair((one, other): &(String, String)) -> TokenStream {
    let (one, other) = (string_literal(one), string_literal(other));
    quote!((#one, #other))
}

fn words(all: &[String]) -> TokenStream {
    let all = all.iter().map(|one| string_literal(one));
    quote!(&[#(#all),*])
}

fn fixed(all: &FixedWords) -> Option<TokenStream> {
    array(all.iter().map(|(path, all)| {
        let (path, all) = (string_literal(path), words(all));
        quote!((#path, #all))
    }))
}

/// An array literal; none if it would be empty.
fn array(all: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let all: Vec<_> = all.collect();
    (!all.is_empty()).then(|| quote!(&[#(#all),*]))
}
