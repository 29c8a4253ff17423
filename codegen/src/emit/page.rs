//! The crate's page in its documentation, below what the model says of the service: how to begin, and where everything is.

use super::{readme, transfer, waiter};
use crate::Options;
use crate::plan::{Operation, Plan, Ty};

/// The lines; none for a module of another crate.
pub(super) fn lines(plan: &Plan, options: &Options) -> Vec<String> {
    if options.module.is_some() {
        return Vec::new();
    }
    let mut sections = vec![
        "# Getting started".to_owned(),
        readme::dependencies(plan, options),
    ];
    // Doc tests of the crate don't have Tokio.
    sections.extend(readme::call(plan, "ignore"));
    sections.push(TOKIO.to_owned());
    sections.push(format!("# Features\n\n{}", readme::features(plan, options)));
    sections.push(format!("# Contents\n\n{}", contents(plan)));
    let text = sections.join("\n\n");
    let lines = text.lines().map(str::to_owned);
    std::iter::once(String::new()).chain(lines).collect()
}

const TOKIO: &str =
    "Calls are made within a [Tokio](https://docs.rs/tokio) runtime that has timers and I/O, as
`#[tokio::main]` makes one. Programs without async use the feature `blocking`.";

/// A table of the crate's modules and of the pages of the guide.
fn contents(plan: &Plan) -> String {
    let mut rows = vec![
        (
            "operations, each with its errors and an example",
            "[`operation`], the methods of [`Client`]".to_owned(),
        ),
        (
            "structures, unions and enums of inputs and outputs",
            "[`types`]".to_owned(),
        ),
        (
            "region, credentials, endpoint, retries, time limits, TLS, proxies",
            "[`config`], [`guide::settings`]".to_owned(),
        ),
        (
            "errors",
            "[`Error`], [`error`], [`guide::errors`]".to_owned(),
        ),
    ];
    if let Some(of) = plan.operations.iter().find(|of| of.pages.is_some()) {
        let place = format!(
            "`into_paginator()`, such as that of [`Client::{0}`]; [`guide::pages`]",
            of.module
        );
        rows.push(("pages", place));
    }
    if waiter::any(plan) {
        let place = "`wait_until_…`, [`waiters`], [`guide::pages`]".to_owned();
        rows.push(("waiting for a state", place));
    }
    if plan.operations.iter().any(has_stream) {
        let place = "[`primitives::ByteStream`], [`guide::streams`]".to_owned();
        rows.push(("streams", place));
    }
    if transfer::any(plan) {
        let place = "the feature `transfer`, [`guide::transfers`]".to_owned();
        rows.push(("files that are uploaded and downloaded", place));
    }
    rows.extend([
        ("blobs, timestamps, documents", "[`primitives`]".to_owned()),
        ("requests that others send", "[`presigning`]".to_owned()),
        (
            "headers on each request, other changes of requests and responses",
            "[`guide::interceptors`]".to_owned(),
        ),
        ("calls without async", "[`guide::blocking`]".to_owned()),
        ("values as JSON", "[`guide::serde`]".to_owned()),
        (
            "tests of code that calls the service",
            "[`guide::testing`]".to_owned(),
        ),
    ]);
    let rows = rows
        .iter()
        .map(|(what, place)| format!("| {what} | {place} |"));
    let head = ["| for | see |".to_owned(), "| --- | --- |".to_owned()];
    let table: Vec<_> = head.into_iter().chain(rows).collect();
    table.join("\n")
}

/// Whether the input or the output has a stream of bytes.
fn has_stream(of: &Operation) -> bool {
    let mut members = of.input.members.iter().chain(&of.output.members);
    members.any(|member| member.ty == Ty::Stream)
}
