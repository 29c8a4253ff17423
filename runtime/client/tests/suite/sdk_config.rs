//! Settings from an `SdkConfig`.
use crate::server::{self, Answer, Server, builder, ok, put, reply};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::app_name::AppName;
use aws_types::origin::Origin;
use aws_types::region::Region;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use std::time::Duration;
use swage_client::error::TimeoutKind;
use swage_client::{Client, Failure};

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
        .credentials_provider(
            aws_credential_types::provider::SharedCredentialsProvider::new(server::credentials()),
        )
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

#[test]
fn a_region_of_either_kind() {
    let text = format!("{:?}", builder().region("eu-west-1"));
    assert_eq!(
        format!("{:?}", builder().region(Region::new("eu-west-1"))),
        text
    );
    assert!(text.contains("eu-west-1"), "{text}");
}
