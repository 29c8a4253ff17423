//! No secret is in a log of everything that any library logs at trace level.
use crate::log::Log;
use crate::server::{self, Answer, Server, builder, call, credentials, ok, put, reply};
use std::time::Duration;
use swage_client::schema::{self, Kind, Member, Schema, Trait};
use swage_client::{Any, Client, ClientBuilder, Operation, Record};
use tracing::Level;

/// Texts that must not appear anywhere: credentials, tokens, signatures, a proxy's password, cookies.
const SECRETS: &[&str] = &[
    "AKIDEXAMPLE",
    "a-secret-key",
    "a-session-token",
    "hush-hush",
    ", Signature=",
    "a-password",
    // user:a-password
    "dXNlcjphLXBhc3N3b3Jk",
    "a-cookie",
    "0123abcd",
];

fn check(log: &Log, client: &Client) {
    let text = log.text();
    for library in ["swage_client", "hyper_util"] {
        assert!(text.contains(library), "{library} says nothing: {text}");
    }
    let shown = format!("{client:?}");
    for secret in SECRETS {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

fn signing(server: &Server) -> ClientBuilder<Client> {
    builder()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
}

#[tokio::test]
async fn of_calls_that_succeed_and_fail() {
    let (log, _guard) = Log::start(Level::TRACE);
    let cookie = ("Set-Cookie", "a-cookie");
    let url = r#"{"Result": "https://host/?X-Amz-Signature=0123abcd"}"#;
    let server = Server::new(vec![
        reply(200, &[cookie], url),
        reply(500, &[cookie], "{}"),
        reply(403, &[cookie, ("x-amzn-errortype", "Odd")], "{}"),
        Answer::Close,
        ok(),
    ]);
    let client = signing(&server).build().expect("a client");
    put(&client).await.expect("an answer");
    let error = put(&client).await.expect_err("an error");
    put(&client).await.expect("an answer, at last");
    let shown = format!("{error} {error:?}");
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    check(&log, &client);
}

#[tokio::test]
async fn of_calls_through_a_proxy() {
    let (log, _guard) = Log::start(Level::TRACE);
    let proxy = Server::new(vec![ok(), reply(407, &[], "")]);
    let url = format!("http://user:a-password@{}", proxy.address);
    let plain = builder()
        .endpoint_url("http://service.test")
        .credentials_provider(credentials())
        .proxy_url(&url)
        .build()
        .expect("a client");
    put(&plain).await.expect("an answer");
    let tunnelled: Client = builder()
        .endpoint_url("https://service.test")
        .proxy_url(&url)
        .build()
        .expect("a client");
    put(&tunnelled).await.expect_err("refused");
    for request in proxy.requests() {
        assert_eq!(
            request.header("proxy-authorization"),
            Some("Basic dXNlcjphLXBhc3N3b3Jk")
        );
    }
    check(&log, &plain);
    check(&log, &tunnelled);
}

#[tokio::test]
async fn of_urls_in_headers_and_bodies() {
    let (log, _guard) = Log::start(Level::TRACE);
    let url = "https://u:a-password@host/path?code=0123abcd#token=0123abcd";
    let named = format!("<{url}>; rel=\"next\", <{url}>; rel=\"last\"");
    let headers = [
        ("Location", "/path?code=0123abcd"),
        ("Content-Location", url),
        ("Link", &named),
        ("Refresh", "5; url=/path?code=0123abcd"),
        ("Referer", url),
        ("x-amz-website-redirect-location", url),
        ("x-amz-copy-source", "/bucket/key?code=0123abcd"),
        ("x-other", url),
        ("x-more-urls", "/?a=',0123abcd;0123abcd"),
    ];
    let body = format!(r#"{{"Result": "{url}&X-Amz-Signature=0123abcd&access_token=0123abcd"}}"#);
    let body = body.replace("code=0123abcd#token=0123abcd", "a=b");
    let server = Server::new(vec![reply(200, &headers, &body)]);
    let client = signing(&server).build().expect("a client");
    put(&client).await.expect("an answer");
    check(&log, &client);
    let text = log.text();
    for shown in [
        r#"location: "/path?***""#,
        r#"content-location: "https://host/path?***""#,
        r#"link: "<https://host/path?***>; rel=\"next\", <https://host/path?***>; rel=\"last\"""#,
        r#"refresh: "5; url=/path?***""#,
        r#"x-amz-copy-source: "/bucket/key?***""#,
        r#"x-other: "https://host/path?***""#,
        r#"\"https://host/path?a=b&X-Amz-Signature=***&access_token=***\""#,
    ] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
}

#[test]
fn of_settings() {
    let url = "http://user:a-password@host";
    for settings in [
        builder().endpoint_url(url),
        builder().proxy_url(url).region(url),
    ] {
        let shown = format!(
            "{settings:?} {:?}",
            settings.clone().build().map(|_: Client| ())
        );
        assert!(!shown.contains("a-password"), "{shown}");
    }
    let fragment: Result<Client, _> = builder().endpoint_url("http://u:1#a@host").build();
    let told = fragment.expect_err("refused").to_string();
    assert!(
        told.contains("a URL without user and password is needed"),
        "{told}"
    );
    let settings = swage_client::endpoint::Settings {
        endpoint_url: Some(url.to_owned()),
        ..Default::default()
    };
    assert!(format!("{settings:?}").contains(r#"Some("http://host")"#));
    let endpoint = swage_client::endpoint::Endpoint::new(url);
    assert!(format!("{endpoint:?}").contains(r#""http://host""#));
}

static SECRET: Schema = Schema::simple("test#Secret", Kind::String).sensitive();
static LIST: Schema = Schema::list("test#List", &[Member::new("member", &SECRET)]);
static VALUES: Schema = Schema::map(
    "test#Values",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &SECRET),
    ],
);
static WHOLE: Schema = Schema::map(
    "test#Whole",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
)
.sensitive();
static BOUND: Schema = Schema::structure(
    "test#Bound",
    &[
        Member::new("Path", &SECRET).label().required(),
        Member::new("Query", &SECRET).query(&"q"),
        Member::new("Params", &VALUES).query_params(),
        Member::new("Header", &LIST).header(&"x-list"),
        Member::new("Prefix", &VALUES).prefix_headers(&"x-values-"),
        Member::new("Whole", &WHOLE).prefix_headers(&"x-whole-"),
    ],
);
static HOST: Schema = Schema::structure(
    "test#Host",
    &[Member::new("Host", &SECRET).host_label().required()],
);
static PARAM: Schema = Schema::structure(
    "test#Param",
    &[Member::new("Tenant", &SECRET).with(&[Trait::ContextParam("Tenant")])],
);
static RETURNED: Schema = Schema::structure(
    "test#Returned",
    &[
        Member::new("Header", &LIST).header(&"x-list"),
        Member::new("Prefix", &VALUES).prefix_headers(&"x-values-"),
        Member::new("Whole", &WHOLE).prefix_headers(&"x-whole-"),
    ],
);
static BOUNDS: Operation = Operation {
    input: &BOUND,
    output: &RETURNED,
    uri: "/views/{Path}",
    ..server::PUT
};
static HOSTS: Operation = Operation {
    input: &HOST,
    output: &RETURNED,
    host_prefix: "{Host}.",
    uri: "/",
    ..server::PUT
};
static RULES: swage_client::Service = swage_client::Service {
    endpoint_rules: "swage-endpoint-rules 1\nparam Tenant string\nparam Endpoint string builtin=SDK::Endpoint\n\
                     c0 isSet(Endpoint)\nr0 endpoint \"{Endpoint}/{Tenant}\"\nr1 error \"none\"\nn0 c0 r0 r1\n",
    ..server::SERVICE
};
static PARAMS: Operation = Operation {
    input: &PARAM,
    output: &RETURNED,
    service: &RULES,
    uri: "/",
    ..server::PUT
};

fn text(text: &str) -> Any {
    Any::String(text.to_owned())
}

fn bound() -> Record {
    let map = |key: &str| Any::Map(vec![(key.to_owned(), text("hush-hush"))]);
    let list = Any::List(vec![text("hush-hush"), text("b")]);
    let values = [
        text("hush-hush"),
        text("hush-hush"),
        map("p"),
        list,
        map("a"),
        map("b"),
    ];
    let mut input = Record::new(&BOUND);
    for (index, value) in values.into_iter().enumerate() {
        input.set(index, value);
    }
    input
}

fn one(schema: &'static Schema) -> Record {
    let mut input = Record::new(schema);
    input.set(0, text("hush-hush"));
    input
}

/// Calls that fail in every way, and one that succeeds: the secret is in the request, but not in any message.
async fn whisper(operation: &'static Operation, input: fn() -> Record, has_host: bool) {
    let (log, _guard) = Log::start(Level::TRACE);
    let secret = [
        ("x-list", "hush-hush, b"),
        ("x-values-a", "hush-hush"),
        ("x-whole-b", "hush-hush"),
    ];
    let moved = ("Location", "http://elsewhere/views/hush-hush?q=hush-hush");
    let server = Server::new(vec![
        reply(200, &secret, "{}"),
        reply(301, &[moved], ""),
        reply(403, &secret, "{}"),
        reply(200, &[], "<"),
        Answer::Stall(Vec::new()),
    ]);
    let settings = builder()
        .endpoint_url(server.url())
        .retry_config(swage_client::RetryConfig::disabled());
    let settings = if has_host {
        // A host without a DNS lookup.
        settings
            .endpoint_url("http://service.test")
            .proxy_url(server.url())
    } else {
        settings.no_proxy()
    };
    let client = settings.clone().build().expect("a client");
    let mut said = Vec::new();
    for _ in 0..4 {
        match call(&client, operation, input()).await {
            Ok((_, output)) => said.push(format!("{output:?}")),
            Err(error) => said.push(format!("{error} {error:?}")),
        }
    }
    let short = Duration::from_millis(100);
    for settings in [
        settings.clone().read_timeout(short),
        settings.clone().attempt_timeout(short),
        settings.clone().operation_timeout(short),
        settings.clone().proxy_url("http://127.0.0.1:1"),
    ] {
        let client: Client = settings.build().expect("a client");
        let error = call(&client, operation, input())
            .await
            .expect_err("an error");
        said.push(format!("{error} {error:?}"));
    }
    assert!(format!("{:?}", server.requests()).contains("hush-hush"));
    let leak = said.iter().find(|said| said.contains("hush-hush"));
    assert_eq!(leak, None);
    let log = log.text();
    let ours = log.lines().filter(|line| line.contains("swage_client"));
    assert!(ours.clone().count() > 10, "{log}");
    for line in ours {
        assert!(!line.contains("hush-hush"), "{line}");
    }
}

#[tokio::test]
async fn members_of_paths_queries_and_headers() {
    Box::pin(whisper(&BOUNDS, bound, false)).await;
}

#[tokio::test]
async fn members_of_hosts() {
    Box::pin(whisper(&HOSTS, || one(&HOST), true)).await;
}

#[tokio::test]
async fn members_of_endpoints() {
    Box::pin(whisper(&PARAMS, || one(&PARAM), false)).await;
}
