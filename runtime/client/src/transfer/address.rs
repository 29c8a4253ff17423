//! Where a file is sent to or received from: what an operation returned.

use super::value::{Found, find};
use crate::shape::Shape;
use crate::timestamp::parse_any_timestamp;
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use std::fmt;
use std::time::SystemTime;

/// Where the output of an operation has the parts of an address. Those that it doesn't have are empty.
#[derive(Clone, Copy)]
pub(super) struct Paths {
    pub(super) url: &'static str,
    pub(super) headers: &'static str,
    pub(super) expiry: &'static str,
}

/// A presigned URL and its headers. Its Debug form doesn't show them.
pub(super) struct Address {
    pub(super) url: Uri,
    pub(super) headers: HeaderMap,
    /// The length in the headers.
    pub(super) length: Option<u64>,
    expiry: Option<SystemTime>,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Address");
        shown.field("expiry", &self.expiry).finish_non_exhaustive()
    }
}

impl Address {
    /// The address in an output. Errors don't contain any part of it.
    pub(super) fn find(output: &dyn Shape, paths: Paths) -> Result<Self, String> {
        let Some(Found::Text(url)) = find(output, paths.url) else {
            return Err(format!("the output has no {}", paths.url));
        };
        let url = url.parse().ok().filter(is_absolute);
        let url = url.ok_or_else(|| format!("{} isn't a valid URL", paths.url))?;
        let mut address = Self {
            url,
            headers: HeaderMap::new(),
            length: None,
            expiry: expiry(output, paths.expiry),
        };
        if let Some(Found::Texts(headers)) = find(output, paths.headers) {
            for (name, value) in headers {
                let added = address.add(&name, &value);
                added.ok_or_else(|| format!("{} has an invalid header", paths.headers))?;
            }
        }
        Ok(address)
    }

    /// Adds a header. Those of the connection are for the transport to set.
    fn add(&mut self, name: &str, value: &str) -> Option<()> {
        let name = HeaderName::try_from(name).ok()?;
        let mut header = HeaderValue::try_from(value).ok()?;
        header.set_sensitive(true);
        if name == CONTENT_LENGTH {
            self.length = Some(value.trim().parse().ok()?);
        } else if ![CONNECTION, HOST, TRANSFER_ENCODING].contains(&name) {
            self.headers.append(name, header);
        }
        Some(())
    }

    /// Scheme, host and port of the URL, which may be shown.
    pub(super) fn origin(&self) -> String {
        crate::client::origin(&self.url)
    }

    pub(super) fn has_expired(&self, now: SystemTime) -> bool {
        self.expiry.is_some_and(|expiry| expiry <= now)
    }
}

fn is_absolute(url: &Uri) -> bool {
    let is_known = matches!(url.scheme_str(), Some("http" | "https"));
    is_known && url.host().is_some_and(|host| !host.is_empty())
}

/// The time when the URL expires. A text that is no time is none.
fn expiry(output: &dyn Shape, path: &str) -> Option<SystemTime> {
    let time = match find(output, path)? {
        Found::Time(time) => time,
        Found::Text(text) => parse_any_timestamp(text.trim())?,
        _ => return None,
    };
    SystemTime::try_from(time).ok()
}
