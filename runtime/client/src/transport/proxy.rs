//! Which proxy a URL is reached through.
//!
//! The environment is read as the AWS CLI reads it: `HTTP_PROXY` and `HTTPS_PROXY` by scheme, and `NO_PROXY` for hosts that
//! are reached directly. Names in lower case take precedence.

use super::settings::Proxy;
use http::{HeaderValue, Uri, uri::Scheme};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::sync::{Arc, OnceLock};

/// Which proxy a URL is reached through. The environment is read at the first request.
#[derive(Clone)]
pub(crate) struct Proxies {
    proxy: Proxy,
    rules: Arc<OnceLock<Option<Rules>>>,
}

/// Proxies by scheme, and the hosts that need none.
struct Rules {
    matcher: Matcher,
    /// The schemes whose proxy has an invalid URL.
    unusable: Vec<Scheme>,
    direct: Vec<String>,
}

impl Proxies {
    pub(crate) fn new(proxy: &Proxy) -> Self {
        Self {
            proxy: proxy.clone(),
            rules: Arc::default(),
        }
    }

    fn rules(&self) -> Option<&Rules> {
        let rules = self.rules.get_or_init(|| match &self.proxy {
            Proxy::Off => None,
            Proxy::Environment => Some(Rules::from_environment()),
            Proxy::Url(url) => matcher(url).map(|matcher| Rules {
                matcher,
                unusable: Vec::new(),
                direct: Vec::new(),
            }),
        });
        rules.as_ref()
    }

    /// The proxy for that URL.
    pub(crate) fn intercept(&self, url: &Uri) -> Option<Intercept> {
        let rules = self.rules().filter(|rules| !rules.is_direct(url))?;
        rules.matcher.intercept(url)
    }

    /// False when the proxy for that URL is invalid.
    pub(crate) fn are_usable(&self, url: &Uri) -> bool {
        let unusable = |rules: &Rules| {
            url.scheme()
                .is_some_and(|scheme| rules.unusable.contains(scheme))
        };
        !self
            .rules()
            .is_some_and(|rules| unusable(rules) && !rules.is_direct(url))
    }

    /// `Proxy-Authorization` for a request over plain HTTP. A tunnel sends it by itself.
    pub(crate) fn authorization(&self, url: &Uri) -> Option<HeaderValue> {
        if url.scheme() == Some(&Scheme::HTTPS) {
            return None;
        }
        let mut value = self.intercept(url)?.basic_auth()?.clone();
        value.set_sensitive(true);
        Some(value)
    }
}

impl Rules {
    fn from_environment() -> Self {
        let variable = |lower: &str, upper: &str| {
            let value = std::env::var(lower).or_else(|_| std::env::var(upper));
            value.unwrap_or_default()
        };
        // In a CGI program, `HTTP_PROXY` is a header of the client (CVE-2016-5385).
        let is_cgi = std::env::var_os("REQUEST_METHOD").is_some();
        let http = variable("http_proxy", if is_cgi { "" } else { "HTTP_PROXY" });
        let https = variable("https_proxy", "HTTPS_PROXY");
        let direct = variable("no_proxy", "NO_PROXY");
        let proxies = [(Scheme::HTTP, &http), (Scheme::HTTPS, &https)];
        let unusable = proxies
            .into_iter()
            .filter(|(_, url)| !url.is_empty() && matcher(url).is_none())
            .map(|(scheme, _)| scheme)
            .collect();
        Self {
            unusable,
            matcher: Matcher::builder().http(http).https(https).build(),
            direct: direct
                .split(',')
                .map(|name| name.trim().trim_start_matches('.').to_ascii_lowercase())
                .filter(|name| !name.is_empty())
                .collect(),
        }
    }

    /// Whether the host, with or without its port, is one of those names or a subdomain of one. `*` alone means every host.
    fn is_direct(&self, url: &Uri) -> bool {
        if let [only] = self.direct.as_slice()
            && only == "*"
        {
            return true;
        }
        if self.direct.is_empty() {
            return false;
        }
        let host = url.host().unwrap_or_default().to_ascii_lowercase();
        let with_port = url.port().map(|port| format!("{host}:{port}"));
        let hosts = [Some(host), with_port];
        let is_below = |host: &String, name: &String| {
            let above = host.strip_suffix(name.as_str());
            above.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        hosts
            .iter()
            .flatten()
            .any(|host| self.direct.iter().any(|name| is_below(host, name)))
    }
}

/// For one proxy that all requests go through; none when its URL is invalid.
pub(crate) fn matcher(url: &str) -> Option<Matcher> {
    let matcher = Matcher::builder().all(url).build();
    let probe = matcher.intercept(&Uri::from_static("http://host"))?;
    matches!(probe.uri().scheme_str(), Some("http" | "https")).then_some(matcher)
}
