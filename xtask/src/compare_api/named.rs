//! The items of official crates that ours lack on purpose, with the reasons. README has the same reasons.

use super::compare::Difference;

/// Reasons, each with patterns of paths, in which `*` stands for any characters.
const NAMED: &[(&str, &[&str])] = &[
    (
        "the parts of SdkError are structures of the runtime, so that its text can tell everything",
        &[
            "*::error::SdkError::ConstructionFailure",
            "*::error::SdkError::ResponseError",
            "*::error::SdkError::ServiceError",
            "*::error::SdkError::TimeoutError",
        ],
    ),
    (
        "Unknown of a union keeps name and value",
        &["*::types::*::Unknown"],
    ),
    (
        "machinery: operations aren't runtime plugins",
        &["*: config::RuntimePlugin", "*::config::*RuntimePlugin"],
    ),
    (
        "InvocationIdGenerator is the runtime's own, because nothing else of aws-runtime is needed",
        &[
            "*::invocation_id_generator()",
            "*::set_invocation_id_generator()",
        ],
    ),
    (
        "schemas are the runtime's own",
        &[
            "*::types::*::SCHEMA",
            "*::types::*::deserialize()",
            "*: aws_smithy_schema::*",
        ],
    ),
    (
        "http 0.2, which is deprecated there",
        &["*::PresignedRequest::*_http_02x_request()"],
    ),
];

/// Why an item is missing or different.
pub(super) fn reason(krate: &str, of: &Difference) -> Option<&'static str> {
    let path = format!("{krate}::{}", of.path);
    let is_named = |patterns: &[&str]| patterns.iter().any(|pattern| matches(pattern, &path));
    let mut found = NAMED.iter().filter(|(_, patterns)| is_named(patterns));
    found.next().map(|(reason, _)| *reason)
}

/// Whether a path matches a pattern.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((start, rest)) => path.strip_prefix(start).is_some_and(|path| {
            let ends = path.char_indices().map(|(at, _)| at).chain([path.len()]);
            ends.into_iter().any(|at| matches(rest, &path[at..]))
        }),
    }
}
