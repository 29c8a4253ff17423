//! Resolvers of endpoints and authentication schemes, as in programs for the official crates.

use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, AuthSchemeOptionsFuture, Sign,
};
use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, ResolveEndpoint as _};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityFuture, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;
use aws_smithy_types::Document;
use aws_smithy_types::endpoint::EndpointAuthScheme;
use connectparticipant::config::auth::{
    DefaultAuthSchemeResolver, Params as AuthParams, ResolveAuthScheme,
};
use connectparticipant::config::endpoint::{
    DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint,
};
use connectparticipant::config::http::HttpRequest;
use connectparticipant::config::interceptors::BeforeTransmitInterceptorContextMut;
use connectparticipant::config::retry::RetryConfig;
use connectparticipant::config::{
    Builder, ConfigBag, Credentials, Intercept, Region, RuntimeComponents,
};
use connectparticipant::error::BoxError;
use connectparticipant::{Client, Config};
use std::sync::{Arc, Mutex};
use swage_tests::server::{Answer, Request, Server};

fn config() -> Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "a-secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
}

/// The request of a call with these settings.
async fn request(server: Server, config: Builder) -> Request {
    let client = Client::from_conf(config.build());
    let request = client.send_message().content_type("text/plain");
    let request = request.content("hello").connection_token("a-token");
    request.send().await.expect("an answer");
    server.requests().remove(0)
}

/// Sends everything to one server.
#[derive(Debug)]
struct To(String);

impl ResolveEndpoint for To {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        let region = params.region().unwrap_or_default();
        let scheme = EndpointAuthScheme::with_capacity("sigv4", 2)
            .put("signingName", "another-name")
            .put("signingRegion", "eu-west-9");
        let stamp = EndpointAuthScheme::with_capacity("stamp", 1).put("office", "Leith");
        let endpoint = Endpoint::builder()
            .url(format!("{}/base/{region}", self.0))
            .header("x-fips", format!("{:?}", params.use_fips()))
            .auth_scheme(scheme)
            .auth_scheme(stamp);
        EndpointFuture::ready(Ok(endpoint.build()))
    }
}

#[tokio::test]
async fn a_resolver_of_endpoints() {
    let server = Server::start(vec![Answer::json("{}")]);
    let config = config().endpoint_resolver(To(server.url.clone()));
    let request = request(server, config).await;
    assert_eq!(
        request.line,
        "POST /base/us-east-1/participant/message HTTP/1.1"
    );
    assert_eq!(request.header("x-fips"), Some("Some(false)"));
    let signature = request.header("authorization").expect("a signature");
    assert!(
        signature.contains("/eu-west-9/another-name/aws4_request"),
        "{signature}"
    );
}

#[derive(Debug)]
struct Nowhere;

impl ResolveEndpoint for Nowhere {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Err("there is none".into()))
    }
}

#[tokio::test]
async fn its_error_fails_the_call() {
    let client = Client::from_conf(config().endpoint_resolver(Nowhere).build());
    let request = client
        .send_message()
        .content("hello")
        .content_type("text/plain");
    let error = request
        .connection_token("t")
        .send()
        .await
        .expect_err("no endpoint");
    assert!(error.to_string().contains("there is none"), "{error}");
}

#[tokio::test]
async fn the_rules_of_the_service() {
    let params = |region: &str| {
        Params::builder()
            .region(region.to_owned())
            .use_fips(true)
            .build()
    };
    let found = params("us-east-1").expect("valid");
    assert_eq!(
        (found.region(), found.use_fips()),
        (Some("us-east-1"), Some(true))
    );
    assert_eq!(
        (found.use_dual_stack(), found.endpoint()),
        (Some(false), None)
    );
    let resolver = DefaultResolver::new();
    let endpoint = resolver
        .resolve_endpoint(&found)
        .await
        .expect("an endpoint");
    assert_eq!(
        endpoint.url(),
        "https://participant.connect-fips.us-east-1.amazonaws.com"
    );
    let error = params("not a host").expect_err("invalid");
    assert!(error.to_string().contains("region"), "{error}");
    let none = Params::builder()
        .build()
        .expect("the region isn't required");
    resolver
        .resolve_endpoint(&none)
        .await
        .expect_err("no region");
    let shared = config().build().endpoint_resolver();
    let params = EndpointResolverParams::new(found);
    assert_eq!(
        shared.resolve_endpoint(&params).await.expect("an endpoint"),
        endpoint
    );
}

/// Signs by a header.
#[derive(Debug)]
struct Stamp;

#[derive(Debug)]
struct Name(&'static str);

impl ResolveIdentity for Name {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Ok(Identity::new(self.0, None)))
    }
}

impl AuthScheme for Stamp {
    fn scheme_id(&self) -> AuthSchemeId {
        AuthSchemeId::new("stamp")
    }

    fn identity_resolver(&self, _: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        Some(SharedIdentityResolver::new(Name("somebody")))
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Stamp {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        let name = identity.data::<&str>().ok_or("no name")?;
        let body = request.body().bytes().unwrap_or_default().len();
        request
            .headers_mut()
            .insert("x-stamp", format!("{name} {body}"));
        if let Some(office) = endpoint.get("office").and_then(Document::as_string) {
            request.headers_mut().insert("x-office", office.to_owned());
        }
        Ok(())
    }
}

/// Chooses a scheme by the operation.
#[derive(Debug)]
struct Choose(&'static str);

impl ResolveAuthScheme for Choose {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a AuthParams,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        assert_eq!(params.operation_name(), "SendMessage");
        AuthSchemeOptionsFuture::ready(Ok(vec![AuthSchemeId::from(self.0).into()]))
    }
}

async fn authenticated(set: impl FnOnce(Builder) -> Builder) -> Request {
    let server = Server::start(vec![Answer::json("{}")]);
    let config = set(config().endpoint_url(&server.url));
    request(server, config).await
}

#[tokio::test]
async fn a_scheme_that_was_added() {
    let stamped = authenticated(|config| {
        config
            .push_auth_scheme(Stamp)
            .auth_scheme_resolver(Choose("stamp"))
    });
    let stamped = stamped.await;
    let expected = format!("somebody {}", stamped.body.len());
    assert_eq!(stamped.header("x-stamp"), Some(expected.as_str()));
    assert_eq!(stamped.header("authorization"), None);
    assert_eq!(stamped.header("x-office"), None);
    let server = Server::start(vec![Answer::json("{}")]);
    let config = config().endpoint_resolver(To(server.url.clone()));
    let config = config
        .push_auth_scheme(Stamp)
        .auth_scheme_resolver(Choose("stamp"));
    let stamped = request(server, config).await;
    assert_eq!(stamped.header("x-office"), Some("Leith"));
}

/// Notes the endpoint.
#[derive(Clone, Debug, Default)]
struct Where(Arc<Mutex<Option<Endpoint>>>);

impl Intercept for Where {
    fn name(&self) -> &'static str {
        "Where"
    }

    fn modify_before_signing(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        *self.0.lock().expect("a lock") = bag.load::<Endpoint>().cloned();
        Ok(())
    }
}

#[tokio::test]
async fn endpoints_that_interceptors_find() {
    let server = Server::start(vec![Answer::json("{}")]);
    let (url, seen) = (server.url.clone(), Where::default());
    request(
        server,
        config().endpoint_url(&url).interceptor(seen.clone()),
    )
    .await;
    let found = seen.0.lock().expect("a lock").take().expect("an endpoint");
    assert_eq!((found.url(), found.auth_schemes()), (url.as_str(), &[][..]));

    let server = Server::start(vec![Answer::json("{}")]);
    let to = To(server.url.clone());
    let params = Params::builder().region("us-east-1").build();
    let given = to.resolve_endpoint(&params.expect("valid")).await;
    request(
        server,
        config().endpoint_resolver(to).interceptor(seen.clone()),
    )
    .await;
    let found = seen.0.lock().expect("a lock").take().expect("an endpoint");
    let given = given.expect("an endpoint");
    // The order of a scheme's properties doesn't matter.
    let parts = |of: &Endpoint| {
        let schemes = of.auth_schemes().iter();
        let schemes: Vec<_> = schemes.map(EndpointAuthScheme::as_document).collect();
        let header = of.headers().next().map(|(name, _)| name.to_owned());
        (of.url().to_owned(), header, schemes)
    };
    assert_eq!(parts(&found), parts(&given));
}

#[tokio::test]
async fn a_resolver_of_schemes() {
    let none = authenticated(|config| config.auth_scheme_resolver(Choose("noAuth"))).await;
    assert_eq!(none.header("authorization"), None);
    let signed = authenticated(|config| config.auth_scheme_resolver(Choose("sigv4"))).await;
    assert!(signed.header("authorization").is_some());
    // The schemes of the model, and one that it doesn't name.
    let default = DefaultAuthSchemeResolver::default();
    let modeled =
        authenticated(|config| config.auth_scheme_resolver(default).push_auth_scheme(Stamp));
    let modeled = modeled.await;
    assert!(modeled.header("authorization").is_some() && modeled.header("x-stamp").is_none());
}
