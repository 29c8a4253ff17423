//! Endpoints: from a rule set, the client's settings and an operation's input to a URL.
//!
//! Code generation lowers both forms of a model's rule set, `smithy.rules#endpointRuleSet` (a tree) and
//! `smithy.rules#endpointBdd` (a graph), to one text table; [`Rules`] is that table in memory, and
//! [`Rules::resolve`] walks it. Nothing here needs an HTTP stack, so that code generation can run a model's own
//! endpoint tests against the very table that it writes.
//!
//! # The table
//!
//! One item a line, each kind counted from 0. The walk starts at `n0` (or gives `r0`, when there are no nodes);
//! jumps go forward only, so it ends, whatever the table says.
//!
//! ```text
//! swage-endpoint-rules 1                                    format and version
//! param UseFIPS boolean required default=false builtin=AWS::UseFIPS
//! c0 isSet(Endpoint)                                        condition
//! c1 Partition = aws.partition(Region)                      condition that keeps its value
//! p0 {"authSchemes": [{"name": "sigv4"}]}                   properties of endpoints
//! r0 error "No region"                                      result
//! r1 endpoint Endpoint                                      result: an expression for the URL,
//! r2 endpoint "https://a.{Region}.b" p0 {"x-y": ["z"]}      properties, headers
//! n0 c0 r1 n1                                               node: if c0 then r1 else n1
//! n1 c1 r2 -                                                -: no rule matches
//! ```
//!
//! Expressions: `true`, `7`, `Name`, `function(…)`, `[…]`, `{"key": …}` and `"template with {Name} or {Name#path}"`.

mod context;
mod evaluate;
mod functions;
mod operation;
mod parse;
mod partitions;
mod rules;

pub use functions::is_host_label;
pub use operation::{Settings, asks_for, built_ins, params_for, resolve, rules_of};
pub use partitions::regions;
pub use rules::{EndpointError, EndpointValue, Params, Rules, RulesError};

use std::fmt;

/// The string in the input's member with this name; `None` if it isn't set.
#[cfg(any(feature = "checksum", feature = "client", feature = "protocol"))]
pub(crate) fn text_of(input: &dyn crate::Shape, name: &str) -> Option<String> {
    let found = context::Path::of_member(name).find(input).pop();
    match found? {
        context::Found::Text(text) => Some(text),
        context::Found::Boolean(_) => None,
    }
}

/// The destination of requests.
#[derive(Clone, PartialEq)]
pub struct Endpoint {
    /// The URL: scheme, host, and optionally a port and a base path.
    pub url: String,
    /// Headers that requests must have, in the order of the rule set.
    pub headers: Vec<(String, Vec<String>)>,
    /// The other properties, in the order of the rule set.
    pub properties: Vec<(String, EndpointValue)>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("url", &crate::redact::url(&self.url))
            .field("headers", &self.headers)
            .field("properties", &self.properties)
            .finish()
    }
}

/// An authentication scheme of an endpoint: an entry of its property `authSchemes`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthScheme {
    /// `sigv4`, `sigv4a`, `sigv4-s3express`, …
    pub name: String,
    /// The signing name, if it differs from the model's.
    pub signing_name: Option<String>,
    /// The signing region, if it differs from the client's.
    pub signing_region: Option<String>,
    /// The regions in which a `sigv4a` signature is valid.
    pub signing_region_set: Vec<String>,
    /// Whether the path is signed without being encoded a second time.
    pub disable_double_encoding: bool,
}

impl Endpoint {
    /// An endpoint without headers and properties.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            headers: Vec::new(),
            properties: Vec::new(),
        }
    }

    /// The property with this name.
    pub fn property(&self, name: &str) -> Option<&EndpointValue> {
        self.properties
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The endpoint's authentication schemes, best first; empty if the model's apply.
    pub fn auth_schemes(&self) -> Vec<AuthScheme> {
        let Some(EndpointValue::List(schemes)) = self.property("authSchemes") else {
            return Vec::new();
        };
        schemes.iter().map(AuthScheme::of).collect()
    }
}

impl AuthScheme {
    fn of(scheme: &EndpointValue) -> Self {
        let text = |key| {
            scheme
                .get(key)
                .and_then(EndpointValue::as_str)
                .map(str::to_owned)
        };
        let region_set = scheme
            .get("signingRegionSet")
            .and_then(EndpointValue::as_list)
            .unwrap_or_default();
        Self {
            name: text("name").unwrap_or_default(),
            signing_name: text("signingName"),
            signing_region: text("signingRegion"),
            signing_region_set: region_set
                .iter()
                .filter_map(|region| region.as_str().map(str::to_owned))
                .collect(),
            disable_double_encoding: scheme.get("disableDoubleEncoding")
                == Some(&EndpointValue::Boolean(true)),
        }
    }
}
