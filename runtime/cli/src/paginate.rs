//! Fetches all pages and prints them as one response. If `--max-items` cuts it, the response has a token for
//! `--starting-token`, in the AWS CLI's form.

mod page;
mod token;

use crate::args::command::Given;
use crate::call::send;
use crate::command::{Command, Pages};
use crate::context::Context;
use crate::output::{Color, Format, Style};
use crate::stop::{Stop, quoted};
use crate::{check, number, print};
use page::Expression;
use swage_client::client::Client;
use swage_client::schema::Schema;
use swage_client::{Any, Record};
use token::Tokens;

/// A request for all pages.
pub(crate) struct PageWalk {
    pages: Pages,
    /// Find the next tokens in an output.
    next: Vec<Expression>,
    /// Tells whether there is a next page.
    more: Option<Expression>,
    max_items: Option<i64>,
    /// The tokens of the page to fetch.
    tokens: Tokens,
    /// How many items of the first page to skip, because an earlier command printed them.
    skip: Option<usize>,
}

/// Plans how to fetch all pages; none for a single call. Sets page size and tokens in the input.
pub(crate) fn plan(
    context: &Context,
    command: &Command,
    given: &Given,
    members: &mut Vec<(String, Any)>,
) -> Result<Option<PageWalk>, Stop> {
    let Some(pages) = command.paging() else {
        return Ok(None);
    };
    if context.globals.no_paginate || given.pages_manually(command) {
        return refuse_options(given).map(|()| None);
    }
    let (tokens, skip) = match &given.starting_token {
        None => (Tokens::first(pages.input_tokens), None),
        Some(text) => {
            let (tokens, skip) = Tokens::decode(text, pages.input_tokens)?;
            for (name, token) in tokens.each() {
                set(members, name, token);
            }
            (tokens, Some(skip))
        }
    };
    let size = given.page_size.clone();
    if let Some(size) = size.or_else(|| default_size(command, members)) {
        set(members, pages.page_size, Some(page_size(command, &size)));
    }
    let max_items = given.max_items.as_deref().map(max_items).transpose()?;
    let next = pages.output_tokens.iter().copied().map(Expression::new);
    let more = Some(pages.more_results).filter(|more| !more.is_empty());
    Ok(Some(PageWalk {
        next: next.collect::<Result<_, _>>()?,
        more: more.map(Expression::new).transpose()?,
        pages,
        max_items,
        tokens,
        skip,
    }))
}

/// The size of pages if none is given.
fn default_size(command: &Command, members: &[(String, Any)]) -> Option<String> {
    let default = command.page_size?;
    let mut names = members.iter().map(|(name, _)| name.as_str());
    let is_alone = names.all(|name| default.beside.contains(&name));
    is_alone.then(|| default.size.to_string())
}

fn page_size(command: &Command, size: &str) -> Any {
    if command.has_numeric_sizes() {
        Any::Number(size.to_owned())
    } else {
        Any::String(size.to_owned())
    }
}

fn refuse_options(given: &Given) -> Result<(), Stop> {
    let options = [
        ("--starting-token", &given.starting_token),
        ("--page-size", &given.page_size),
        ("--max-items", &given.max_items),
    ];
    let used: Vec<_> = options
        .iter()
        .filter(|(_, value)| value.is_some())
        .map(|(name, _)| *name)
        .collect();
    if used.is_empty() {
        return Ok(());
    }
    Err(Stop::Error(format!(
        "Error during pagination: Cannot specify --no-paginate along with pagination arguments: {}",
        used.join(", ")
    )))
}

fn max_items(text: &str) -> Result<i64, Stop> {
    let number = number::integer(text).ok_or_else(|| {
        let what = format_args!("invalid number {}", quoted(text)).to_string();
        Stop::parameter("--max-items", what)
    })?;
    let number = number.parse::<i64>().unwrap_or(i64::MAX);
    if number <= 0 {
        eprintln!("warning: Non-positive values for --max-items may result in undefined behavior.");
    }
    Ok(number.max(0))
}

/// Sets or removes a member of the input.
fn set(members: &mut Vec<(String, Any)>, name: &str, value: Option<Any>) {
    members.retain(|(known, _)| known != name);
    members.extend(value.map(|value| (name.to_owned(), value)));
}

/// Fetches and prints all pages: one by one with `--output text` and `yaml-stream`, else as one response.
pub(crate) fn run(
    context: &Context,
    command: &'static Command,
    client: &Client,
    input: Record,
    walk: PageWalk,
) -> Result<(), Stop> {
    match print::format(context) {
        Ok(Format::Text) => return run_by_page(context, command, client, input, walk),
        Ok(Format::YamlStream) => {
            let mut each = |page| print::response(context, command, page);
            return fetch(context, command, client, input, walk, &mut each).map(drop);
        }
        _ => {}
    }
    let pages = walk.pages;
    let (mut all, mut others) = (Any::Map(Vec::new()), Any::Map(Vec::new()));
    let mut first = true;
    let resume = fetch(context, command, client, input, walk, &mut |mut page| {
        if std::mem::take(&mut first) {
            others = page::non_aggregate(&page, pages.non_aggregate);
        }
        for path in pages.results {
            if let Some(value) = page::take(&mut page, path) {
                page::join(&mut all, path, value);
            }
        }
        Ok(())
    })?;
    page::merge(&mut all, others);
    if let (Any::Map(entries), Some(token)) = (&mut all, resume) {
        entries.retain(|(name, _)| name != NEXT_TOKEN);
        entries.push((NEXT_TOKEN.to_owned(), Any::String(token)));
    }
    print::response(context, command, all)
}

/// The member of the printed response for the token.
const NEXT_TOKEN: &str = "NextToken";

fn run_by_page(
    context: &Context,
    command: &'static Command,
    client: &Client,
    input: Record,
    walk: PageWalk,
) -> Result<(), Stop> {
    let pages = walk.pages;
    let mut first = true;
    let resume = fetch(context, command, client, input, walk, &mut |mut page| {
        let others = if std::mem::take(&mut first) {
            pages.non_aggregate
        } else {
            &[]
        };
        let mut told = page::non_aggregate(&page, others);
        for path in pages.results {
            let value = page::take(&mut page, path).unwrap_or(Any::Null);
            page::set(&mut told, path, value);
        }
        print::response(context, command, told)
    })?;
    let Some(token) = resume else { return Ok(()) };
    let token = Any::Map(vec![(NEXT_TOKEN.to_owned(), Any::String(token))]);
    let told = Any::Map(vec![(NEXT_TOKEN.to_owned(), token)]);
    // `--query` applies to the pages, which don't have the token.
    let style = Style::of_stdout(Format::Text, Color::Off);
    print::styled(context, style, command, told)
}

/// Fetches page by page. Returns the token for the next command, if there are more items than asked for.
fn fetch(
    context: &Context,
    command: &'static Command,
    client: &Client,
    mut input: Record,
    mut walk: PageWalk,
    each: &mut dyn FnMut(Any) -> Result<(), Stop>,
) -> Result<Option<String>, Stop> {
    let counted = walk.pages.results.first().copied().unwrap_or_default();
    let mut left = walk.max_items;
    loop {
        let output = send(context, command, client, &mut input)?;
        let next = walk.next(command.operation().input, &output)?;
        let mut page = Any::Structure(output);
        let skip = walk.skip.take();
        if let Some(skip) = skip {
            page::resume(&mut page, walk.pages.results, skip);
        }
        let count = page::length(page::get(&page, counted));
        if let Some(keep) = left.filter(|left| count > *left) {
            page::truncate(&mut page, counted, keep);
            each(page)?;
            let told = skip.map_or(0, |skip| i64::try_from(skip).unwrap_or(i64::MAX));
            let told = keep.saturating_add(told);
            return Ok(Some(walk.tokens.encode(Some(told))));
        }
        each(page)?;
        left = left.map(|left| left - count);
        // A service may return the same tokens on the last page.
        let Some(next) = next.filter(|next| put(command, &mut input, next)) else {
            return Ok(None);
        };
        if left == Some(0) {
            return Ok(Some(next.encode(None)));
        }
        walk.tokens = next;
    }
}

impl PageWalk {
    /// The tokens of the next page; none after the last.
    fn next(&self, input: &Schema, output: &Record) -> Result<Option<Tokens>, Stop> {
        if let Some(more) = &self.more
            && more.find(output)?.is_blank()
        {
            return Ok(None);
        }
        let found = self.next.iter().map(|next| next.find(output));
        let tokens = Tokens::new(
            input,
            self.pages.input_tokens,
            found.collect::<Result<_, _>>()?,
        );
        Ok(Some(tokens).filter(|tokens| !tokens.are_none()))
    }
}

/// Sets tokens in the input. Returns false if they were the same before.
fn put(command: &Command, input: &mut Record, tokens: &Tokens) -> bool {
    let schema = command.operation().input;
    let mut is_new = false;
    for (name, token) in tokens.each() {
        let Some((index, _)) = schema.member(name) else {
            continue;
        };
        let before = input.take(index);
        if let Some(token) = token {
            let (mut checked, _) = check::input(schema, vec![(name.to_owned(), token)]);
            if let Some(token) = checked.take(index) {
                input.set(index, token);
            }
        }
        is_new |= before.as_ref() != input.get(index);
    }
    is_new
}
