//! Region and endpoint.

use super::Settings;
use crate::args::globals::Globals;
use crate::env;
use crate::stop::Stop;
use std::fmt::Write as _;
use swage_client::{ClientBuilder, Service, redact};

/// Region and endpoint of a client.
#[derive(Debug)]
pub(crate) struct EndpointSettings {
    pub(crate) region: String,
    pub(crate) endpoint_url: Option<String>,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
}

/// Checks that `--endpoint-url` has a scheme. This is checked before all other settings.
pub(crate) fn check_scheme(url: &str) -> Result<(), Stop> {
    let has_scheme = without_margin(url)
        .split_once(':')
        .is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        });
    if has_scheme {
        return Ok(());
    }
    Err(Stop::Error(format!(
        "Bad value for --endpoint-url \"{}\": scheme is missing.  Must be of the form http://<hostname>/ or \
         https://<hostname>/",
        redact::url(url)
    )))
}

impl EndpointSettings {
    /// Checks and normalizes the URL.
    pub(crate) fn check(mut self, service: &Service) -> Result<Self, Stop> {
        match &self.endpoint_url {
            Some(url) if !is_url(url) => Err(invalid(url)),
            None if self.region.is_empty() && service.has_regions() => {
                Err(invalid(&self.without_region(service)))
            }
            url => {
                self.endpoint_url = url.as_deref().map(tidy);
                Ok(self)
            }
        }
    }

    /// Sets a client's region and endpoint.
    pub(crate) fn apply(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
            .region(&self.region)
            .set_endpoint_url(self.endpoint_url.clone())
            .use_fips(self.use_fips)
            .use_dual_stack(self.use_dual_stack)
    }

    /// The endpoint for an empty region, which isn't a valid URL.
    fn without_region(&self, service: &Service) -> String {
        let prefix = service.endpoint_prefix;
        let fips = if self.use_fips { "-fips" } else { "" };
        let suffix = if self.use_dual_stack {
            "api.aws"
        } else {
            "amazonaws.com"
        };
        format!("https://{prefix}{fips}..{suffix}")
    }
}

impl Settings {
    /// Region and endpoint; `url` is the value of `--endpoint-url`. [`EndpointSettings::check`] validates them.
    pub(crate) fn endpoint(
        &self,
        region: &str,
        service: &Service,
        url: Option<&str>,
    ) -> Result<EndpointSettings, Stop> {
        let endpoint_url = match url {
            Some(url) => Some(url.to_owned()),
            None => self.configured_url(service)?,
        };
        let endpoint_url = endpoint_url.as_deref().map(without_margin);
        let plain = region.replace("fips-", "").replace("-fips", "");
        // FIPS and dual-stack don't apply to a URL that is set.
        let is_own = endpoint_url.is_none();
        let fips = plain != region || self.is_true("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        let dual_stack = self.section_dual_stack(service)
            || self.is_true("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        Ok(EndpointSettings {
            use_fips: is_own && fips,
            use_dual_stack: is_own && dual_stack,
            region: plain,
            endpoint_url: endpoint_url.map(str::to_owned),
        })
    }

    /// The region, if there is one. It is an error if it isn't a valid host label.
    pub(crate) fn region(&self, globals: &Globals) -> Result<Option<String>, Stop> {
        let region = globals.region.clone();
        let region = region
            .or_else(|| env::non_empty("AWS_DEFAULT_REGION"))
            .or_else(|| env::non_empty("AWS_REGION"));
        let region = region.or_else(|| self.get("region").map(str::to_owned));
        let is_fit = |region: &str| region.is_empty() || (is_label(region) && !is_digits(region));
        match region {
            Some(region) if !is_fit(&region) => Err(Stop::Error(format!(
                "Provided region_name '{}' doesn't match a supported format.",
                redact::url(&region)
            ))),
            region => Ok(region),
        }
    }

    /// The endpoint URL in the environment or the profile.
    fn configured_url(&self, service: &Service) -> Result<Option<String>, Stop> {
        if self.is_true(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "ignore_configured_endpoint_urls",
        ) {
            return Ok(None);
        }
        let id = service.sdk_id.replace([' ', '-'], "_");
        let of_environment =
            env::non_empty(&format!("AWS_ENDPOINT_URL_{}", id.to_ascii_uppercase()))
                .or_else(|| env::non_empty("AWS_ENDPOINT_URL"));
        if of_environment.is_some() {
            return Ok(of_environment);
        }
        let of_service = match self.get("services") {
            None => None,
            Some(name) => self
                .files
                .service(name, &id.to_ascii_lowercase(), "endpoint_url")?,
        };
        Ok(of_service.or_else(|| self.get("endpoint_url").map(str::to_owned)))
    }
}

fn invalid(url: &str) -> Stop {
    Stop::Error(format!("Invalid endpoint: {}", redact::url(url)))
}

/// The text without leading whitespace and control characters.
fn without_margin(url: &str) -> &str {
    url.trim_start_matches(|c: char| c <= ' ')
}

/// The URL with scheme and host in lower case, without user, password and fragment.
fn tidy(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let path = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(path);
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = host.strip_suffix(':').unwrap_or(host);
    format!("{scheme}://{host}").to_ascii_lowercase() + &encoded(path)
}

/// Percent-encodes whitespace, control characters, and characters that aren't ASCII.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether it is an `http` or `https` URL with a valid host. An `@` in a fragment is refused: it is most likely part of a
/// password with a `#`.
fn is_url(url: &str) -> bool {
    if url
        .split_once('#')
        .is_some_and(|(_, fragment)| fragment.contains('@'))
    {
        return false;
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if let Some(address) = host_and_port.strip_prefix('[') {
        return known
            && address
                .split_once(']')
                .is_some_and(|(address, _)| address.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let (host, port) = host_and_port
        .split_once(':')
        .unwrap_or((host_and_port, "0"));
    let host = host.strip_suffix('.').unwrap_or(host);
    known
        && host.len() <= 255
        && host.split('.').all(is_label)
        && (port.is_empty() || port.parse::<u16>().is_ok())
}
