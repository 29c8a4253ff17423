//! Settings from an `SdkConfig`.
use crate::server::{self, Answer, Server, builder, call, ok, put, reply, thing};
use aws_credential_types::Token;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::app_name::AppName;
use aws_types::origin::Origin;
use aws_types::region::Region;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use std::time::Duration;
use swage_client::error::TimeoutKind;
use swage_client::operation::{Auth, Service};
use swage_client::{Client, Failure, Operation};

fn client(config: &SdkConfig) -> Client {
    builder().sdk_config(config).build().expect("good settings")
}

#[tokio::test]
async fn region_endpoint_app_name_and_credentials() {
    let server = Server::new(vec![ok()]);
    let config = SdkConfig::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url(server.url())
        .app_name(AppName::new("my-app").expect("a name"))
        .credentials_provider(SharedCredentialsProvider::new(server::credentials()))
        .build();
    put(&client(&config)).await.expect("an answer");
    let request = server.request();
    let signature = request.header("authorization").expect("a signature");
    assert!(
        signature.contains("/eu-west-1/things/aws4_request"),
        "{signature}"
    );
    let agent = request.header("user-agent").expect("a user agent");
    assert!(agent.ends_with(" app/my-app"), "{agent}");
}

#[tokio::test]
async fn retries_that_are_turned_off() {
    let server = Server::new(vec![reply(500, &[], "{}")]);
    let config = SdkConfig::builder()
        .endpoint_url(server.url())
        .retry_config(RetryConfig::disabled())
        .build();
    put(&client(&config)).await.expect_err("a failure");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_limit_of_time() {
    let server = Server::new(vec![Answer::Stall(Vec::new())]);
    let limits = TimeoutConfig::builder()
        .operation_timeout(Duration::from_millis(50))
        .build();
    let config = SdkConfig::builder()
        .endpoint_url(server.url())
        .timeout_config(limits)
        .build();
    let Failure::Timeout(error) = put(&client(&config)).await.expect_err("too slow") else {
        panic!("another failure")
    };
    assert_eq!(error.kind, TimeoutKind::Operation);
}

#[test]
fn limits_that_are_unset_stay_and_disabled_ones_go() {
    let unset = TimeoutConfig::builder()
        .read_timeout(Duration::from_secs(7))
        .build();
    let shown = format!("{:?}", builder().timeout_config(&unset));
    assert!(shown.contains("connect: Some(3.1s)"), "{shown}");
    assert!(shown.contains("read: Some(7s)"), "{shown}");
    let shown = format!("{:?}", builder().timeout_config(&TimeoutConfig::disabled()));
    assert!(shown.contains("connect: None"), "{shown}");
}

/// The settings that aws-config finds for one service in the environment and in profiles.
#[derive(Debug)]
struct OfService(String);

impl LoadServiceConfig for OfService {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let asked = (key.service_id(), key.env(), key.profile());
        (asked == ("Test Things", "AWS_ENDPOINT_URL", "endpoint_url")).then(|| self.0.clone())
    }
}

#[tokio::test]
async fn the_services_own_endpoint_comes_before_that_of_all() {
    let (own, all) = (Server::new(vec![ok()]), Server::new(vec![ok()]));
    let mut config = SdkConfig::builder()
        .endpoint_url(all.url())
        .service_config(OfService(own.url()));
    config.insert_origin("endpoint_url", Origin::shared_environment_variable());
    let config = config.build();
    put(&client(&config)).await.expect("an answer");
    assert_eq!((own.requests().len(), all.requests().len()), (1, 0));

    // Settings in the program take precedence.
    let mut config = config.into_builder();
    config.insert_origin("endpoint_url", Origin::shared_config());
    put(&client(&config.build())).await.expect("an answer");
    assert_eq!((own.requests().len(), all.requests().len()), (1, 1));
}

/// A service that takes tokens besides signatures.
static TALK: Service = Service {
    auth: &[Auth::SigV4 { name: "small talk" }, Auth::Bearer],
    ..server::SERVICE
};
static SAY: Operation = Operation {
    service: &TALK,
    ..server::PUT
};

/// The token of the environment.
#[derive(Debug)]
struct TokenOfService;

impl LoadServiceConfig for TokenOfService {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let asked = (key.service_id(), key.env(), key.profile());
        (asked == ("small talk", "AWS_BEARER_TOKEN", "")).then(|| "of-the-service".to_owned())
    }
}

/// The start of the header that a request has with this configuration.
async fn authorization(operation: &'static Operation, config: SdkConfig) -> String {
    let server = Server::new(vec![ok()]);
    let builder = Client::builder(operation.service).endpoint_url(server.url());
    let client: Client = builder.sdk_config(&config).build().expect("good settings");
    call(&client, operation, thing()).await.expect("an answer");
    let request = server.request();
    let header = request.header("authorization").expect("a header");
    header
        .split_once('/')
        .map_or(header, |(start, _)| start)
        .to_owned()
}

#[tokio::test]
async fn the_services_own_token_comes_before_a_signature() {
    let config = || {
        SdkConfig::builder()
            .region(Region::new("eu-west-1"))
            .credentials_provider(SharedCredentialsProvider::new(server::credentials()))
            .token_provider(SharedTokenProvider::new(Token::new("of-all", None)))
            .service_config(TokenOfService)
    };
    let signed = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE";
    assert_eq!(
        authorization(&SAY, config().build()).await,
        "Bearer of-the-service"
    );
    // Another service doesn't take it.
    assert_eq!(authorization(&server::PUT, config().build()).await, signed);
    // Settings in the program take precedence.
    let mut of_program = config();
    of_program.insert_origin("token_provider", Origin::shared_config());
    assert_eq!(
        authorization(&SAY, of_program.build()).await,
        "Bearer of-all"
    );
    let preferred = AuthSchemePreference::from([AuthSchemeId::new("sigv4")]);
    let mut of_program = config().auth_scheme_preference(preferred);
    of_program.insert_origin("auth_scheme_preference", Origin::shared_config());
    assert_eq!(authorization(&SAY, of_program.build()).await, signed);
}

#[test]
fn a_region_of_either_kind() {
    let text = format!("{:?}", builder().region("eu-west-1"));
    assert_eq!(
        format!("{:?}", builder().region(Region::new("eu-west-1"))),
        text
    );
    assert!(text.contains("eu-west-1"), "{text}");
}
