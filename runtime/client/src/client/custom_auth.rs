//! Authentication schemes of the official crates' interface, and what chooses them.

use super::auth::{Authentication, Identities, Lack, cached, missing, story, ways_to};
use super::components;
use super::config::Config;
use super::config::auth_schemes::{Params, modeled};
use super::resolve::ResolvedEndpoint;
use crate::error::{ConfigError, Failure};
use crate::operation::Operation;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeOption, AuthSchemeOptionResolverParams,
    ResolveAuthSchemeOptions, SharedAuthScheme,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityCache};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_smithy_types::endpoint::EndpointAuthScheme;
use std::sync::OnceLock;

/// A scheme, and the identity that it signs with.
pub(crate) struct Custom {
    scheme: SharedAuthScheme,
    identity: Identity,
    properties: Option<FrozenLayer>,
    /// What the endpoint says of the scheme.
    endpoint: Option<EndpointAuthScheme>,
}

impl Custom {
    /// Signs the request.
    pub(super) fn sign(&self, config: &Config, request: &mut HttpRequest) -> Result<(), Failure> {
        let (components, bag) = (components::of(config), bag(config, self.properties.clone()));
        let endpoint = match &self.endpoint {
            Some(scheme) => AuthSchemeEndpointConfig::from_typed(scheme),
            None => AuthSchemeEndpointConfig::empty(),
        };
        let signer = self.scheme.signer();
        signer
            .sign_http_request(request, &self.identity, endpoint, &components, &bag)
            .map_err(|error| refused(format!("the request can't be signed: {}", story(&*error))))
    }
}

fn bag(config: &Config, properties: Option<FrozenLayer>) -> ConfigBag {
    let mut bag = components::bag(config);
    if let Some(properties) = properties {
        bag.push_shared_layer(properties);
    }
    bag
}

fn refused(what: String) -> Failure {
    Failure::Config(ConfigError::Credentials(what))
}

/// A cache for identities of schemes that were added.
#[derive(Default)]
pub(crate) struct CustomIdentities(OnceLock<SharedIdentityCache>);

impl Identities {
    /// How to authenticate a call: the first scheme of the resolver's or of the model's that has an identity.
    pub(super) async fn choose(
        &self,
        config: &Config,
        operation: &'static Operation,
        endpoint: &ResolvedEndpoint,
    ) -> Result<Authentication, Failure> {
        let mut lacking = Vec::new();
        for option in options(config, operation).await? {
            let chosen = match self.custom(config, endpoint, &option).await? {
                Some(custom) => custom,
                None => self.built_in(config, operation, endpoint, &option).await?,
            };
            match chosen {
                Ok(authentication) => return Ok(authentication),
                Err(lack) => lacking.push(lack),
            }
        }
        if config.may_be_unsigned(operation) {
            return Ok(Authentication::Unsigned);
        }
        Err(Failure::Config(missing(&lacking)))
    }

    /// The authentication by a scheme that was added, if there is one with that id.
    async fn custom(
        &self,
        config: &Config,
        endpoint: &ResolvedEndpoint,
        option: &AuthSchemeOption,
    ) -> Result<Option<Result<Authentication, Lack>>, Failure> {
        let id = option.scheme_id();
        let mut schemes = config.auth_schemes.iter().rev();
        let Some(scheme) = schemes.find(|scheme| scheme.scheme_id() == *id) else {
            return Ok(None);
        };
        let Some(resolver) = scheme.identity_resolver(&components::of(config)) else {
            return Ok(Some(Err(Lack::Identity(id.inner().to_owned()))));
        };
        let own = || self.custom.0.get_or_init(|| IdentityCache::lazy().build());
        let cache = config.identity_cache.as_ref().unwrap_or_else(own);
        let Ok(identity) = cached(cache, resolver, config).await? else {
            return Ok(Some(Err(Lack::Identity(id.inner().to_owned()))));
        };
        let endpoint = endpoint.official();
        let mut told = endpoint.auth_schemes().iter();
        Ok(Some(Ok(Authentication::Custom(Box::new(Custom {
            scheme: scheme.clone(),
            identity,
            properties: option.properties(),
            endpoint: told.find(|of| of.name() == id.inner()).cloned(),
        })))))
    }

    /// The authentication by a scheme of the model with that id.
    async fn built_in(
        &self,
        config: &Config,
        operation: &Operation,
        endpoint: &ResolvedEndpoint,
        option: &AuthSchemeOption,
    ) -> Result<Result<Authentication, Lack>, Failure> {
        let id = option.scheme_id().inner();
        if id == "noAuth" {
            return Ok(Ok(Authentication::Unsigned));
        }
        let modeled = operation.auth.unwrap_or(operation.service.auth);
        let all = [modeled, operation.service.auth];
        let mut ways = all
            .into_iter()
            .flat_map(|of| ways_to(of, &endpoint.auth_schemes));
        match ways.find(|way| way.name() == id) {
            Some(way) => self.by(&way, config).await,
            None => Ok(Err(Lack::Scheme(id.to_owned()))),
        }
    }
}

/// The schemes of a call, best first.
async fn options(
    config: &Config,
    operation: &'static Operation,
) -> Result<Vec<AuthSchemeOption>, Failure> {
    let params = Params::of(operation);
    let mut options = match &config.auth_scheme_resolver {
        None => modeled(operation.service, &params),
        Some(resolver) => {
            let (components, bag) = (components::of(config), components::bag(config));
            let params = AuthSchemeOptionResolverParams::new(params);
            let options = resolver.resolve_auth_scheme_options_v2(&params, &bag, &components);
            options.await.map_err(|error| refused(story(&*error)))?
        }
    };
    if let Some(preference) = &config.auth_preference {
        let preference: Vec<_> = preference.clone().into_iter().collect();
        options.sort_by_key(|option| {
            let place = preference.iter().position(|id| id == option.scheme_id());
            place.unwrap_or(preference.len())
        });
    }
    Ok(options)
}
