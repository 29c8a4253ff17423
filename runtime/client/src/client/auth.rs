//! Authentication: the scheme of a call, and its credentials.

use super::components;
use super::config::Config;
use super::custom_auth::{Custom, CustomIdentities};
use super::resolve::ResolvedEndpoint;
use crate::endpoint::AuthScheme;
use crate::error::{ConfigError, Failure};
use crate::operation::{Auth, Operation, ServiceTrait, SessionCredentials};
use crate::redact;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::{CredentialsError, TokenError};
use aws_credential_types::{Credentials, Token};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthSchemePreference;
use aws_smithy_runtime_api::client::identity::{
    Identity, ResolveCachedIdentity, ResolveIdentity, SharedIdentityCache, SharedIdentityResolver,
};
use http::header::{AUTHORIZATION, HeaderName};
use http::{HeaderMap, HeaderValue};
use std::error::Error as StdError;
use std::time::{Duration, SystemTime};

/// Credentials are refreshed this long before they expire.
const BEFORE_EXPIRY: Duration = Duration::from_secs(10);

/// How a call is authenticated.
pub(crate) enum Authentication {
    /// Without authentication.
    Unsigned,
    /// By a signature, which each attempt makes anew.
    Signature(Signer),
    /// By a header.
    Header(HeaderName, HeaderValue),
    /// By a query parameter, percent-encoded.
    Query(String),
    /// By a scheme of the caller's.
    Custom(Box<Custom>),
}

/// Credentials and scope of a signature.
pub(crate) struct Signer {
    pub(crate) identity: Identity,
    pub(crate) name: String,
    pub(crate) region: Region,
    pub(crate) disable_double_encoding: bool,
    /// [`ServiceTrait::Sigv4Verbatim`].
    pub(crate) verbatim: bool,
    /// The header of the token, if it isn't `x-amz-security-token`.
    pub(crate) token_header: Option<&'static str>,
}

impl Signer {
    /// The same in another region.
    pub(crate) fn in_region(&self, region: &str) -> Self {
        Self {
            identity: self.identity.clone(),
            name: self.name.clone(),
            region: Region::One(region.to_owned()),
            ..*self
        }
    }
}

/// Where a signature is valid.
pub(crate) enum Region {
    /// In one region: `aws.auth#sigv4`.
    One(String),
    /// In several regions, joined by commas: `aws.auth#sigv4a`.
    #[cfg(feature = "sigv4a")]
    Set(String),
}

/// Why an authentication scheme can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// Credentials, and what their sources say.
    Credentials(String),
    /// A setting is missing: its name, and the trait that needs it.
    Setting(&'static str, &'static str),
    /// A scheme that was added has no identity.
    Identity(String),
    /// The cargo feature `sigv4a` is off.
    Asymmetric,
    /// The endpoint asks for a scheme that this crate doesn't know.
    Scheme(String),
}

impl Authentication {
    /// Adds the header or the query parameter, which are the same for all attempts.
    pub(crate) fn apply(&self, headers: &mut HeaderMap, path_and_query: &mut String) {
        match self {
            Self::Header(name, value) => {
                headers.insert(name.clone(), value.clone());
            }
            Self::Query(parameter) => {
                path_and_query.push(if path_and_query.contains('?') {
                    '&'
                } else {
                    '?'
                });
                path_and_query.push_str(parameter);
            }
            Self::Unsigned | Self::Signature(_) | Self::Custom(_) => {}
        }
    }
}

/// Credentials, cached until they expire. One call fetches them while the others wait.
#[derive(Default)]
pub(crate) struct Identities {
    credentials: tokio::sync::Mutex<Option<Identity>>,
    pub(super) custom: CustomIdentities,
}

impl Identities {
    /// How to authenticate a call: the first of the operation's schemes that has credentials.
    pub(crate) async fn authenticate(
        &self,
        config: &Config,
        operation: &'static Operation,
        endpoint: &ResolvedEndpoint,
    ) -> Result<Authentication, Failure> {
        let ways = operation.auth.unwrap_or(operation.service.auth);
        if config.anonymous {
            return Ok(Authentication::Unsigned);
        }
        if config.auth_scheme_resolver.is_some() || !config.auth_schemes.is_empty() {
            return self.choose(config, operation, endpoint).await;
        }
        if ways.is_empty() {
            return Ok(Authentication::Unsigned);
        }
        let mut lacking = Vec::new();
        let mut ways = ways_to(ways, &endpoint.auth_schemes);
        if let Some(preference) = &config.auth_preference {
            prefer(&mut ways, preference);
        }
        for way in ways {
            match self.by(&way, config).await? {
                Ok(authentication) => return Ok(authentication),
                Err(lack) if lacking.contains(&lack) => {}
                Err(lack) => lacking.push(lack),
            }
        }
        if config.may_be_unsigned(operation) {
            return Ok(Authentication::Unsigned);
        }
        Err(Failure::Config(missing(&lacking)))
    }

    /// The AWS account of the credentials, if known.
    pub(crate) async fn account_id(
        &self,
        config: &Config,
        operation: &Operation,
    ) -> Result<Option<String>, Failure> {
        let ways = operation.auth.unwrap_or(operation.service.auth);
        let signs = ways.iter().any(is_signature) && !config.anonymous;
        if !signs {
            return Ok(None);
        }
        let identity = self.credentials(config).await?.ok();
        let account = identity
            .as_ref()
            .and_then(|identity| identity.data::<Credentials>()?.account_id());
        Ok(account.map(|account| account.as_str().to_owned()))
    }

    /// The authentication by that scheme, or what is missing for it.
    pub(super) async fn by(
        &self,
        way: &Way<'_>,
        config: &Config,
    ) -> Result<Result<Authentication, Lack>, Failure> {
        let auth = match way {
            Way::Signature(name, how, scheme) => {
                return self.signature(name, *how, *scheme, config).await;
            }
            Way::Unknown(scheme) => return Ok(Err(Lack::Scheme((*scheme).to_owned()))),
            Way::Other(auth) => *auth,
        };
        Ok(match auth {
            Auth::None => Ok(Authentication::Unsigned),
            Auth::Bearer => bearer(config)
                .await?
                .ok_or(Lack::Setting("token_provider", "httpBearerAuth")),
            Auth::Basic => config
                .basic
                .as_ref()
                .and_then(|(user, password)| basic(user, password))
                .ok_or(Lack::Setting("basic_auth", "httpBasicAuth")),
            Auth::ApiKey {
                header,
                name,
                scheme,
            } => match config.api_key.as_deref() {
                None => Err(Lack::Setting("api_key", "httpApiKeyAuth")),
                Some(key) => {
                    Ok(api_key(key, header, name, scheme).ok_or_else(|| unfit("the API key"))?)
                }
            },
            Auth::SigV4 { name } => self.signature(name, How::V4, None, config).await?,
            Auth::SigV4a { name } => self.signature(name, How::V4a, None, config).await?,
        })
    }

    async fn signature(
        &self,
        name: &str,
        how: How,
        scheme: Option<&AuthScheme>,
        config: &Config,
    ) -> Result<Result<Authentication, Lack>, Failure> {
        if matches!(how, How::V4a) && !cfg!(feature = "sigv4a") {
            return Ok(Err(Lack::Asymmetric));
        }
        let identity = match self.credentials(config).await? {
            Ok(identity) => identity,
            Err(why) => return Ok(Err(Lack::Credentials(why))),
        };
        Ok(Ok(Authentication::Signature(Signer {
            identity,
            name: scheme
                .and_then(|scheme| scheme.signing_name.clone())
                .unwrap_or_else(|| name.to_owned()),
            region: region(how, scheme, config)?,
            disable_double_encoding: scheme.is_some_and(|scheme| scheme.disable_double_encoding),
            verbatim: config.service.has(ServiceTrait::Sigv4Verbatim),
            token_header: None,
        })))
    }

    /// The authentication by the credentials of a session, for the first scheme of the endpoint.
    pub(crate) fn by_session(
        config: &Config,
        operation: &Operation,
        endpoint: &ResolvedEndpoint,
        session: SessionCredentials,
        identity: Identity,
    ) -> Result<Authentication, Failure> {
        let scheme = endpoint.auth_schemes.first();
        let mut ways = operation.auth.unwrap_or(operation.service.auth).iter();
        let name = ways.find_map(|way| match way {
            Auth::SigV4 { name } => Some(*name),
            _ => None,
        });
        let name = scheme
            .and_then(|scheme| scheme.signing_name.as_deref())
            .or(name);
        Ok(Authentication::Signature(Signer {
            identity,
            name: name.unwrap_or_default().to_owned(),
            region: region(How::V4, scheme, config)?,
            disable_double_encoding: scheme.is_some_and(|scheme| scheme.disable_double_encoding),
            verbatim: config.service.has(ServiceTrait::Sigv4Verbatim),
            token_header: Some(session.token_header),
        }))
    }

    /// The credentials, from the cache that is set or else from our own.
    async fn credentials(&self, config: &Config) -> Result<Found, Failure> {
        let Some(provider) = &config.credentials else {
            return Ok(Err(String::new()));
        };
        if let Some(cache) = &config.identity_cache {
            let resolver = SharedIdentityResolver::new(provider.clone());
            return cached(cache, resolver, config).await;
        }
        let (mut kept, now) = (self.credentials.lock().await, config.now());
        if let Some(identity) = kept.as_ref().filter(|identity| lasts(identity, now)) {
            return Ok(Ok(identity.clone()));
        }
        match provider.provide_credentials().await {
            Ok(credentials) => Ok(Ok(kept.insert(credentials.into()).clone())),
            Err(error @ CredentialsError::CredentialsNotLoaded(_)) => Ok(Err(causes(&error))),
            Err(error) => Err(Failure::Config(ConfigError::Credentials(story(&error)))),
        }
    }
}

/// An identity, or why there is none: what the sources that were asked say.
pub(super) type Found = Result<Identity, String>;

/// The identity that a cache has or gets from the resolver.
pub(super) async fn cached(
    cache: &SharedIdentityCache,
    resolver: SharedIdentityResolver,
    config: &Config,
) -> Result<Found, Failure> {
    let (components, bag) = (components::of(config), components::bag(config));
    identity(
        cache
            .resolve_cached_identity(resolver, &components, &bag)
            .await,
    )
}

/// What a resolver says: an identity, or that it has none.
fn identity(found: Result<Identity, BoxError>) -> Result<Found, Failure> {
    match found {
        Ok(identity) => Ok(Ok(identity)),
        Err(error) => match (error.downcast_ref(), error.downcast_ref()) {
            (Some(CredentialsError::CredentialsNotLoaded(_)), _)
            | (_, Some(TokenError::TokenNotLoaded(_))) => Ok(Err(causes(&*error))),
            _ => Err(Failure::Config(ConfigError::Credentials(story(&*error)))),
        },
    }
}

/// Whether credentials needn't be refreshed yet.
pub(super) fn lasts(identity: &Identity, now: SystemTime) -> bool {
    let end = identity.expiration();
    end.is_none_or(|end| end > now + BEFORE_EXPIRY)
}

/// An authentication scheme, from the model and the endpoint together.
pub(super) enum Way<'a> {
    /// A signature with that signing name, and the endpoint's properties for it.
    Signature(&'static str, How, Option<&'a AuthScheme>),
    /// Another scheme of the model.
    Other(Auth),
    /// A scheme that only the endpoint names.
    Unknown(&'a str),
}

impl Way<'_> {
    /// Its name in settings.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Signature(_, How::V4, _) => "sigv4",
            Self::Signature(_, How::V4a, _) => "sigv4a",
            Self::Other(auth) => auth.id(),
            Self::Unknown(name) => name,
        }
    }
}

/// Moves the preferred schemes to the front, in the order of preference.
fn prefer(ways: &mut [Way<'_>], preference: &AuthSchemePreference) {
    let preference: Vec<_> = preference.clone().into_iter().collect();
    ways.sort_by_key(|way| {
        let place = preference.iter().position(|id| id.inner() == way.name());
        place.unwrap_or(preference.len())
    });
}

/// The version of the signature.
#[derive(Clone, Copy)]
pub(super) enum How {
    V4,
    V4a,
}

pub(super) fn is_signature(auth: &Auth) -> bool {
    matches!(auth, Auth::SigV4 { .. } | Auth::SigV4a { .. })
}

/// The model's schemes, best first. If the endpoint lists schemes, they replace the signatures of the model.
pub(super) fn ways_to<'a>(model: &[Auth], endpoint: &'a [AuthScheme]) -> Vec<Way<'a>> {
    let mut ways = Vec::new();
    let mut listed = endpoint.iter();
    for auth in model {
        match (auth, endpoint.is_empty()) {
            (Auth::SigV4 { name } | Auth::SigV4a { name }, false) => {
                ways.extend(listed.by_ref().map(|scheme| of_endpoint(name, scheme)));
            }
            (Auth::SigV4 { name }, true) => ways.push(Way::Signature(name, How::V4, None)),
            (Auth::SigV4a { name }, true) => ways.push(Way::Signature(name, How::V4a, None)),
            (Auth::Bearer | Auth::Basic | Auth::ApiKey { .. } | Auth::None, _) => {
                ways.push(Way::Other(*auth));
            }
        }
    }
    ways
}

/// A scheme of `authSchemes` (<https://smithy.io/2.0/aws/rules-engine/auth-schemes.html>).
fn of_endpoint<'a>(name: &'static str, scheme: &'a AuthScheme) -> Way<'a> {
    match scheme.name.as_str() {
        "sigv4" => Way::Signature(name, How::V4, Some(scheme)),
        "sigv4a" => Way::Signature(name, How::V4a, Some(scheme)),
        "none" => Way::Other(Auth::None),
        other => Way::Unknown(other),
    }
}

/// The region of the signature: that of the endpoint, else that of the client.
fn region(how: How, scheme: Option<&AuthScheme>, config: &Config) -> Result<Region, Failure> {
    let none = || Failure::Config(ConfigError::NoRegion);
    match how {
        How::V4 => {
            let region = scheme.and_then(|scheme| scheme.signing_region.clone());
            let region = region.or_else(|| config.region().map(str::to_owned));
            region.map(Region::One).ok_or_else(none)
        }
        #[cfg(feature = "sigv4a")]
        How::V4a => {
            let of_endpoint = scheme.map(|scheme| scheme.signing_region_set.as_slice());
            let of_endpoint = of_endpoint.filter(|set| !set.is_empty());
            let set = config
                .region_set
                .as_ref()
                .map(|set| set.as_ref().to_owned());
            let set = set.or_else(|| of_endpoint.map(|set| set.join(",")));
            let set = set.or_else(|| config.region().map(str::to_owned));
            set.map(Region::Set).ok_or_else(none)
        }
        #[cfg(not(feature = "sigv4a"))]
        How::V4a => Err(none()),
    }
}

/// The error when no scheme can be used: what to set.
pub(super) fn missing(lacking: &[Lack]) -> ConfigError {
    if let [Lack::Credentials(why)] = lacking {
        return ConfigError::NoCredentials(why.clone());
    }
    let told = lacking.iter().map(|lack| match lack {
        Lack::Credentials(why) if !why.is_empty() => {
            format!("credentials_provider has none (sigv4): {why}")
        }
        Lack::Credentials(_) => "credentials_provider isn't set or has none (sigv4)".to_owned(),
        Lack::Setting(setting, name) => format!("{setting} isn't set ({name})"),
        Lack::Identity(name) => format!("there is no identity for {name:?}"),
        Lack::Asymmetric => "swage-client was built without its feature sigv4a".to_owned(),
        Lack::Scheme(name) => {
            format!("the endpoint asks for {name:?}, which isn't supported")
        }
    });
    let told = told.collect::<Vec<_>>().join("; ");
    match lacking.first() {
        None | Some(Lack::Credentials(_)) => ConfigError::NoCredentials(told),
        Some(_) => ConfigError::Credentials(format!("the call can't be authenticated: {told}")),
    }
}

async fn bearer(config: &Config) -> Result<Option<Authentication>, Failure> {
    let Some(resolver) = config.token.clone() else {
        return Ok(None);
    };
    let identity = if let Some(cache) = &config.identity_cache {
        cached(cache, resolver, config).await?
    } else {
        let (components, bag) = (components::of(config), components::bag(config));
        identity(resolver.resolve_identity(&components, &bag).await)?
    };
    let token = identity.as_ref().ok().and_then(Identity::data::<Token>);
    let Some(token) = token else {
        return Ok(None);
    };
    let header = header(&format!("Bearer {}", token.token()));
    header.map(Some).ok_or_else(|| unfit("the bearer token"))
}

/// The error for a secret that can't be in a header. It doesn't show the secret.
fn unfit(what: &str) -> Failure {
    let what = format!("{what} has a character that a header can't have");
    Failure::Config(ConfigError::Credentials(what))
}

fn basic(user: &str, password: &str) -> Option<Authentication> {
    let encoded = aws_smithy_types::base64::encode(format!("{user}:{password}"));
    header(&format!("Basic {encoded}"))
}

fn api_key(key: &str, in_header: bool, name: &str, scheme: &str) -> Option<Authentication> {
    if !in_header {
        let key = percent_encoding::utf8_percent_encode(key, percent_encoding::NON_ALPHANUMERIC);
        let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
        return Some(Authentication::Query(format!("{name}={key}")));
    }
    let text = if scheme.is_empty() {
        key.to_owned()
    } else {
        format!("{scheme} {key}")
    };
    Some(Authentication::Header(
        HeaderName::try_from(name).ok()?,
        secret(&text)?,
    ))
}

fn header(text: &str) -> Option<Authentication> {
    Some(Authentication::Header(AUTHORIZATION, secret(text)?))
}

fn secret(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The causes of an error that only says that there is nothing, on one line: what each source says.
fn causes(error: &dyn StdError) -> String {
    let text = error.source().map(story).unwrap_or_default();
    let mut lines = text.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    let others = lines.collect::<Vec<_>>().join("; ");
    format!("{first} {others}").trim_end().to_owned()
}

/// An error and its causes on one line, without passwords. Causes whose text the error already ends with are left out.
pub(super) fn story(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let cause_text = error.to_string();
        if !text.ends_with(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        cause = error.source();
    }
    redact::text(&text)
}
