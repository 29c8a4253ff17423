//! Where a request goes: the endpoint, and the URL of a request on it.

use super::config::Config;
use crate::endpoint::{
    AuthScheme, Endpoint, EndpointValue, Params, Rules, Settings, asks_for, params_for, resolve,
    rules_of, text_of,
};
use crate::error::ConfigError;
use crate::operation::Operation;
use crate::redact;
use crate::shape::Shape;
use aws_smithy_runtime_api::client::endpoint::{
    EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_types::endpoint_config::AccountIdEndpointMode;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The parameter that says whether endpoints of an account are used.
const ACCOUNT_ID_MODE: &str = "AWS::Auth::AccountIdEndpointMode";

/// Finds endpoints. The rule set is read at the first call.
pub(crate) struct EndpointResolver {
    settings: Settings,
    /// The query of the URL that is set: rule sets refuse one.
    query: Option<String>,
    /// What takes the place of the rules.
    resolver: Option<SharedEndpointResolver>,
    rules: OnceLock<Result<Option<Rules>, String>>,
}

/// An endpoint, and what comes with it.
pub(crate) struct ResolvedEndpoint {
    /// Scheme, host, and a path or query in front of the operation's own.
    pub(crate) url: Uri,
    /// Headers to send.
    pub(crate) headers: HeaderMap,
    /// How to authenticate, where the endpoint says so; best first.
    pub(crate) auth_schemes: Vec<AuthScheme>,
    /// As the rules or the resolver gave it.
    given: Endpoint,
}

impl ResolvedEndpoint {
    /// The endpoint in the official crates' type.
    pub(crate) fn official(&self) -> aws_smithy_types::endpoint::Endpoint {
        let mut endpoint = self.given.clone();
        // A URL reads as it was given, unless another host took its place.
        if endpoint.url.parse().ok().as_ref() != Some(&self.url) {
            endpoint.url = self.url.to_string();
        }
        endpoint.into()
    }

    /// Sends the request to another host.
    pub(crate) fn move_to(&mut self, endpoint: Uri) {
        let mut parts = self.url.clone().into_parts();
        let endpoint = endpoint.into_parts();
        (parts.scheme, parts.authority) = (endpoint.scheme, endpoint.authority);
        if let Ok(url) = Uri::from_parts(parts) {
            self.url = url;
        }
    }
}

impl EndpointResolver {
    pub(crate) fn new(config: &Config) -> Self {
        let (url, query) = match config
            .endpoint_url
            .as_deref()
            .map(|url| url.split_once('?').ok_or(url))
        {
            Some(Ok((url, query))) => (Some(url.to_owned()), Some(query.to_owned())),
            Some(Err(url)) => (Some(url.to_owned()), None),
            None => (None, None),
        };
        let mut settings = Settings {
            region: config.region().map(str::to_owned),
            use_fips: config.use_fips.unwrap_or_default(),
            use_dual_stack: config.use_dual_stack.unwrap_or_default(),
            endpoint_url: url,
            params: config.endpoint_params.clone(),
            ..Settings::default()
        };
        if let Some(mode) = &config.account_id_mode {
            settings.params.set(ACCOUNT_ID_MODE, mode.to_string());
        }
        Self {
            settings,
            query,
            resolver: config.endpoint_resolver.clone(),
            rules: OnceLock::new(),
        }
    }

    fn rules(&self, operation: &Operation) -> Result<Option<&Rules>, ConfigError> {
        let rules = self
            .rules
            .get_or_init(|| rules_of(operation.service).map_err(|error| error.to_string()));
        match rules {
            Ok(rules) => Ok(rules.as_ref()),
            Err(error) => Err(ConfigError::Endpoint(error.clone())),
        }
    }

    /// Whether the endpoint depends on the AWS account of the credentials.
    pub(crate) fn needs_account_id(&self, operation: &Operation) -> Result<bool, ConfigError> {
        let disabled: EndpointValue = AccountIdEndpointMode::Disabled.to_string().into();
        Ok(self.settings.endpoint_url.is_none()
            && self.settings.params.get(ACCOUNT_ID_MODE) != Some(&disabled)
            && self
                .rules(operation)?
                .is_some_and(|rules| asks_for(rules, "AWS::Auth::AccountId")))
    }

    /// The endpoint for a call, in `region` if that isn't the client's.
    pub(crate) async fn find(
        &self,
        operation: &Operation,
        input: &dyn Shape,
        account_id: Option<String>,
        region: Option<String>,
    ) -> Result<ResolvedEndpoint, ConfigError> {
        let rules = self.rules(operation)?;
        let mut settings = Cow::Borrowed(&self.settings);
        if account_id.is_some() || region.is_some() {
            let settings = settings.to_mut();
            settings.account_id = account_id;
            settings.region = region.or_else(|| settings.region.take());
        }
        let mut endpoint = match &self.resolver {
            Some(resolver) => {
                let params = params_for_all(rules, operation, input, &settings);
                let params = EndpointResolverParams::new(params);
                let endpoint = resolver.resolve_endpoint(&params).await;
                let endpoint =
                    endpoint.map_err(|error| ConfigError::Endpoint(super::auth::story(&*error)))?;
                Endpoint::from(&endpoint)
            }
            None => resolve(rules, operation, input, &settings)?,
        };
        if let Some(query) = &self.query {
            endpoint.url = format!("{}?{query}", endpoint.url);
        }
        let mut headers = HeaderMap::new();
        for (name, values) in &endpoint.headers {
            let unfit =
                |_| ConfigError::Endpoint(format!("the endpoint's header {name:?} isn't one"));
            let name = HeaderName::try_from(name).map_err(|error| unfit(error.into()))?;
            for value in values {
                headers.append(
                    &name,
                    HeaderValue::try_from(value)
                        .map_err(|error| unfit(http::Error::from(error)))?,
                );
            }
        }
        let url = check_url(&endpoint.url).map_err(ConfigError::Endpoint)?;
        Ok(ResolvedEndpoint {
            url: on_named_host(url, input)?,
            headers,
            auth_schemes: endpoint.auth_schemes(),
            given: endpoint,
        })
    }
}

/// The values of all parameters: with their defaults.
fn params_for_all(
    rules: Option<&Rules>,
    operation: &Operation,
    input: &dyn Shape,
    settings: &Settings,
) -> Params {
    let Some(rules) = rules else {
        return Params::new();
    };
    let mut params = params_for(rules, operation, input, settings);
    // What is missing is up to the resolver.
    let _ = rules.complete(&mut params);
    params
}

/// The endpoint on the host that the input's member with `swage.api#endpointUrl` names.
fn on_named_host(endpoint: Uri, input: &dyn Shape) -> Result<Uri, ConfigError> {
    let mut members = input.schema().members().iter();
    let member = members.find(|member| member.is_endpoint_url());
    let named = member.and_then(|member| Some((member, text_of(input, member.name())?)));
    let Some((member, text)) = named else {
        return Ok(endpoint);
    };
    let unfit = |error| ConfigError::Endpoint(format!("{}: {error}", member.name()));
    let named = check_url(&text).map_err(unfit)?;
    let mut parts = endpoint.into_parts();
    parts.authority = named.into_parts().authority;
    Uri::from_parts(parts).map_err(|error| unfit(error.to_string()))
}

/// The URL of an endpoint, or why the text isn't one; never repeats it, since it might hold a password.
pub(crate) fn check_url(url: &str) -> Result<Uri, String> {
    let uri: Uri = url.parse().map_err(|error| format!("not a URL: {error}"))?;
    let (Some("http" | "https"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err("a URL that begins with http:// or https:// is needed".to_owned());
    };
    let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
    if authority.as_str().contains('@') || fragment.contains('@') {
        return Err("a URL without user and password is needed".to_owned());
    }
    let port = authority.as_str().get(authority.host().len()..);
    if port.is_some_and(|port| !port.is_empty()) && authority.port_u16().is_none() {
        return Err("a port from 0 to 65535 is needed".to_owned());
    }
    // Hosts have no case, but signatures do: the one that is signed is the one that is sent.
    let host = authority.as_str().to_ascii_lowercase();
    let mut parts = uri.into_parts();
    parts.authority = Some(
        host.parse()
            .map_err(|error| format!("not a URL: {error}"))?,
    );
    Uri::from_parts(parts).map_err(|error| format!("not a URL: {error}"))
}

/// The URL of a request: the endpoint's, with the operation's host prefix, path and query added.
pub(crate) fn join(
    endpoint: &Uri,
    host_prefix: &str,
    path_and_query: &str,
) -> Result<Uri, http::Error> {
    let (path, query) = path_and_query
        .split_once('?')
        .unwrap_or((path_and_query, ""));
    let mut text = String::with_capacity(endpoint.path().len() + path_and_query.len() + 8);
    let prefix = endpoint.path();
    text.push_str(prefix.strip_suffix('/').unwrap_or(prefix));
    text.push_str(path);
    if text.is_empty() {
        text.push('/');
    }
    let queries = [endpoint.query().unwrap_or(""), query];
    for (separator, part) in ['?', '&']
        .into_iter()
        .zip(queries.into_iter().filter(|part| !part.is_empty()))
    {
        text.push(separator);
        text.push_str(part);
    }
    let mut parts = endpoint.clone().into_parts();
    if let (false, Some(authority)) = (host_prefix.is_empty(), &parts.authority) {
        parts.authority = Some(format!("{host_prefix}{authority}").parse()?);
    }
    parts.path_and_query = Some(text.parse()?);
    Ok(Uri::from_parts(parts)?)
}

/// Scheme, host and port of a URL whose other parts are secret.
#[cfg(feature = "transfer")]
pub(crate) fn origin(url: &Uri) -> String {
    let host = url.host().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}"));
    let scheme = url.scheme_str().unwrap_or_default();
    format!("{scheme}://{host}{}", port.unwrap_or_default())
}

/// The URL for an error or a log: without its query and, in case the endpoint's path is the rest of a password, without
/// what comes before an `@`. Operations encode theirs.
pub(crate) fn shown(url: &Uri) -> String {
    let authority = url.authority().map_or("", http::uri::Authority::as_str);
    let parts = [authority, url.path(), url.query().unwrap_or_default()];
    if parts.iter().any(|part| part.contains('@')) {
        let whole = url.to_string();
        let shown = redact::url(&whole);
        return shown.split('?').next().unwrap_or_default().to_owned();
    }
    let scheme = url.scheme_str().unwrap_or_default();
    [scheme, "://", authority, url.path()].concat()
}
