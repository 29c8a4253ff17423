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
    /// Nothing goes through a pager.
    pub(crate) no_cli_pager: bool,
    /// The request is printed instead of sent.
    pub(crate) print_request: bool,
}

impl Globals {
    /// Takes over the options that `others` has.
    #[cfg(feature = "pack")]
    pub(crate) fn replace_by(&mut self, others: Self) {
        let replace = |own: &mut Option<String>, other: Option<String>| {
            if other.is_some() {
                *own = other;
            }
        };
        replace(&mut self.endpoint_url, others.endpoint_url);
        replace(&mut self.output, others.output);
        replace(&mut self.query, others.query);
        replace(&mut self.region, others.region);
        replace(&mut self.color, others.color);
        replace(&mut self.ca_bundle, others.ca_bundle);
        replace(&mut self.read_timeout, others.read_timeout);
        replace(&mut self.connect_timeout, others.connect_timeout);
        self.no_verify_ssl |= others.no_verify_ssl;
        self.no_paginate |= others.no_paginate;
        self.no_sign_request |= others.no_sign_request;
        self.no_cli_pager |= others.no_cli_pager;
        self.print_request |= others.print_request;
    }
}

/// Reads the global options, and returns them and the remaining words.
pub(crate) fn parse(words: Vec<String>) -> Result<(Globals, Vec<String>), Stop> {
    let known = SPECS.iter().map(|(name, takes, check)| Spec {
        check: *check,
        ..Spec::new(*name, *takes)
    });
    let own = OWN.iter().map(|name| Spec {
        exact: true,
        ..Spec::new(*name, Takes::Nothing)
    });
    let options: Vec<_> = known.chain(own).collect();
    let parser = Parser {
        options,
        positionals: Vec::new(),
    };
    let parsed = parser.parse(words)?;
    let value = |name: &str| {
        let mut names = parser.options.iter();
        let index = names.position(|spec| spec.name == name)?;
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
        no_cli_pager: value("--no-cli-pager").is_some(),
        print_request: value("--print-request").is_some(),
    };
    Ok((globals, parsed.rest))
}

/// Global options that the AWS CLI version 1 doesn't have. They can't be abbreviated, so that the abbreviations of the others
/// stay what they are. The last is version 2's and has no effect.
pub(crate) const OWN: &[&str] = &["--print-request", "--no-cli-pager", "--no-cli-auto-prompt"];

/// The global options. Ambiguous abbreviations are listed in this order.
pub(crate) const SPECS: &[(&str, Takes, Check)] = &[
    ("--debug", Takes::Nothing, Check::Anything),
    ("--endpoint-url", Takes::One, Check::Anything),
    ("--no-verify-ssl", Takes::Nothing, Check::Anything),
    ("--no-paginate", Takes::Nothing, Check::Anything),
    (
        "--output",
        Takes::One,
        Check::OneOfOr(&["json", "text", "table"], &["yaml", "yaml-stream"]),
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
    ("--version", Takes::Ends, Check::Anything),
];
