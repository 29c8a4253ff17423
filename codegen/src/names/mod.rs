//! All names in generated code. They follow the official crates.
//!
//! | for | pattern | example | can't collide because |
//! | --- | --- | --- | --- |
//! | structure, union, enum | `UpperCamel`, in `crate::types` | `kmsKey` → `KmsKey` | module names are claimed beside it; a taken one gets `2`, `3`, … |
//! | its module | `lower_snake` | `types::kms_key` | as above |
//! | operation, its error and fluent builder | as in the model, with a capital | `CreateDBCluster` | each operation has a module of its own |
//! | its input, output, paginator | `UpperCamel`, then `Input`, … | `CreateDbClusterInput` | as above |
//! | its module, client method | `lower_snake` | `send_event` | claimed; `new` and `builder` are the client's: `new_` |
//! | waiter | `wait_until_lower_snake` | `BucketExists` → `wait_until_bucket_exists` | claimed with the methods of the client, behind these |
//! | transfer | `lower_snake` | `UploadAttachment` → `upload_attachment` | as waiters |
//! | setting of the client's builder | `lower_snake`, with `set_x` | `ForcePathStyle` → `force_path_style` | like members; the builder's own are reserved: `region_value` |
//! | member | `lower_snake`, with `set_x` and `get_x` | `ETag` → `e_tag` | all are claimed at once; `send` is taken: `send_value`; a taken one gets `_2`, … |
//! | enum and union variant | `UpperCamel` | `chat.ended` → `ChatEnded` | claimed; `Unknown` is taken and `Self` reserved: `UnknownValue`, `SelfValue` |
//! | table of a list, map or simple shape | `SCREAMING_SNAKE`, in `crate::schema` | `CHAT_ITEM_ID` | claimed |
//! | option of the command | `xform` of botocore | `S3Bucket` → `s3-bucket` | claimed; one that another option hides gets `input.` in front |
//!
//! Other characters than ASCII letters and digits become underscores before casing, and names that are too long for the name
//! of a file are cut. A name without letters or digits becomes that of its kind; a name that starts with a digit gets an
//! underscore in front.
//! Keywords become raw identifiers, or get a trailing underscore if they can't, like modules that Windows would
//! take for a device (`con_`). Types may have
//! the names of Rust's prelude; emitters write paths of the prelude in full in such a file.

mod case;
mod options;
mod xform;

pub(crate) use options::{CommandOption, InputMember, OptionForm, options, shadow};

use crate::lookup::LookupSet;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Names that members can't have in any structure: those that the official crates rename (to `x_value`), and our own.
pub(crate) const STRUCTURE: &[&str] = &[
    "_request_id",
    "build",
    "builder",
    "clone",
    "customize",
    "default",
    "make_operation",
    "meta",
    "presigned",
    "retryable_error_kind",
    "send",
];
/// Names that members of inputs can't have, because they are methods of the fluent builder.
pub(crate) const REQUEST: &[&str] = &[
    "as_input",
    "into_paginator",
    "new",
    "send_blocking",
    "wait",
    "wait_blocking",
    "with_input",
];
/// Names that members of inputs can't have if the operation starts a transfer.
pub(crate) const TRANSFER: &[&str] = &["body", "on_progress", "output_path", "path"];
/// Methods of the client.
pub(crate) const CLIENT: &[&str] = &[
    "new",
    "builder",
    "clone",
    "config",
    "from",
    "from_conf",
    "from_env",
    "into",
    "with_endpoint_discovery_enabled",
];
/// Methods of the builders of clients and of settings; settings have a setter `set_x` as well.
const SETTINGS: &[&str] = &[
    "account_id_endpoint_mode",
    "allow_no_auth",
    "anonymous",
    "api_key",
    "app_name",
    "apply_test_defaults",
    "apply_test_defaults_v2",
    "attempt_timeout",
    "auth_scheme_preference",
    "auth_scheme_resolver",
    "auth_schemes",
    "aws_chunked_encoding_chunk_size",
    "basic_auth",
    "bearer_token",
    "bearer_token_resolver",
    "behavior_version",
    "behavior_version_latest",
    "build",
    "build_lenient",
    "ca_bundle",
    "ca_bundle_file",
    "capture_input_attributes",
    "clone",
    "connect_timeout",
    "credentials_provider",
    "dangerous_no_verify",
    "default",
    "disable_clock_skew_correction",
    "disable_host_prefix",
    "disable_request_compression",
    "emit_input_attributes",
    "endpoint_param",
    "endpoint_resolver",
    "endpoint_url",
    "framework_metadata",
    "from",
    "http2_prior_knowledge",
    "http_client",
    "idempotency_token_provider",
    "idempotency_token_source",
    "identity_cache",
    "interceptor",
    "interceptors",
    "invocation_id_generator",
    "max_response_size",
    "new",
    "no_credentials",
    "no_payload_content_type",
    "no_proxy",
    "no_validation",
    "operation_timeout",
    "percent_encode",
    "pool_idle_timeout",
    "pool_max_idle_per_host",
    "proxy_url",
    "push_auth_scheme",
    "push_framework_metadata",
    "push_interceptor",
    "push_retry_classifier",
    "read_timeout",
    "region",
    "request_checksum_calculation",
    "request_min_compression_size_bytes",
    "response_checksum_validation",
    "retry_classifier",
    "retry_classifiers",
    "retry_config",
    "retry_partition",
    "sdk_config",
    "service",
    "session_credentials_provider",
    "sigv4a_signing_region_set",
    "sleep_impl",
    "stalled_stream_protection",
    "time_source",
    "timeout_config",
    "token_provider",
    "transport",
    "untyped",
    "use_dual_stack",
    "use_fips",
    "user_agent",
    "with_test_defaults",
    "with_test_defaults_v2",
];
/// Methods of the parameters of endpoint rules and of their builder; each parameter has a setter `set_x` as well.
const ENDPOINT_PARAMS: &[&str] = &["build", "builder", "clone", "values"];
/// Reserved variants of enums and unions.
pub(crate) const VARIANTS: &[&str] = &["Unknown", "Self"];

/// The maximum length of a name, which leaves room in a file name for casing, numbering and staging.
const LONGEST: usize = 150;
/// crates.io allows 64 characters; a reserved name gets a suffix.
const LONGEST_PACKAGE: usize = 57;

/// Names that packages can't have: crates of the standard library, dependencies of generated crates, a keyword
/// that syn accepts as an identifier, and Cargo's own folders.
const PACKAGES: [&str; 16] = [
    "alloc",
    "aws-smithy-types",
    "build",
    "clap",
    "core",
    "deps",
    "examples",
    "gen",
    "incremental",
    "proc-macro",
    "std",
    "swage-cli",
    "swage-client",
    "swage-credentials",
    "target",
    "test",
];

/// The names in a scope.
#[derive(Default)]
pub(crate) struct Claims {
    taken: LookupSet<String>,
    /// Names that were reserved from the start.
    reserved: Vec<&'static str>,
    /// The last suffix of each name, so that none is tried twice.
    numbers: BTreeMap<String, u32>,
}

impl Claims {
    /// A scope with reserved names.
    pub(crate) fn with(lists: &[&'static [&'static str]]) -> Self {
        let reserved = lists.concat();
        Self {
            taken: LookupSet::default(),
            numbers: BTreeMap::new(),
            reserved,
        }
    }

    /// The scope of the settings that a service adds to the client's builder.
    pub(crate) fn settings() -> Self {
        let mut claims = Self::with(&[SETTINGS]);
        claims
            .taken
            .extend(SETTINGS.iter().map(|name| setter(name)));
        claims
    }

    /// The scope of the parameters of endpoint rules: the methods of their builder.
    pub(crate) fn endpoint_params() -> Self {
        Self::with(&[ENDPOINT_PARAMS])
    }

    /// Claims the first of `name`, `name` + separator + `2`, … whose forms are all free.
    fn claim(
        &mut self,
        name: &str,
        separator: &str,
        forms: impl Fn(&str) -> Vec<String>,
    ) -> String {
        // Two underscores in a row wouldn't be snake case.
        let stem = name.trim_end_matches(separator);
        let mut candidate = name.to_owned();
        loop {
            let forms = forms(&candidate);
            if forms.iter().all(|form| self.is_free(form)) {
                self.taken.extend(forms);
                return candidate;
            }
            let last = self.numbers.entry(name.to_owned()).or_insert(1);
            *last += 1;
            candidate = format!("{stem}{separator}{last}");
        }
    }

    fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name) && !self.reserved.contains(&name)
    }

    /// Claims the name of a module or method.
    pub(crate) fn module(&mut self, name: &str) -> String {
        let name = match snake(name, "item").as_str() {
            // `mod.rs` is the folder's own module.
            "r#mod" => "mod_".to_owned(),
            name if self.reserved.contains(&name) => format!("{name}_"),
            name => on_any_system(name.to_owned()),
        };
        self.claim(&name, "_", |candidate| vec![candidate.to_owned()])
    }

    /// Claims the name of a member and those of its methods in builders.
    pub(crate) fn member(&mut self, name: &str) -> String {
        let name = snake(name, "member");
        let name = if self.reserved.contains(&name.as_str()) {
            format!("{name}_value")
        } else {
            name
        };
        self.claim(&name, "_", |candidate| {
            let bare = candidate.trim_start_matches("r#");
            vec![bare.to_owned(), setter(bare), builder_getter(bare)]
        })
    }

    /// Claims the name of a type, that of its module, and an error's variant.
    pub(crate) fn type_name(&mut self, name: &str, is_error: bool) -> String {
        let name = camel(name, "Type");
        let name = if name == "Self" { "SelfValue" } else { &name };
        self.claim(name, "", |candidate| {
            let variant = is_error.then(|| error_variant(candidate));
            let names = [candidate.to_owned(), module_of(candidate)];
            names.into_iter().chain(variant).collect()
        })
    }

    /// Claims the variant of an enum or union.
    pub(crate) fn variant(&mut self, name: &str) -> String {
        let name = camel(name, "Value");
        let name = if VARIANTS.contains(&name.as_str()) {
            format!("{name}Value")
        } else {
            name
        };
        self.claim(&name, "", |candidate| vec![candidate.to_owned()])
    }

    /// Claims the name of a static.
    pub(crate) fn table(&mut self, name: &str) -> String {
        let name = case::screaming(&ascii(name));
        self.claim(&started(name, "TABLE"), "_", |candidate| {
            vec![candidate.to_owned()]
        })
    }
}

/// `send_event`, as a Rust identifier.
fn snake(name: &str, otherwise: &str) -> String {
    keyword(started(case::snake(&ascii(name)), otherwise))
}

/// The setter of a member that takes an `Option`: `set_x`.
pub(crate) fn setter(member: &str) -> String {
    let bare = member.trim_start_matches("r#");
    ["set_", bare.trim_start_matches('_')].concat()
}

/// The getter of a builder: `get_x`.
fn builder_getter(member: &str) -> String {
    ["get_", member.trim_start_matches('_')].concat()
}

/// `SendEvent`.
pub(crate) fn camel(name: &str, otherwise: &str) -> String {
    started(case::camel(&ascii(name)), otherwise)
}

/// The names of an operation: with the capitals of the model, and in `UpperCamel` for its input, output and paginator.
pub(crate) fn operation(name: &str) -> (String, String) {
    let stem = match camel(name, "Operation") {
        stem if stem == "Self" => "SelfOperation".to_owned(),
        stem => stem,
    };
    let is_plain = name.bytes().all(|c| c.is_ascii_alphanumeric())
        && name.bytes().any(|c| c.is_ascii_lowercase())
        && name.len() <= LONGEST;
    let own = is_plain.then(|| {
        let (first, rest) = name.split_at(1);
        started(first.to_ascii_uppercase() + rest, "Operation")
    });
    let rust = own
        .filter(|own| own != "Self")
        .unwrap_or_else(|| stem.clone());
    (rust, stem)
}

/// The file or module for a claimed name.
pub(crate) fn module_of(type_name: &str) -> String {
    let name = keyword(started(case::snake(type_name), "item"));
    let name = name
        .strip_prefix("r#")
        .map_or(name.clone(), |bare| format!("{bare}_"));
    if TYPE_MODULES.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        on_any_system(name)
    }
}

/// Modules of `types` that aren't those of a type.
const TYPE_MODULES: [&str; 2] = ["builders", "error"];

/// Device names on Windows, with any file extension.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Whether Windows reserves a file name.
fn is_device(name: &str) -> bool {
    let number = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    DEVICES.contains(&name)
        || number.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
}

/// A module name whose file is valid on any system.
fn on_any_system(name: String) -> String {
    if is_device(&name) {
        format!("{name}_")
    } else {
        name
    }
}

fn ascii(name: &str) -> Cow<'_, str> {
    if name.len() <= LONGEST && name.bytes().all(|c| c.is_ascii_alphanumeric()) {
        return name.into();
    }
    let name: String = name
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    name.into()
}

/// Makes the first character valid in Rust.
fn started(name: String, otherwise: &str) -> String {
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// Turns a keyword into a raw identifier, or appends an underscore if it can't be one.
pub(crate) fn keyword(name: String) -> String {
    if matches!(name.as_str(), "self" | "super" | "crate" | "_") {
        format!("{name}_")
    } else if is_keyword(&name) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Whether an identifier is a keyword.
fn is_keyword(name: &str) -> bool {
    // Most names are longer than any keyword, or have other characters.
    let may_be = name.len() <= "continue".len() && name.bytes().all(|c| c.is_ascii_alphabetic());
    may_be && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err())
}

/// A package name for a file stem or service name: lower case, hyphens, at most as long as crates.io allows.
pub(crate) fn package(name: &str) -> String {
    let name: String = name
        .chars()
        .take(LONGEST_PACKAGE)
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let name = name
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    };
    let reserved = name.is_empty() || PACKAGES.contains(&name.as_str()) || is_device(&name);
    if reserved || syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err() {
        format!("{name}-client").trim_start_matches('-').to_owned()
    } else {
        name
    }
}

/// The variant of the `Error` enum for an error type.
pub(crate) fn error_variant(type_name: &str) -> String {
    let own = [
        "Unhandled",
        "Input",
        "Config",
        "Transport",
        "Timeout",
        "Response",
    ];
    if own.contains(&type_name) {
        format!("{type_name}Error")
    } else {
        type_name.to_owned()
    }
}

/// The name of an option: the AWS CLI's `xform_name` with hyphens.
pub(crate) fn option(name: &str) -> String {
    xform::xform(name)
}

/// The name of an operation's subcommand.
pub(crate) fn command(name: &str) -> String {
    xform::xform(&xform::with_words(name))
}

#[cfg(test)]
mod tests {
    use super::operation;

    #[test]
    fn operations_keep_their_capitals_but_not_in_the_names_of_structures() {
        for (name, own, stem) in [
            ("CreateDBCluster", "CreateDBCluster", "CreateDbCluster"),
            ("sendEvent", "SendEvent", "SendEvent"),
            ("GO", "Go", "Go"),
            ("get_thing", "GetThing", "GetThing"),
            ("Self", "SelfOperation", "SelfOperation"),
            ("2Go", "_2Go", "_2Go"),
        ] {
            assert_eq!(operation(name), (own.to_owned(), stem.to_owned()));
        }
    }
}
