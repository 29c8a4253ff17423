//! Authentication schemes: their order, what each sends, and the influence of endpoints.
use crate::server;

use crate::server::{Request, Server, builder, call, client, credentials, ok, thing};
use aws_credential_types::Credentials;
use aws_credential_types::credential_fn::provide_credentials_fn;
use aws_credential_types::provider::error::CredentialsError;
use std::time::{Duration, UNIX_EPOCH};
use swage_client::client::AccountIdEndpointMode;
use swage_client::error::ConfigError;
use swage_client::operation::{Auth, ServiceTrait};
use swage_client::schema::{self, Member, Schema};
use swage_client::transport::{self, RequestBody, ResponseBody};
use swage_client::{Any, Client, ClientBuilder, Failure, Operation, Record, Service};

const HEADER_KEY: Auth = Auth::ApiKey {
    header: true,
    name: "X-Api-Key",
    scheme: "",
};
const SCHEME_KEY: Auth = Auth::ApiKey {
    header: true,
    name: "Authorization",
    scheme: "ApiKey",
};
const QUERY_KEY: Auth = Auth::ApiKey {
    header: false,
    name: "api key",
    scheme: "",
};

const OPERATION: Operation = Operation {
    optional_auth: false,
    ..server::PUT
};

macro_rules! by {
    ($($name:ident: $auth:expr;)*) => {$(
        static $name: Operation = Operation { auth: Some(&$auth), ..OPERATION };
    )*};
}
by! {
    BEARER: [Auth::Bearer];
    BASIC: [Auth::Basic];
    HEADER: [HEADER_KEY];
    SCHEME: [SCHEME_KEY];
    QUERY: [QUERY_KEY];
    NONE: [Auth::None];
    NOTHING: [];
    EACH: [Auth::SigV4 { name: "things" }, Auth::Bearer, Auth::Basic, HEADER_KEY];
    OR_NONE: [Auth::SigV4 { name: "things" }, Auth::None];
}
static OPTIONAL: Operation = Operation {
    auth: Some(&[Auth::SigV4 { name: "things" }]),
    optional_auth: true,
    ..OPERATION
};

/// The request of a client with these settings.
async fn sent(
    operation: &'static Operation,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Request {
    let server = Server::new(vec![ok()]);
    let client = set(builder().endpoint_url(server.url())).build();
    call(&client.expect("good settings"), operation, thing())
        .await
        .expect("an answer");
    server.request()
}

fn all(builder: ClientBuilder) -> ClientBuilder {
    let token = aws_credential_types::Token::new("a-token", None);
    builder
        .credentials_provider(credentials())
        .token_provider(token)
        .basic_auth("user", "pass:word")
        .api_key("k y")
}

fn authorization(request: &Request) -> Option<&str> {
    request.header("authorization")
}

#[tokio::test]
async fn each_way_sends_what_its_trait_says() {
    assert_eq!(
        authorization(&sent(&BEARER, all).await),
        Some("Bearer a-token")
    );
    // user:pass:word
    assert_eq!(
        authorization(&sent(&BASIC, all).await),
        Some("Basic dXNlcjpwYXNzOndvcmQ=")
    );
    let request = sent(&HEADER, all).await;
    assert_eq!(request.header("x-api-key"), Some("k y"));
    assert_eq!(authorization(&request), None);
    assert_eq!(authorization(&sent(&SCHEME, all).await), Some("ApiKey k y"));
    let request = sent(&QUERY, all).await;
    assert_eq!(
        request.line,
        "POST /things/a%20b%2Fc?api%20key=k%20y HTTP/1.1"
    );
    for unsigned in [&NONE, &NOTHING] {
        let request = sent(unsigned, all).await;
        assert_eq!(authorization(&request), None);
        assert_eq!(request.header("x-amz-date"), None);
    }
}

#[tokio::test]
async fn the_first_way_that_there_is_something_for_is_taken() {
    let signed = sent(&EACH, all).await;
    assert!(authorization(&signed).is_some_and(|text| text.starts_with("AWS4-HMAC-SHA256 ")));
    let request = sent(&EACH, |builder| builder.basic_auth("u", "p").api_key("k")).await;
    assert_eq!(authorization(&request), Some("Basic dTpw"));
    assert_eq!(request.header("x-api-key"), None);
    let request = sent(&EACH, |builder| builder.api_key("k")).await;
    assert_eq!(request.header("x-api-key"), Some("k"));
    // A provider without credentials is skipped, too.
    let empty = provide_credentials_fn(|| async {
        Err(CredentialsError::not_loaded("none on this machine"))
    });
    let request = sent(&EACH, |builder| {
        builder.credentials_provider(empty).basic_auth("u", "p")
    });
    assert_eq!(authorization(&request.await), Some("Basic dTpw"));
}

#[tokio::test]
async fn preferred_ways_come_first() {
    let request = sent(&EACH, |builder| {
        all(builder).auth_scheme_preference(["unknown", "httpApiKeyAuth", "httpBasicAuth"])
    })
    .await;
    assert_eq!(request.header("x-api-key"), Some("k y"));
    let request = sent(&OR_NONE, |builder| {
        all(builder).auth_scheme_preference(["noAuth"])
    });
    assert_eq!(authorization(&request.await), None);
    let request = sent(&EACH, |builder| {
        builder
            .api_key("k")
            .auth_scheme_preference(["httpBearerAuth"])
    });
    assert_eq!(request.await.header("x-api-key"), Some("k"));
}

#[tokio::test]
async fn calls_that_need_no_identity_go_without() {
    for operation in [&OPTIONAL, &OR_NONE] {
        assert_eq!(
            authorization(&sent(operation, |builder| builder).await),
            None
        );
        assert!(authorization(&sent(operation, all).await).is_some());
        let request = sent(operation, |builder| all(builder).anonymous());
        assert_eq!(authorization(&request.await), None);
    }
}

static PUBLIC: Service = Service {
    traits: &[ServiceTrait::UnsignedWithoutProvider],
    ..server::SERVICE
};
static OF_PUBLIC: Operation = Operation {
    service: &PUBLIC,
    ..OPERATION
};

#[tokio::test]
async fn a_service_can_take_unsigned_requests_of_clients_without_a_source_of_credentials() {
    let request = sent(&OF_PUBLIC, |builder| builder).await;
    assert_eq!(authorization(&request), None);
    let request = sent(&OF_PUBLIC, |builder| {
        builder.credentials_provider(credentials())
    });
    assert!(authorization(&request.await).is_some());
    let server = Server::new(vec![ok()]);
    let empty = provide_credentials_fn(|| async { Err(CredentialsError::not_loaded("none")) });
    let client = builder()
        .endpoint_url(server.url())
        .credentials_provider(empty)
        .build()
        .expect("good settings");
    assert!(matches!(
        refused(&client, &OF_PUBLIC).await,
        ConfigError::NoCredentials(_)
    ));
}

async fn refused(client: &Client, operation: &'static Operation) -> ConfigError {
    match call(client, operation, thing()).await {
        Err(Failure::Config(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_lacks_is_named_by_its_settings() {
    let server = Server::new(vec![ok()]);
    let client = client(&server);
    assert!(matches!(
        refused(&client, &server::SIGNED).await,
        ConfigError::NoCredentials(why) if why.is_empty()
    ));
    let cannot = "credentials: the call can't be authenticated";
    let none = "no credentials were found, but the request needs them";
    let told = [
        (&BEARER, cannot, "token_provider isn't set (httpBearerAuth)"),
        (&BASIC, cannot, "basic_auth isn't set (httpBasicAuth)"),
        (&HEADER, cannot, "api_key isn't set (httpApiKeyAuth)"),
        (
            &EACH,
            none,
            "credentials_provider isn't set or has none (sigv4); token_provider isn't set (httpBearerAuth); basic_auth \
             isn't set (httpBasicAuth); api_key isn't set (httpApiKeyAuth)",
        ),
    ];
    for (operation, what, why) in told {
        assert_eq!(
            refused(&client, operation).await.to_string(),
            format!("{what}: {why}")
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn secrets_that_do_not_fit_into_a_header_are_not_shown() {
    let server = Server::new(vec![ok()]);
    let client = builder()
        .endpoint_url(server.url())
        .token_provider(aws_credential_types::Token::new("hush\n", None))
        .api_key("hush\n")
        .build()
        .expect("good settings");
    for (operation, what) in [(&BEARER, "the bearer token"), (&HEADER, "the API key")] {
        assert_eq!(
            refused(&client, operation).await.to_string(),
            format!("credentials: {what} has a character that a header can't have")
        );
    }
    assert!(server.requests().is_empty());
}

/// A service with one endpoint, the client's, with these schemes; requests are signed with one of the model's schemes.
macro_rules! endpoint {
    ($service:ident, $operation:ident, $auth:expr, $schemes:literal) => {
        static $service: Service = Service {
            auth: &$auth,
            endpoint_rules: concat!(
                "swage-endpoint-rules 1\n",
                "param Endpoint string builtin=SDK::Endpoint\n",
                "c0 isSet(Endpoint)\n",
                "p0 {\"authSchemes\": [",
                $schemes,
                "]}\n",
                "r0 endpoint Endpoint p0\n",
                "n0 c0 r0 -\n",
            ),
            ..*server::PUT.service
        };
        static $operation: Operation = Operation {
            service: &$service,
            ..OPERATION
        };
    };
}
endpoint!(
    RENAMED_SERVICE,
    RENAMED,
    [Auth::SigV4 { name: "things" }],
    r#"{"name": "sigv4", "signingName": "other", "signingRegion": "eu-north-1"}"#
);
endpoint!(
    PLAIN_SERVICE,
    PLAIN,
    [Auth::SigV4 { name: "things" }],
    r#"{"name": "sigv4"}"#
);
endpoint!(
    SINGLE_SERVICE,
    SINGLE,
    [Auth::SigV4 { name: "things" }],
    r#"{"name": "sigv4", "disableDoubleEncoding": true}"#
);
endpoint!(
    UNSIGNED_SERVICE,
    UNSIGNED,
    [Auth::SigV4 { name: "things" }],
    r#"{"name": "none"}"#
);
endpoint!(
    UNKNOWN_SERVICE,
    UNKNOWN,
    [Auth::SigV4 { name: "things" }],
    r#"{"name": "sigv9"}"#
);
endpoint!(
    FALLBACK_SERVICE,
    FALLBACK,
    [Auth::SigV4 { name: "things" }],
    r#"{"name": "sigv9"}, {"name": "sigv4", "signingName": "old"}"#
);
#[cfg(feature = "sigv4a")]
endpoint!(
    BOTH_SERVICE,
    BOTH,
    [Auth::SigV4 { name: "things" }],
    r#"{"name": "sigv4a", "signingName": "wide", "signingRegionSet": ["us-*", "eu-*"]}, {"name": "sigv4"}"#
);

/// The request of a client with these settings, signed at a fixed time.
async fn at_endpoint(
    operation: &'static Operation,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Request {
    let server = Server::new(vec![ok()]);
    let time = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let clock = aws_smithy_async::time::StaticTimeSource::new(time);
    let builder = Client::builder::<Client>(operation.service)
        .region("us-east-1")
        .no_proxy()
        .time_source(clock)
        .credentials_provider(credentials())
        .endpoint_url(server.url());
    let client = set(builder).build().expect("good settings");
    call(&client, operation, thing()).await.expect("an answer");
    server.request()
}

fn signature(request: &Request) -> &str {
    let text = authorization(request).unwrap_or_default();
    text.split_once("Signature=").map_or("", |(_, text)| text)
}

#[tokio::test]
async fn endpoints_say_what_is_signed_for() {
    let request = at_endpoint(&RENAMED, |builder| builder).await;
    let text = authorization(&request).expect("a signature");
    assert!(
        text.contains("/20231114/eu-north-1/other/aws4_request"),
        "{text}"
    );
    let request = at_endpoint(&PLAIN, |builder| builder).await;
    let text = authorization(&request).expect("a signature");
    assert!(text.contains("/us-east-1/things/aws4_request"), "{text}");
    let request = at_endpoint(&FALLBACK, |builder| builder).await;
    let text = authorization(&request).expect("a signature");
    assert!(text.contains("/us-east-1/old/aws4_request"), "{text}");
    let request = at_endpoint(&UNSIGNED, |builder| builder).await;
    assert_eq!(authorization(&request), None);
}

/// The path has a `%2F`, which is signed as `%252F` if it is encoded twice.
#[tokio::test]
async fn endpoints_say_how_paths_are_signed() {
    let server = Server::new(vec![ok()]);
    let time = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let mut signatures = Vec::new();
    for operation in [&PLAIN, &PLAIN, &SINGLE] {
        let client = Client::builder::<Client>(operation.service)
            .region("us-east-1")
            .no_proxy()
            .time_source(aws_smithy_async::time::StaticTimeSource::new(time))
            .credentials_provider(credentials())
            .endpoint_url(server.url())
            .idempotency_token_source(|| "token".to_owned());
        let client = client.build().expect("good settings");
        call(&client, operation, thing()).await.expect("an answer");
        signatures.push(signature(&server.request()).to_owned());
    }
    assert_eq!(signatures[0], signatures[1], "all else is the same");
    assert_ne!(signatures[0], signatures[2]);
}

#[tokio::test]
async fn blanks_in_a_signed_header_are_one_space() {
    let server = Server::new(vec![ok()]);
    let time = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let client = Client::builder::<Client>(PLAIN.service)
        .region("us-east-1")
        .no_proxy()
        .time_source(aws_smithy_async::time::StaticTimeSource::new(time))
        .credentials_provider(credentials())
        .endpoint_url(server.url())
        .idempotency_token_source(|| "token".to_owned())
        .build()
        .expect("good settings");
    let mut signatures = Vec::new();
    for token in ["a b", "a\tb", "a \t  b", "ab"] {
        let mut input = thing();
        input.set(3, Any::String(token.to_owned()));
        call(&client, &PLAIN, input).await.expect("an answer");
        signatures.push(signature(&server.request()).to_owned());
    }
    assert_eq!(signatures[0], signatures[1]);
    assert_eq!(signatures[0], signatures[2]);
    assert_ne!(signatures[0], signatures[3]);
}

#[tokio::test]
async fn an_unknown_scheme_of_an_endpoint_is_told() {
    let server = Server::new(vec![ok()]);
    let client = Client::builder::<Client>(UNKNOWN.service)
        .region("us-east-1")
        .credentials_provider(credentials())
        .endpoint_url(server.url())
        .build()
        .expect("good settings");
    assert_eq!(
        refused(&client, &UNKNOWN).await.to_string(),
        "credentials: the call can't be authenticated: the endpoint asks for \"sigv9\", which isn't supported"
    );
}

#[cfg(feature = "sigv4a")]
#[tokio::test]
async fn asymmetric_signatures_name_a_set_of_regions() {
    by! { WIDE: [Auth::SigV4a { name: "things" }, Auth::SigV4 { name: "things" }]; }
    let request = sent(&WIDE, all).await;
    let text = authorization(&request).expect("a signature");
    assert!(
        text.starts_with("AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/")
            && text.contains("/things/aws4_request, SignedHeaders=")
            && !text.contains("us-east-1"),
        "{text}"
    );
    assert!(text.contains(";x-amz-region-set;"), "{text}");
    assert!(request.header("x-amz-date").is_some());
    assert_eq!(
        request.header("x-amz-security-token"),
        Some("a-session-token")
    );
    assert_eq!(request.header("x-amz-region-set"), Some("us-east-1"));
    // The endpoint's signing region takes precedence over the client's region, and the client's signing region over both.
    let request = at_endpoint(&BOTH, |builder| builder).await;
    assert_eq!(request.header("x-amz-region-set"), Some("us-*,eu-*"));
    let text = authorization(&request).expect("a signature");
    assert!(text.contains("/wide/aws4_request"), "{text}");
    let request = at_endpoint(&BOTH, |builder| builder.sigv4a_signing_region_set(["*"])).await;
    assert_eq!(request.header("x-amz-region-set"), Some("*"));
    let request = at_endpoint(&BOTH, |builder| builder.auth_scheme_preference(["sigv4"])).await;
    let text = authorization(&request).expect("a signature");
    assert!(text.starts_with("AWS4-HMAC-SHA256 "), "{text}");
}

/// The endpoint of a region is account-based; the proxy sees which host is requested.
static ACCOUNTS: Service = Service {
    endpoint_rules: concat!(
        "swage-endpoint-rules 1\n",
        "param AccountId string builtin=AWS::Auth::AccountId\n",
        "param Mode string builtin=AWS::Auth::AccountIdEndpointMode\n",
        "c0 isSet(AccountId)\n",
        "c1 isSet(Mode)\n",
        "c2 stringEquals(Mode, \"disabled\")\n",
        "c3 stringEquals(Mode, \"required\")\n",
        "r0 endpoint \"http://{AccountId}.things.example\"\n",
        "r1 endpoint \"http://things.example\"\n",
        "r2 error \"no account\"\n",
        "n0 c1 n1 n3\n",
        "n1 c2 r1 n2\n",
        "n2 c3 n4 n3\n",
        "n3 c0 r0 r1\n",
        "n4 c0 r0 r2\n",
    ),
    ..*server::PUT.service
};
static OF_ACCOUNT: Operation = Operation {
    service: &ACCOUNTS,
    ..OPERATION
};

fn of_account(server: &Server, account: bool) -> ClientBuilder {
    let mut keys = Credentials::builder()
        .access_key_id("AKID")
        .secret_access_key("secret")
        .provider_name("test");
    if account {
        keys = keys.account_id("123456789012");
    }
    Client::builder::<Client>(&ACCOUNTS)
        .region("us-east-1")
        .proxy_url(server.url())
        .credentials_provider(keys.build())
}

#[tokio::test]
async fn endpoints_of_an_account_get_that_of_the_credentials() {
    let server = Server::new(vec![ok()]);
    let own = "http://123456789012.things.example";
    let shared = "http://things.example";
    let cases = [
        (true, None, own),
        (false, None, shared),
        (true, Some(AccountIdEndpointMode::Preferred), own),
        (true, Some(AccountIdEndpointMode::Required), own),
        (true, Some(AccountIdEndpointMode::Disabled), shared),
    ];
    for (account, mode, expected) in cases {
        let builder = of_account(&server, account);
        let builder = match mode {
            Some(mode) => builder.account_id_endpoint_mode(mode),
            None => builder,
        };
        let client = builder.build().expect("good settings");
        call(&client, &OF_ACCOUNT, thing())
            .await
            .expect("an answer");
        let line = server.request().line;
        assert_eq!(line, format!("POST {expected}/things/a%20b%2Fc HTTP/1.1"));
    }
    let client =
        of_account(&server, false).account_id_endpoint_mode(AccountIdEndpointMode::Required);
    let client = client.build().expect("good settings");
    assert_eq!(
        refused(&client, &OF_ACCOUNT).await.to_string(),
        "endpoint: no account"
    );
}

static LABELED: Schema = Schema::structure(
    "test#Labeled",
    &[Member::new("Account", &schema::STRING)
        .required()
        .host_label()],
);
static PREFIXED: Operation = Operation {
    input: &LABELED,
    uri: "/labeled",
    host_prefix: "{Account}.data.",
    auth: Some(&[]),
    ..OPERATION
};

#[tokio::test]
async fn hosts_get_the_prefix_of_the_operation_unless_that_is_turned_off() {
    let server = Server::new(vec![ok()]);
    for (disabled, host) in [
        (false, "acct-1.data.things.example"),
        (true, "things.example"),
    ] {
        let client = builder()
            .endpoint_url("http://things.example")
            .proxy_url(server.url())
            .disable_host_prefix(disabled)
            .build()
            .expect("good settings");
        let mut input = Record::new(&LABELED);
        input.set(0, Any::String("acct-1".to_owned()));
        call(&client, &PREFIXED, input).await.expect("an answer");
        let request = server.request();
        assert_eq!(request.header("host"), Some(host));
        assert_eq!(request.line, format!("POST http://{host}/labeled HTTP/1.1"));
        assert!(request.body.contains("acct-1"), "{}", request.body);
    }
}

static KEY: Schema = Schema::structure(
    "test#KeyInput",
    &[Member::new("Key", &schema::STRING).required().label()],
);
static VERBATIM: Service = Service {
    traits: &[ServiceTrait::Sigv4Verbatim],
    ..server::SERVICE
};

/// The headers of a request whose path has parts that a signature may normalize.
async fn signed_path(service: &'static Service) -> http::HeaderMap {
    let operation = Operation::new("GetKey", service, &KEY, &schema::UNIT);
    let operation = Box::leak(Box::new(operation.http("GET", "/{Key+}", 200)));
    let seen = std::sync::Arc::new(std::sync::Mutex::new(http::HeaderMap::new()));
    let log = seen.clone();
    let transport = transport::from_fn(move |request: http::Request<RequestBody>, _| {
        *log.lock().expect("not poisoned") = request.headers().clone();
        async { Ok(http::Response::new(ResponseBody::from("{}"))) }
    });
    let time = UNIX_EPOCH + Duration::from_secs(1_767_323_045);
    let builder: ClientBuilder = Client::builder(service);
    let client = builder
        .region("us-east-1")
        .endpoint_url("https://bucket.test")
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "SECRET",
            None,
            None,
            "test",
        ))
        .time_source(aws_smithy_async::time::StaticTimeSource::new(time))
        .transport(transport)
        .build()
        .expect("good settings");
    let mut input = Record::new(&KEY);
    input.set(0, Any::String("a//b/../c d".to_owned()));
    let mut output = Record::new(&schema::UNIT);
    let called = client.call(operation, &mut input, &mut output).await;
    called.expect("an answer");
    seen.lock().expect("not poisoned").clone()
}

/// The signatures are those of botocore's `S3SigV4Auth` and `SigV4Auth`.
#[tokio::test]
async fn a_service_can_sign_paths_as_they_are_sent() {
    let signature = |headers: &http::HeaderMap| {
        let value = headers["authorization"].to_str().expect("text");
        value.rsplit('=').next().expect("a signature").to_owned()
    };
    let headers = signed_path(&VERBATIM).await;
    assert_eq!(
        signature(&headers),
        "e1873634eb7b24196384e728662476784d311d3fe12ba738ad85756a33079d9c"
    );
    assert_eq!(
        headers["x-amz-content-sha256"],
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    let headers = signed_path(&server::SERVICE).await;
    assert_eq!(
        signature(&headers),
        "d4d81de6836ffa96f9a00257bd88b4d9d15e1a3a8fb29e0db0903a5fffa7d3b3"
    );
    assert!(!headers.contains_key("x-amz-content-sha256"));
}
