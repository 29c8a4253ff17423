//! The global options, which every command has.

use super::{Check, Parser, Spec, Takes};
use crate::stop::Stop;

/// The global options as given.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is a flag on the command line.
pub(crate) struct Globals {
    pub(crate) debug: bool,
    pub(crate) endpoint_url: Option<String>,
    pub(crate) no_verify_ssl: bool,
    pub(crate) no_paginate: bool,
    pub(crate) output: Option<String>,
    pub(crate) query: Option<String>,
    pub(crate) profile: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) version: bool,
    pub(crate) color: Option<String>,
    pub(crate) no_sign_request: bool,
    pub(crate) ca_bundle: Option<String>,
    pub(crate) read_timeout: Option<String>,
    pub(crate) connect_timeout: Option<String>,
}

/// Reads the global options, and returns them and the remaining words.
pub(crate) fn parse(words: Vec<String>) -> Result<(Globals, Vec<String>), Stop> {
    let options = SPECS
        .iter()
        .map(|(name, takes, check)| Spec {
            check: *check,
            ..Spec::new(*name, *takes)
        })
        .collect();
    let parser = Parser {
        options,
        positionals: Vec::new(),
    };
    let parsed = parser.parse(words)?;
    let value = |name: &str| {
        let index = SPECS.iter().position(|(spec, ..)| *spec == name)?;
        parsed
            .last(index)
            .map(|words| words.first().cloned().unwrap_or_default())
    };
    let globals = Globals {
        debug: value("--debug").is_some(),
        endpoint_url: value("--endpoint-url"),
        no_verify_ssl: value("--no-verify-ssl").is_some(),
        no_paginate: value("--no-paginate").is_some(),
        output: value("--output"),
        query: value("--query"),
        profile: value("--profile").filter(|name| !name.is_empty()),
        region: value("--region"),
        version: parsed.ended.is_some(),
        color: value("--color"),
        no_sign_request: value("--no-sign-request").is_some(),
        ca_bundle: value("--ca-bundle"),
        read_timeout: value("--cli-read-timeout"),
        connect_timeout: value("--cli-connect-timeout"),
    };
    Ok((globals, parsed.rest))
}

/// The global options. Ambiguous abbreviations are listed in this order.
pub(crate) const SPECS: &[(&str, Takes, Check)] = &[
    ("--debug", Takes::Nothing, Check::Anything),
    ("--endpoint-url", Takes::One, Check::Anything),
    ("--no-verify-ssl", Takes::Nothing, Check::Anything),
    ("--no-paginate", Takes::Nothing, Check::Anything),
    (
        "--output",
        Takes::One,
        Check::OneOf(&["json", "text", "table"]),
    ),
    ("--query", Takes::One, Check::Anything),
    ("--profile", Takes::One, Check::Anything),
    ("--region", Takes::One, Check::Anything),
    ("--color", Takes::One, Check::OneOf(&["on", "off", "auto"])),
    ("--no-sign-request", Takes::Nothing, Check::Anything),
    ("--ca-bundle", Takes::One, Check::Anything),
    ("--cli-read-timeout", Takes::One, Check::Anything),
    ("--cli-connect-timeout", Takes::One, Check::Anything),
    ("--v2-debug", Takes::Nothing, Check::Anything),
    ("--version", Takes::Ends { exact: false }, Check::Anything),
];
