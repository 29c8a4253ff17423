//! All names that generated code has, made here and nowhere else. Where the official crates have a name, it is theirs.
//!
//! | for | pattern | example | can't collide because |
//! | --- | --- | --- | --- |
//! | structure, union, enum | `UpperCamel`, in `crate::types` | `kmsKey` → `KmsKey` | module names are claimed beside it; a taken one gets `2`, `3`, … |
//! | its module | `lower_snake` | `types::kms_key` | as above |
//! | operation | `UpperCamel`, then `Input`, `Output` | `SendEventInput` | each operation has a module of its own |
//! | its module, client method | `lower_snake` | `send_event` | claimed; `new` and `builder` are the client's: `new_` |
//! | waiter | `wait_until_lower_snake` | `BucketExists` → `wait_until_bucket_exists` | claimed with the methods of the client, behind these |
//! | setting of the client's builder | `lower_snake`, with `set_x` | `ForcePathStyle` → `force_path_style` | as members; the builder's own are taken: `region_value` |
//! | member | `lower_snake`, with `set_x` | `ETag` → `e_tag` | both are claimed at once; `send` is taken: `send_value`; a taken one gets `_2`, … |
//! | enum and union variant | `UpperCamel` | `chat.ended` → `ChatEnded` | claimed; `Unknown` is taken and `Self` reserved: `UnknownValue`, `SelfValue` |
//! | table of a list, map or simple shape | `SCREAMING_SNAKE`, in `crate::schema` | `CHAT_ITEM_ID` | claimed |
//! | option of the command | `xform` of botocore | `S3Bucket` → `s3-bucket` | claimed; one that another option hides gets `input.` in front |
//!
//! What isn't an ASCII letter, digit or underscore becomes an underscore before casing, and what is too long for the name
//! of a file is cut; a name without letters or digits is called after its kind, a name that starts with a digit gets an
//! underscore in front.
//! Keywords become raw identifiers where Rust has these, else they end with an underscore, as do modules that Windows would
//! take for a device (`con_`). Types may be
//! called like those of Rust's prelude: emitters write the prelude's in full in such a file.

mod case;
mod options;
mod xform;

pub(crate) use options::{CommandOption, InputMember, options, shadow};

use std::collections::{BTreeMap, BTreeSet};

/// Members that the official crates rename in every structure, by `_value` behind them, and what ours have for themselves.
pub(crate) const STRUCTURE: &[&str] = &[
    "build",
    "builder",
    "clone",
    "customize",
    "default",
    "make_operation",
    "meta",
    "new",
    "presigned",
    "send",
];
/// Members of inputs are methods of the request, which has these beside them.
pub(crate) const REQUEST: &[&str] = &["as_input", "into_paginator", "wait", "with_input"];
/// Names that the client has for itself.
pub(crate) const CLIENT: &[&str] = &["new", "builder", "clone", "from", "into"];
/// Settings that the client's builder has for itself, and what else can be called on it; setters of them are `set_x`.
const SETTINGS: &[&str] = &[
    "account_id_endpoint_mode",
    "anonymous",
    "api_key",
    "app_name",
    "attempt_timeout",
    "auth_scheme_preference",
    "basic_auth",
    "build",
    "build_lenient",
    "ca_bundle",
    "ca_bundle_file",
    "clone",
    "connect_timeout",
    "credentials_provider",
    "dangerous_no_verify",
    "disable_clock_skew_correction",
    "disable_host_prefix",
    "disable_request_compression",
    "endpoint_param",
    "endpoint_url",
    "http2_prior_knowledge",
    "idempotency_token_source",
    "max_response_size",
    "new",
    "no_credentials",
    "no_proxy",
    "no_validation",
    "operation_timeout",
    "pool_idle_timeout",
    "pool_max_idle_per_host",
    "proxy_url",
    "read_timeout",
    "region",
    "request_checksum_calculation",
    "request_min_compression_size_bytes",
    "response_checksum_validation",
    "retry_config",
    "sdk_config",
    "service",
    "sigv4a_signing_region_set",
    "sleep_impl",
    "stalled_stream_protection",
    "time_source",
    "timeout_config",
    "token_provider",
    "untyped",
    "use_dual_stack",
    "use_fips",
    "user_agent",
];
/// Variants that an enum or union has for itself.
pub(crate) const VARIANTS: &[&str] = &["Unknown", "Self"];

/// As much of a name is kept: with what casing, numbering and staging add, a file may still be called after it.
const LONGEST: usize = 150;
/// crates.io takes 64; a name that is reserved gets a suffix.
const LONGEST_PACKAGE: usize = 57;

/// Packages that can't be called so: crates of the standard library and of the generated crate's own dependencies, a keyword
/// that syn takes for a name, and what Cargo calls folders of its own.
const PACKAGES: [&str; 15] = [
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
    "target",
    "test",
];

/// Names that are taken in one scope.
#[derive(Default)]
pub(crate) struct Claims {
    taken: BTreeSet<String>,
    /// Those that were taken from the start.
    reserved: Vec<&'static str>,
    /// The last number that a name was given, so that none is tried again.
    numbers: BTreeMap<String, u32>,
}

impl Claims {
    /// A scope in which the names of these lists are taken.
    pub(crate) fn with(lists: &[&'static [&'static str]]) -> Self {
        let reserved = lists.concat();
        Self {
            taken: reserved.iter().map(|&name| name.to_owned()).collect(),
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

    /// The first of `name`, `name` + separator + `2`, … of which all forms are free; these are taken then.
    fn claim(
        &mut self,
        name: &str,
        separator: &str,
        forms: impl Fn(&str) -> Vec<String>,
    ) -> String {
        let last = self.numbers.entry(name.to_owned()).or_default();
        let taken = &self.taken;
        // Two underscores in a row aren't snake case.
        let stem = name.trim_end_matches(separator);
        let free = std::iter::from_fn(|| {
            *last += 1;
            Some(match *last {
                1 => name.to_owned(),
                number => format!("{stem}{separator}{number}"),
            })
        })
        .find(|candidate| forms(candidate).iter().all(|form| !taken.contains(form)))
        .unwrap_or_default();
        self.taken.extend(forms(&free));
        free
    }

    /// A module's or method's name.
    pub(crate) fn module(&mut self, name: &str) -> String {
        let name = match snake(name, "item").as_str() {
            // `mod.rs` would be the folder's own.
            "r#mod" => "mod_".to_owned(),
            name if self.reserved.contains(&name) => format!("{name}_"),
            name => on_any_system(name.to_owned()),
        };
        self.claim(&name, "_", |candidate| vec![candidate.to_owned()])
    }

    /// A member's name; its setter is claimed with it.
    pub(crate) fn member(&mut self, name: &str) -> String {
        let name = snake(name, "member");
        let name = if self.reserved.contains(&name.as_str()) {
            format!("{name}_value")
        } else {
            name
        };
        self.claim(&name, "_", |candidate| {
            let bare = candidate.trim_start_matches("r#");
            vec![bare.to_owned(), setter(bare)]
        })
    }

    /// A type's name; its module's name is claimed with it, and an error's variant.
    pub(crate) fn type_name(&mut self, name: &str, is_error: bool) -> String {
        let name = camel(name, "Type");
        let name = if name == "Self" { "SelfValue" } else { &name };
        self.claim(name, "", |candidate| {
            let variant = is_error.then(|| error_variant(candidate));
            let names = [candidate.to_owned(), module_of(candidate)];
            names.into_iter().chain(variant).collect()
        })
    }

    /// An enum's or union's variant.
    pub(crate) fn variant(&mut self, name: &str) -> String {
        let name = camel(name, "Value");
        let name = if VARIANTS.contains(&name.as_str()) {
            format!("{name}Value")
        } else {
            name
        };
        self.claim(&name, "", |candidate| vec![candidate.to_owned()])
    }

    /// A static's name.
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

/// The setter of a member that takes an `Option`.
pub(crate) fn setter(member: &str) -> String {
    let bare = member.trim_start_matches("r#");
    format!("set_{}", bare.trim_start_matches('_'))
}

/// `SendEvent`.
pub(crate) fn camel(name: &str, otherwise: &str) -> String {
    started(case::camel(&ascii(name)), otherwise)
}

/// The file or module of a name that was claimed already.
pub(crate) fn module_of(type_name: &str) -> String {
    let name = keyword(started(case::snake(type_name), "item"));
    let name = name
        .strip_prefix("r#")
        .map_or(name.clone(), |bare| format!("{bare}_"));
    on_any_system(name)
}

/// Windows has devices of these names, whatever a file's extension.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Whether Windows has no file of this name.
fn is_device(name: &str) -> bool {
    let number = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    DEVICES.contains(&name)
        || number.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
}

/// The name of a module whose file can stand on any system.
fn on_any_system(name: String) -> String {
    if is_device(&name) {
        format!("{name}_")
    } else {
        name
    }
}

fn ascii(name: &str) -> String {
    name.chars()
        .take(LONGEST)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// Makes a start that Rust allows.
fn started(name: String, otherwise: &str) -> String {
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// A keyword as raw identifier, or with an underscore where it can't be one.
fn keyword(name: String) -> String {
    if matches!(name.as_str(), "self" | "super" | "crate" | "_") {
        format!("{name}_")
    } else if name == "gen" || syn::parse_str::<syn::Ident>(&name).is_err() {
        format!("r#{name}")
    } else {
        name
    }
}

/// A package's name from a file stem or service name: lower case, hyphens, no longer than crates.io takes.
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
        "Service",
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

/// The name of an option: the AWS CLI's `xform_name` with a hyphen.
pub(crate) fn option(name: &str) -> String {
    xform::xform(name)
}

/// The name of an operation's command.
pub(crate) fn command(name: &str) -> String {
    xform::xform(&xform::with_words(name))
}
