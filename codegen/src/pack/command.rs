//! The record of a command: what it has beside its operation.

use super::encode::Encoder;
use crate::names::{CommandOption, OptionForm};
use crate::plan::{
    CommandPages, DEFAULT_ATTEMPTS, FixedWords, Member, Moves, Operation, Outfile, Shortcut,
    Transfer, TransferKind,
};

/// The head of the record, which lists need: name, operation (its place in the table of operations), aliases, whether
/// help lists it, and whether it transfers a file.
pub(super) fn head(to: &mut Encoder<'_>, of: &Operation, operation: usize) {
    to.text(&of.command);
    to.size(operation);
    to.texts(&of.aliases);
    to.bool(of.is_hidden());
    to.bool(false);
}

/// The record of a transfer's command.
pub(super) fn transfer(
    to: &mut Encoder<'_>,
    (of, transfer): (&Operation, &Transfer),
    operation: usize,
    docs: &[usize],
) {
    to.text(&transfer.command);
    to.size(operation);
    to.texts(&[]);
    to.bool(of.is_hidden());
    to.bool(true);
    to.list(docs, |to, block| to.size(*block));
    to.text(&transfer.name);
    to.text(&transfer.url);
    to.text(&transfer.expiry);
    to.bool(matches!(transfer.kind, TransferKind::Upload { .. }));
    match &transfer.kind {
        TransferKind::Upload {
            http_method,
            headers,
            file_name,
            file_size,
            media_type,
            completion,
        } => {
            for text in [http_method, headers, file_name, file_size, media_type] {
                to.text(text);
            }
            to.bool(completion.is_some());
            if let Some(of) = completion {
                to.text(&of.operation);
                to.list(&of.from_output, Encoder::pair);
                to.list(&of.from_input, Encoder::pair);
            }
        }
        TransferKind::Download { file_size } => to.text(file_size),
    }
    options(to, of);
}

/// The rest of the record. `docs` are the blocks of documentation that its help needs.
pub(super) fn body(to: &mut Encoder<'_>, of: &Operation, docs: &[usize]) {
    to.list(docs, |to, block| to.size(*block));
    options(to, of);
    to.list(&of.shortcuts, shortcut);
    to.bool(of.moves.is_some());
    if let Some(of) = &of.moves {
        moves(to, of);
    }
    to.list(&of.outfiles, outfile);
    to.bool(of.percent_encoding.is_some());
    if let Some(of) = &of.percent_encoding {
        to.text(&of.member);
        to.text(&of.value);
        to.texts(&of.paths);
    }
    to.bool(of.page_size.is_some());
    if let Some(of) = &of.page_size {
        to.number(of.size);
        to.texts(&of.beside);
    }
    to.bool(of.command_pages.is_some());
    if let Some(of) = &of.command_pages {
        pages(to, of);
    }
    let waiters = of.waiters.iter();
    let unusual: Vec<_> = waiters
        .filter(|of| of.max_attempts != DEFAULT_ATTEMPTS)
        .collect();
    to.list(&unusual, |to, of| {
        to.text(&of.name);
        to.number(u64::from(of.max_attempts));
    });
}

/// The options that differ from what their members say.
fn options(to: &mut Encoder<'_>, of: &Operation) {
    let members = of.input.members.iter().zip(&of.options);
    let options: Vec<_> = members
        .filter(|(member, option)| option.differs_from(&member.name))
        .collect();
    to.list(&options, |to, (member, of)| option(to, member, of));
}

/// An option that differs from what its member says.
fn option(to: &mut Encoder<'_>, member: &Member, of: &CommandOption) {
    to.text(&member.name);
    to.text(&of.name);
    to.texts(&of.aliases);
    let off = of.off.as_ref().filter(|_| !of.has_usual_off());
    optional(to, off);
    for flag in [
        of.form == OptionForm::FlagOrValue,
        of.hidden,
        of.base64,
        of.plain,
    ] {
        to.bool(flag);
    }
    to.text(&of.note(&member.name).unwrap_or_default());
}

fn optional(to: &mut Encoder<'_>, text: Option<&String>) {
    to.bool(text.is_some());
    if let Some(text) = text {
        to.text(text);
    }
}

fn shortcut(to: &mut Encoder<'_>, of: &Shortcut) {
    to.text(&of.name);
    to.text(&of.docs);
    to.texts(&of.sets);
    to.text(&of.separator);
    to.text(&of.delimiter);
    to.list(&of.values, Encoder::pair);
    to.list(&of.prefixes, Encoder::pair);
    fixed(to, &of.with);
    to.list(&of.cases, |to, (suffix, with)| {
        to.text(suffix);
        fixed(to, with);
    });
    to.texts(&of.counts);
    to.texts(&of.ids);
    to.texts(&of.excludes);
    to.text(&of.only);
    to.text(&of.expected);
    optional(to, of.default.as_ref());
    to.bool(of.required);
}

fn fixed(to: &mut Encoder<'_>, all: &FixedWords) {
    to.list(all, |to, (path, words)| {
        to.text(path);
        to.texts(words);
    });
}

fn moves(to: &mut Encoder<'_>, of: &Moves) {
    to.texts(&of.if_set);
    to.list(&of.members, |to, of| {
        to.text(&of.member);
        to.text(&of.to);
        fixed(to, &of.with);
    });
}

fn outfile(to: &mut Encoder<'_>, of: &Outfile) {
    to.text(&of.name);
    to.text(&of.docs);
    to.texts(&of.paths);
    to.bool(!of.choice.is_empty());
    if !of.choice.is_empty() {
        to.text(&of.choice);
        to.text(&of.choice_docs);
        let choices: Vec<_> = of.choices().collect();
        to.list(&choices, |to, choice| to.text(choice));
    }
    to.bool(of.required);
    to.bool(of.removes);
}

fn pages(to: &mut Encoder<'_>, of: &CommandPages) {
    to.texts(&of.input_tokens);
    to.texts(&of.output_tokens);
    to.text(&of.more_results);
    to.texts(&of.results);
    to.texts(&of.non_aggregate);
    to.text(&of.page_size);
}
