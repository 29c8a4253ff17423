//! The command line: `main.rs`, `cli.rs`, `manual.txt`.

mod parts;

use super::runtime::{CLI, CLI_COMMAND, CLI_MAIN, CLI_OPTION, CLI_PAGES};
use super::scope::{Scope, ident};
use super::text::{doc_line, string_literal};
use super::ty::number;
use super::{Emitted, plain, rust};
use crate::code::{Code, ToCode, Word, code, list};
use crate::docs::{manual, summary};
use crate::names::{CommandOption, OptionForm};
use crate::plan::manual::{of_operation, of_type};
use crate::plan::{CommandPages, DEFAULT_ATTEMPTS, Member, Operation, Plan};
use proc_macro2::TokenStream;
use quote::quote;

/// All files of the command line.
pub(super) fn files(plan: &Plan) -> Vec<Emitted<'_>> {
    vec![
        rust("main", || main(plan)),
        rust("cli", || cli(plan)),
        plain("src/manual.txt", || manual_text(plan)),
    ]
}

fn main(plan: &Plan) -> TokenStream {
    let library = ident(&plan.library());
    quote! {
        #![doc = " The command line."]
        #![forbid(unsafe_code)]
        fn main() -> std::process::ExitCode { #CLI_MAIN(&#library::cli::CLI) }
    }
}

fn cli(plan: &Plan) -> Code {
    let scope = Scope::new(&[]);
    let program = scope.runtime(CLI);
    let commands: Vec<_> = plan.commands().collect();
    let transfers: Vec<_> = plan.transfers().collect();
    let commands = commands.iter().map(|of| Code::of(&command(&scope, of)));
    let transfers = transfers
        .iter()
        .map(|(of, transfer)| Code::of(&parts::transfer(&scope, of, transfer)));
    let commands: Vec<_> = commands.chain(transfers).collect();
    let commands = list(commands.iter().map(|of| |out: &mut Code| of.to_code(out)));
    let mut code = Code::of_file();
    code! { &mut code;
        {doc_line("The program.")}
        pub static CLI: {program} = {program} {{
            name: {string_literal(&plan.program)},
            version: env!("CARGO_PKG_VERSION"),
            service: &crate::service::SERVICE,
            manual: include_str!("manual.txt"),
            commands: &[{commands}],
        }};
    }
    let about = "The command line as data: `swage_cli` does the rest.";
    scope.add_uses(Some(about), &mut code);
    code
}

/// A command: its options follow from the operation's input, so only what differs is emitted.
fn command(scope: &Scope, of: &Operation) -> impl ToCode {
    move |out: &mut Code| {
        let summary = summary(&of.docs);
        let (name, summary) = (string_literal(&of.command), string_literal(&summary));
        let command = scope.runtime(CLI_COMMAND);
        code! { out;
            {command}::new({name}, &crate::operation::{Word(&of.module)}::OPERATION, {summary})
                {aliases(&of.aliases)}
        }
        if of.is_hidden() {
            code!(out; .hidden());
        }
        options(scope, of).to_code(out);
        code! { out;
            {parts::shortcuts(scope, &of.shortcuts)}
            {of.moves.as_ref().map(|of| parts::moves(scope, of))}
            {parts::outfiles(scope, &of.outfiles)}
            {of.percent_encoding.as_ref().map(parts::percent_encoding)}
            {of.command_pages.as_ref().map(|of| pages(scope, of))}
            {of.page_size.as_ref().map(parts::page_size)}
            {max_attempts(of)}
        }
    }
}

/// The options that differ from what their members say.
fn options(scope: &Scope, of: &Operation) -> impl ToCode {
    move |out: &mut Code| {
        let members = of.input.members.iter().zip(&of.options);
        let options = members.filter(|(member, named)| named.differs_from(&member.name));
        if options.clone().next().is_some() {
            let options = list(options.map(|(member, named)| option(scope, member, named)));
            code!(out; .options(&[{options}]));
        }
    }
}

/// Names that help doesn't show.
fn aliases(names: &[String]) -> impl ToCode {
    let literals = names.iter().map(|name| string_literal(name));
    (!names.is_empty())
        .then_some(move |out: &mut Code| code!(out; .aliases(&[{list(literals.clone())}])))
}

/// An option that differs from what its member says.
fn option(scope: &Scope, member: &Member, named: &CommandOption) -> impl ToCode {
    move |out: &mut Code| {
        let (of, name) = (string_literal(&member.name), string_literal(&named.name));
        code!(out; {scope.runtime(CLI_OPTION)}::new({of}, {name}) {aliases(&named.aliases)});
        if named.form == OptionForm::FlagOrValue {
            code!(out; .flag());
        }
        if let Some(off) = named.off.as_ref().filter(|_| !named.has_usual_off()) {
            code!(out; .off({string_literal(off)}));
        }
        if named.hidden {
            code!(out; .hidden());
        }
        if named.base64 {
            code!(out; .base64());
        }
        if named.plain {
            code!(out; .plain_values());
        }
        if let Some(note) = named.note(&member.name) {
            code!(out; .note({string_literal(&note)}));
        }
    }
}

fn pages(scope: &Scope, of: &CommandPages) -> TokenStream {
    let texts = |all: &[String]| {
        let all = all.iter().map(|one| string_literal(one));
        quote!(&[#(#all),*])
    };
    let (inputs, outputs) = (texts(&of.input_tokens), texts(&of.output_tokens));
    let (results, others) = (texts(&of.results), texts(&of.non_aggregate));
    let (more, size) = (
        string_literal(&of.more_results),
        string_literal(&of.page_size),
    );
    let pages = scope.runtime(CLI_PAGES);
    quote! {
        .pages(#pages {
            input_tokens: #inputs,
            output_tokens: #outputs,
            more_results: #more,
            results: #results,
            non_aggregate: #others,
            page_size: #size,
        })
    }
}

/// The number of attempts of waiters, where it isn't the default.
fn max_attempts(of: &Operation) -> Option<TokenStream> {
    let waiters = of.waiters.iter();
    let unusual = waiters.filter(|of| of.max_attempts != DEFAULT_ATTEMPTS);
    let pairs: Vec<_> = unusual
        .map(|of| {
            let (name, attempts) = (
                string_literal(&of.name),
                number(&of.max_attempts.to_string()),
            );
            quote!((#name, #attempts))
        })
        .collect();
    (!pairs.is_empty()).then(|| quote!(.max_attempts(&[#(#pairs),*])))
}

/// The documentation that help pages are made of.
fn manual_text(plan: &Plan) -> String {
    let mut out = String::new();
    manual([&plan.service.id], &plan.service.docs, &mut out);
    for of in plan.commands() {
        of_operation(of, &mut out);
    }
    for of in &plan.types {
        of_type(of, &mut out);
    }
    out
}
