//! What is secret by its name.

use super::super::exchange::Content;
use super::super::file::Redacted;
use crate::client::trace::has_secret_path;
use crate::operation::{Auth, Operation};
use crate::protocol::percent::pairs;
use crate::redact;
use crate::schema::{Kind, Location, Member, Schema};
use serde_json::Value;

/// Stands for a secret.
pub(super) const REDACTED: &str = "REDACTED";

/// Headers that differ each time, or that belong to a connection.
pub(super) const VOLATILE: &[&str] = &[
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "transfer-encoding",
    "user-agent",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-user-agent",
];

/// Names of credentials, without punctuation.
const CREDENTIALS: &[&str] = &[
    "accesskeyid",
    "apikey",
    "awsaccesskeyid",
    "clientsecret",
    "password",
    "privatekey",
    "secretaccesskey",
    "secretkey",
    "xamzcredential",
    "xamzsignature",
    "signature",
];

/// What begins the names of tokens that aren't secret.
const HARMLESS_TOKENS: &[&str] = &[
    "client",
    "continuation",
    "idempotency",
    "marker",
    "next",
    "page",
    "pagination",
    "starting",
];

/// Takes secrets out of messages.
pub(in super::super) struct Redactor<'a> {
    also: &'a Redacted,
}

impl<'a> Redactor<'a> {
    pub(in super::super) fn new(also: &'a Redacted) -> Self {
        Self { also }
    }

    /// Whether a name says that its value is a secret.
    pub(super) fn is_secret_name(&self, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        if self.also.members.contains(&lower) {
            return true;
        }
        let letters: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
        let is_token = letters.ends_with("token")
            && !HARMLESS_TOKENS
                .iter()
                .any(|start| letters.starts_with(start));
        is_token || CREDENTIALS.contains(&letters.as_str())
    }

    pub(super) fn is_secret_header(&self, name: &str) -> bool {
        let is_named = self.also.headers.iter().any(|header| header == name);
        is_named || redact::is_secret_header(name) || self.is_secret_name(name)
    }

    /// Whether a member has a secret, whatever its value is.
    pub(super) fn is_secret(&self, operation: &Operation, member: &Member) -> bool {
        let target = member.target();
        if target.is_sensitive() {
            return true;
        }
        let of_pages = operation.pagination().is_some_and(|pages| {
            let last = |path: &'static str| path.rsplit('.').next();
            [last(pages.input_token), last(pages.output_token)].contains(&Some(member.name()))
        });
        let is_text = matches!(target.kind(), Kind::String | Kind::Blob);
        is_text && !of_pages && !member.is_idempotency_token() && self.is_secret_name(member.name())
    }

    /// Whether a shape, or one that it reaches, has such a member.
    pub(super) fn could_be_secret(&self, schema: &'static Schema) -> bool {
        self.reaches_secret(schema, &mut Vec::new())
    }

    fn reaches_secret(&self, schema: &'static Schema, seen: &mut Vec<*const Schema>) -> bool {
        if seen.contains(&std::ptr::from_ref(schema)) {
            return false;
        }
        seen.push(schema);
        schema.is_sensitive()
            || schema.members().iter().any(|member| {
                self.is_secret_name(member.name()) || self.reaches_secret(member.target(), seen)
            })
    }

    /// Whether a secret is part of the path or the query.
    pub(super) fn has_secret_uri(&self, operation: &Operation) -> bool {
        let in_uri = |member: &&Member| {
            let location = member.location();
            matches!(
                location,
                Location::Label | Location::Query | Location::QueryParams
            )
        };
        let mut members = operation.input.members().iter().filter(in_uri);
        has_secret_path(operation)
            || members.any(|member| {
                self.is_secret_name(member.name()) || self.could_be_secret(member.target())
            })
    }

    /// Whether a secret can be part of the host.
    pub(super) fn has_secret_host(&self, operation: &Operation) -> bool {
        let mut members = operation.input.members().iter();
        members.any(|member| {
            let in_host = member.is_host_label() || member.context_param().is_some();
            in_host && (self.is_secret_name(member.name()) || self.could_be_secret(member.target()))
        })
    }

    /// A query without the parameters of signatures and keys.
    pub(super) fn query(&self, operation: Option<&Operation>, query: &str) -> String {
        let schemes = operation.map(|of| of.auth.unwrap_or(of.service.auth));
        let is_key = |name: &str| {
            let mut schemes = schemes.unwrap_or_default().iter();
            schemes.any(
                |of| matches!(of, Auth::ApiKey { header: false, name: key, .. } if *key == name),
            )
        };
        let parts = query.split('&').map(|part| {
            let (key, _) = part.split_once('=').unwrap_or((part, ""));
            let name = pairs(key).into_iter().next().map(|(key, _)| key);
            if name.is_some_and(|name| is_key(&name) || self.is_secret_name(&name)) {
                format!("{key}={REDACTED}")
            } else {
                part.to_owned()
            }
        });
        parts.collect::<Vec<_>>().join("&")
    }

    /// JSON whose members with secrets are redacted. The others stay as they are.
    pub(super) fn json(&self, text: String) -> Content {
        let mut value = serde_json::from_str::<Value>(&text).unwrap_or_default();
        if self.redact_json(&mut value) {
            Content::Json(value.to_string())
        } else {
            Content::Json(text)
        }
    }

    /// Returns whether something was changed.
    fn redact_json(&self, value: &mut Value) -> bool {
        let mut changed = false;
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if self.is_secret_name(name) && value.is_string() && value != REDACTED {
                        *value = REDACTED.into();
                        changed = true;
                    } else {
                        changed |= self.redact_json(value);
                    }
                }
            }
            Value::Array(values) => {
                for value in values {
                    changed |= self.redact_json(value);
                }
            }
            Value::String(text) => {
                let redacted = redact::body(text);
                changed = redacted != *text;
                *text = redacted;
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        changed
    }
}
