//! The runtime components of the official crates, made from a client's settings, for code that asks for them: HTTP clients,
//! identity caches.
//!
//! A client's own work doesn't go through them. The ones that it has no equivalent of answer with an error.

use super::config::Config;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::retries::{RetryStrategy, ShouldAttempt};
use aws_smithy_runtime_api::client::runtime_components::{
    GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_types::SigningName;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::SigningRegion;
use std::time::Duration;

/// The scheme of signatures.
const SIGV4: AuthSchemeId = AuthSchemeId::new("sigv4");

/// The components for a client with these settings.
pub(super) fn of(config: &Config) -> RuntimeComponents {
    let sleep = config.sleep.clone();
    let time = config.time.clone();
    let components = RuntimeComponentsBuilder::new("swage")
        .with_http_client(config.http_client.clone())
        .with_time_source(Some(time.unwrap_or_default()))
        .with_sleep_impl(Some(
            sleep.unwrap_or_else(|| SharedAsyncSleep::new(TokioSleep)),
        ))
        .with_auth_scheme(Absent)
        .with_retry_strategy(Some(Absent));
    let components = match &config.auth_scheme_resolver {
        Some(resolver) => components.with_auth_scheme_option_resolver(Some(resolver.clone())),
        None => components.with_auth_scheme_option_resolver(Some(
            StaticAuthSchemeOptionResolver::new(vec![SIGV4]),
        )),
    };
    let components = match &config.endpoint_resolver {
        Some(resolver) => components.with_endpoint_resolver(Some(resolver.clone())),
        None => components.with_endpoint_resolver(Some(Absent)),
    };
    let schemes = config.auth_schemes.iter().cloned();
    let components = schemes.fold(components, RuntimeComponentsBuilder::with_auth_scheme);
    let components = match &config.token {
        Some(tokens) => {
            components.with_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, tokens.clone())
        }
        None => components,
    };
    let components = match &config.identity_cache {
        Some(cache) => components.with_identity_cache(Some(cache.clone())),
        None => components.with_identity_cache(Some(Absent)),
    };
    let components = match &config.credentials {
        Some(credentials) => components.with_identity_resolver(SIGV4, credentials.clone()),
        None => components.with_identity_resolver(SIGV4, Absent),
    };
    components.build().expect("all required components are set")
}

/// What others find in the configuration.
pub(super) fn bag(config: &Config) -> ConfigBag {
    let mut layer = Layer::new("swage");
    layer.store_or_unset(config.region.clone());
    layer.store_or_unset(config.app_name.clone());
    layer.store_or_unset(config.timeouts.clone());
    layer.store_or_unset(config.retry.as_ref().and_then(|retry| retry.sdk().cloned()));
    layer.store_or_unset(config.retry_partition.clone());
    layer.store_put(config.attributes.clone());
    layer.store_put(config.stalled_streams());
    layer.store_or_unset(config.request_checksums);
    layer.store_or_unset(config.response_checksums);
    layer.store_or_unset(config.account_id_mode.clone());
    layer.store_or_unset(config.endpoint_url.clone().map(EndpointUrl));
    layer.store_or_unset(config.use_fips.map(UseFips));
    layer.store_or_unset(config.use_dual_stack.map(UseDualStack));
    layer.store_or_unset(config.region.clone().map(SigningRegion::from));
    layer.store_put(SigningName::from_static(config.signing_name()));
    ConfigBag::of_layers(vec![layer])
}

/// Tokio's timer.
#[derive(Debug)]
struct TokioSleep;

impl AsyncSleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration))
    }
}

/// A component that isn't there.
#[derive(Debug)]
struct Absent;

fn absent<T>(what: &str) -> Result<T, BoxError> {
    Err(format!("the client has no {what} for others to call").into())
}

impl AuthScheme for Absent {
    fn scheme_id(&self) -> AuthSchemeId {
        SIGV4
    }

    fn identity_resolver(
        &self,
        resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(SIGV4)
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Absent {
    fn sign_http_request(
        &self,
        _request: &mut HttpRequest,
        _identity: &Identity,
        _endpoint: AuthSchemeEndpointConfig<'_>,
        _components: &RuntimeComponents,
        _config: &ConfigBag,
    ) -> Result<(), BoxError> {
        absent("signer")
    }
}

impl ResolveEndpoint for Absent {
    fn resolve_endpoint<'a>(&'a self, _params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(absent("endpoint resolver"))
    }
}

impl ResolveIdentity for Absent {
    fn resolve_identity<'a>(
        &'a self,
        _components: &'a RuntimeComponents,
        _config: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(absent("credentials"))
    }
}

/// Keeps nothing.
impl ResolveCachedIdentity for Absent {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        config: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move { resolver.resolve_identity(components, config).await })
    }
}

impl RetryStrategy for Absent {
    fn should_attempt_initial_request(
        &self,
        _components: &RuntimeComponents,
        _config: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        Ok(ShouldAttempt::Yes)
    }

    fn should_attempt_retry(
        &self,
        _context: &InterceptorContext,
        _components: &RuntimeComponents,
        _config: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        Ok(ShouldAttempt::No)
    }
}
