//! Pages, fetched one after the other and told as one response; where to go on afterwards is told in a
//! token like the AWS CLI's.

use crate::CliOperation;
use crate::args::operation::Given;
use crate::output::Format;
use crate::run::{Context, finish, format, send};
use crate::stop::Stop;
use crate::values;
use swage_client::client::Client;
use swage_client::jmespath::json;
use swage_client::operation::Pagination;
use swage_client::schema::Kind;
use swage_client::{Any, Record};

/// How the pages of one command are walked over.
pub(crate) struct Walk {
    pages: Pagination,
    max_items: Option<usize>,
    /// The token to begin with, as JSON; none for the first page.
    token: Option<String>,
    /// How many items of the first page were told before.
    skip: usize,
}

/// How to walk over the pages; none when the command makes one call. Puts page size and token into the input.
pub(crate) fn plan(
    context: &Context,
    operation: &CliOperation,
    given: &Given,
    members: &mut Vec<(String, Any)>,
) -> Result<Option<Walk>, Stop> {
    let Some(pages) = crate::args::operation::pagination(operation.operation) else {
        return Ok(None);
    };
    let by_hand = |name: &str| {
        given
            .members
            .iter()
            .any(|(member, ..)| member.name() == name)
    };
    if context.globals.no_paginate || by_hand(pages.input_token) || by_hand(pages.page_size) {
        return refuse_options(given).map(|()| None);
    }
    let (token, skip) = given
        .starting_token
        .as_deref()
        .map_or((None, 0), |token| decode(token, pages.input_token));
    if let Some(token) = token.as_deref().and_then(|token| json::parse(token).ok()) {
        set(members, pages.input_token, token);
    }
    if let Some(size) = &given.page_size {
        let kind = operation
            .operation
            .input
            .member(pages.page_size)
            .map(|(_, member)| member.target().kind());
        let text = kind == Some(Kind::String);
        set(
            members,
            pages.page_size,
            if text {
                Any::String(size.clone())
            } else {
                Any::Number(size.clone())
            },
        );
    }
    let max_items = given.max_items.as_deref().map(max_items);
    Ok(Some(Walk {
        pages,
        max_items,
        token,
        skip,
    }))
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

fn max_items(text: &str) -> usize {
    let number = text.trim().parse::<i64>().unwrap_or(i64::MAX);
    if number <= 0 {
        eprintln!("warning: Non-positive values for --max-items may result in undefined behavior.");
    }
    usize::try_from(number).unwrap_or(0)
}

fn set(members: &mut Vec<(String, Any)>, name: &str, value: Any) {
    members.retain(|(known, _)| known != name);
    members.push((name.to_owned(), value));
}

/// Fetches all pages, and prints them: one by one as text, else as one response.
pub(crate) fn run(
    context: &Context,
    operation: &'static CliOperation,
    client: &Client,
    mut input: Record,
    walk: Walk,
) -> Result<(), Stop> {
    let by_page = matches!(format(context), Ok(Format::Text));
    let path: Vec<&str> = walk.pages.items.split('.').collect();
    let mut all: Option<Any> = None;
    let resume = fetch(context, operation, client, &mut input, walk, &mut |items| {
        if by_page {
            return finish(context, operation, nest(&path, items.unwrap_or(Any::Null)));
        }
        all = match (all.take(), items) {
            (Some(before), Some(more)) => Some(append(before, more)),
            (before, more) => before.or(more),
        };
        Ok(())
    })?;
    if by_page {
        let Some(token) = resume else { return Ok(()) };
        let token = Any::Map(vec![("NextToken".to_owned(), Any::String(token))]);
        return finish(
            context,
            operation,
            Any::Map(vec![("NextToken".to_owned(), token)]),
        );
    }
    let mut response = all.map_or_else(|| Any::Map(Vec::new()), |items| nest(&path, items));
    if let (Any::Map(entries), Some(token)) = (&mut response, resume) {
        entries.push(("NextToken".to_owned(), Any::String(token)));
    }
    finish(context, operation, response)
}

/// Fetches page after page; gives the token to go on with, when there is more than was asked for.
fn fetch(
    context: &Context,
    operation: &'static CliOperation,
    client: &Client,
    input: &mut Record,
    walk: Walk,
    each: &mut dyn FnMut(Option<Any>) -> Result<(), Stop>,
) -> Result<Option<String>, Stop> {
    let Walk {
        pages,
        max_items,
        mut token,
        mut skip,
    } = walk;
    let mut total = 0;
    loop {
        let mut output = send(context, operation, client, input)?;
        let mut items = take(&mut output, pages.items);
        cut(&mut items, skip, usize::MAX);
        let count = items.as_ref().map_or(0, length);
        if let Some(max) = max_items
            && total + count > max
        {
            let keep = max.saturating_sub(total);
            cut(&mut items, 0, keep);
            each(items)?;
            return Ok(Some(encode(
                pages.input_token,
                token.as_deref(),
                Some(keep + skip),
            )));
        }
        each(items)?;
        (total, skip) = (total + count, 0);
        let next = take(&mut output, pages.output_token).and_then(|next| token_text(&next));
        let Some(next) = next else { return Ok(None) };
        if max_items == Some(total) {
            return Ok(Some(encode(pages.input_token, Some(&next), None)));
        }
        if token.as_deref() == Some(&next) {
            return Err(Stop::Error(format!(
                "Error during pagination: The same next token was received twice: {next}"
            )));
        }
        let value = json::parse(&next).unwrap_or(Any::Null);
        if let Some((index, _)) = operation.operation.input.member(pages.input_token) {
            input.set(index, value);
        }
        token = Some(next);
    }
}

/// Takes the value at a path of member names out of a record.
fn take(record: &mut Record, path: &str) -> Option<Any> {
    let (name, rest) = path
        .split_once('.')
        .map_or((path, None), |(name, rest)| (name, Some(rest)));
    let (index, _) = record.schema().member(name)?;
    let value = record.take(index)?;
    match (rest, value) {
        (None, Any::Null) => None,
        (None, value) => Some(value),
        (Some(rest), Any::Structure(mut inner)) => {
            let found = take(&mut inner, rest);
            record.set(index, Any::Structure(inner));
            found
        }
        (Some(_), _) => None,
    }
}

/// The value inside objects, one for each name.
fn nest(path: &[&str], value: Any) -> Any {
    path.iter().rev().fold(value, |value, name| {
        Any::Map(vec![((*name).to_owned(), value)])
    })
}

fn length(items: &Any) -> usize {
    match items {
        Any::List(values) => values.len(),
        Any::Map(entries) => entries.len(),
        _ => 1,
    }
}

fn cut(items: &mut Option<Any>, from: usize, to: usize) {
    fn range<T>(values: &mut Vec<T>, from: usize, to: usize) {
        values.truncate(to);
        values.drain(..from.min(values.len()));
    }
    match items {
        Some(Any::List(values)) => range(values, from, to),
        Some(Any::Map(entries)) => range(entries, from, to),
        _ => {}
    }
}

fn append(before: Any, more: Any) -> Any {
    match (before, more) {
        (Any::List(mut before), Any::List(more)) => {
            before.extend(more);
            Any::List(before)
        }
        (Any::Map(mut before), Any::Map(more)) => {
            before.extend(more);
            Any::Map(before)
        }
        (before, _) => before,
    }
}

/// A service's token as JSON; none for one that says that there is no more.
fn token_text(token: &Any) -> Option<String> {
    let empty = match token {
        Any::Null | Any::Boolean(false) => true,
        Any::String(text) => text.is_empty(),
        Any::List(values) => values.is_empty(),
        Any::Map(entries) => entries.is_empty(),
        _ => false,
    };
    (!empty).then(|| values::to_json(token))
}

/// The token that a later command begins with: base64 of `{"NextToken": …, "boto_truncate_amount": …}`.
fn encode(name: &str, token: Option<&str>, amount: Option<usize>) -> String {
    let name = values::to_json(&Any::String(name.to_owned()));
    let amount = amount.map_or(String::new(), |amount| {
        format!(", \"boto_truncate_amount\": {amount}")
    });
    aws_smithy_types::base64::encode(format!("{{{name}: {}{amount}}}", token.unwrap_or("null")))
}

/// The service's token as JSON, and how many items of its page were told; the token itself when it isn't one of ours.
fn decode(text: &str, name: &str) -> (Option<String>, usize) {
    let decoded = aws_smithy_types::base64::decode(text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(Any::Map(entries)) = decoded.and_then(|json| json::parse(&json).ok()) else {
        let (token, amount) = text
            .rsplit_once("___")
            .and_then(|(token, n)| Some((token, n.parse().ok()?)))
            .unwrap_or((text, 0));
        let token = (token != "None").then(|| values::to_json(&Any::String(token.to_owned())));
        return (token, amount);
    };
    let find = |key: &str| {
        entries
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value)
    };
    let amount = match find("boto_truncate_amount") {
        Some(Any::Number(amount)) => amount.parse().unwrap_or(0),
        _ => 0,
    };
    (find(name).and_then(token_text), amount)
}
