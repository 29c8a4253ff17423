//! Settings of programs, from variables, files and servers on loopback.

use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_types::endpoint_config::AccountIdEndpointMode;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use swage_credentials::{Error, Loader};

/// A server that answers a request by its method and path: `GET /path`.
fn server(answers: &'static [(&'static str, &'static str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.expect("a connection"), answers);
        }
    });
    url
}

fn answer(mut stream: TcpStream, answers: &[(&str, &str)]) {
    let mut reader = BufReader::new(stream.try_clone().expect("a reader"));
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).expect("a line");
    let mut line = String::new();
    while reader.read_line(&mut line).expect("a line") > 2 {
        if let Some(text) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = text.trim().parse().expect("a length");
        }
        line.clear();
    }
    reader.read_exact(&mut vec![0; length]).expect("a body");
    let found = answers.iter().find(|(start, _)| first.starts_with(start));
    let (status, body) = found.map_or((404, ""), |(_, body)| (200, *body));
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream
        .write_all(format!("{head}{body}").as_bytes())
        .expect("sent");
}

/// A home folder with these files, which goes away at the end.
struct Home(PathBuf);

impl Home {
    fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("swage-load-{}-{number}", std::process::id());
        let home = std::env::temp_dir().join(name);
        for (path, text) in files {
            let path = home.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        Self(home)
    }

    /// A loader with these variables and no others.
    fn loader(&self, variables: &[(&str, &str)]) -> Loader {
        let pairs = variables
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let mut variables: BTreeMap<_, _> = pairs.collect();
        variables.insert("HOME".to_owned(), self.0.display().to_string());
        Loader::new().environment(move |name| variables.get(name).cloned())
    }

    /// The access key that is found.
    async fn key(&self, variables: &[(&str, &str)]) -> String {
        let config = self.loader(variables).load().await.expect("settings");
        let provider = config.credentials_provider().expect("a provider");
        let credentials = provider.provide_credentials().await.expect("credentials");
        credentials.access_key_id().to_owned()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

const OFF: (&str, &str) = ("AWS_EC2_METADATA_DISABLED", "true");
const REGION: (&str, &str) = ("AWS_REGION", "us-east-1");
const CONFIG: &str = ".aws/config";
const LATER: &str = "2999-01-01T00:00:00Z";

#[tokio::test]
async fn variables_and_profiles() {
    let home = Home::new(&[
        (
            CONFIG,
            "[default]\nregion = eu-west-1\nuse_fips_endpoint = true\nmax_attempts = 5\n\
            [profile other]\nregion = eu-west-2\nservices = mine\n[services mine]\ns3 =\n  endpoint_url = http://s3.test\n",
        ),
        (
            ".aws/credentials",
            "[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n\
            [other]\naws_access_key_id = OTHER\naws_secret_access_key = s\n",
        ),
    ]);
    let of = async |variables: &[(&str, &str)]| {
        let variables = [variables, &[OFF]].concat();
        home.loader(&variables).load().await.expect("settings")
    };
    let config = of(&[]).await;
    assert_eq!(config.region().map(AsRef::as_ref), Some("eu-west-1"));
    assert_eq!(config.use_fips(), Some(true));
    assert_eq!(
        config
            .retry_config()
            .map(aws_smithy_types::retry::RetryConfig::max_attempts),
        Some(5)
    );
    assert_eq!(
        of(&[("AWS_REGION", "us-east-9")])
            .await
            .region()
            .map(AsRef::as_ref),
        Some("us-east-9")
    );
    let other = of(&[
        ("AWS_PROFILE", "other"),
        ("AWS_ENDPOINT_URL", "http://all.test"),
    ])
    .await;
    assert_eq!(other.region().map(AsRef::as_ref), Some("eu-west-2"));
    assert_eq!(
        (other.use_fips(), other.endpoint_url()),
        (None, Some("http://all.test"))
    );
    let key = aws_types::service_config::ServiceConfigKey::builder()
        .service_id("S3")
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let services = other.service_config().expect("settings of services");
    assert_eq!(
        services.load_config(key.expect("a key")).as_deref(),
        Some("http://s3.test")
    );
    let keys = [
        ("AWS_ACCESS_KEY_ID", "VARIABLE"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
        OFF,
    ];
    assert_eq!(home.key(&[OFF]).await, "FILE");
    assert_eq!(home.key(&keys).await, "VARIABLE");
    let chosen = home
        .loader(&keys)
        .profile("other")
        .load()
        .await
        .expect("settings");
    let provider = chosen.credentials_provider().expect("a provider");
    let chosen = provider.provide_credentials().await.expect("credentials");
    assert_eq!(chosen.access_key_id(), "OTHER");
}

#[tokio::test]
async fn endpoints_signatures_and_bodies() {
    let home = Home::new(&[(
        CONFIG,
        "[default]\naccount_id_endpoint_mode = required\nrequest_checksum_calculation = when_required\n\
        request_min_compression_size_bytes = 99\nauth_scheme_preference = aws.auth#sigv4a, sigv4\n",
    )]);
    let variables = [
        OFF,
        ("AWS_RESPONSE_CHECKSUM_VALIDATION", "WHEN_REQUIRED"),
        ("AWS_DISABLE_REQUEST_COMPRESSION", "true"),
        ("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true"),
        ("AWS_SIGV4A_SIGNING_REGION_SET", "us-east-1, us-west-2"),
    ];
    let config = home.loader(&variables).load().await.expect("settings");
    assert_eq!(
        config.account_id_endpoint_mode(),
        Some(&AccountIdEndpointMode::Required)
    );
    assert_eq!(
        config.request_checksum_calculation(),
        Some(RequestChecksumCalculation::WhenRequired)
    );
    assert_eq!(
        config.response_checksum_validation(),
        Some(ResponseChecksumValidation::WhenRequired)
    );
    assert_eq!(config.request_min_compression_size_bytes(), Some(99));
    assert_eq!(config.disable_request_compression(), Some(true));
    assert_eq!(config.disable_clock_skew_correction(), Some(true));
    let regions = config.sigv4a_signing_region_set();
    assert_eq!(regions.map(AsRef::as_ref), Some("us-east-1,us-west-2"));
    let schemes = config.auth_scheme_preference().cloned();
    let schemes: Vec<AuthSchemeId> = schemes.into_iter().flatten().collect();
    assert_eq!(schemes, ["sigv4a", "sigv4"].map(AuthSchemeId::from));
}

#[tokio::test]
async fn mistakes_are_errors() {
    let home = Home::new(&[(CONFIG, "[default]\nuse_fips_endpoint = perhaps\n")]);
    let error = async |variables: &[(&str, &str)]| {
        let error: Error = home.loader(variables).load().await.expect_err("a mistake");
        error.to_string()
    };
    assert_eq!(
        error(&[OFF, REGION]).await,
        "use_fips_endpoint is invalid: expected true or false"
    );
    assert_eq!(
        error(&[OFF, ("AWS_PROFILE", "nobody")]).await,
        "the profile \"nobody\" doesn't exist"
    );
    assert_eq!(
        error(&[
            OFF,
            ("AWS_USE_FIPS_ENDPOINT", "true"),
            ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "few")
        ])
        .await,
        "request_min_compression_size_bytes is invalid: invalid digit found in string"
    );
    let nothing = Home::new(&[])
        .loader(&[OFF])
        .load()
        .await
        .expect("nothing is no mistake");
    assert!(nothing.region().is_none() && nothing.credentials_provider().is_none());
}

#[tokio::test]
async fn roles_and_web_identities() {
    let url = server(&[(
        "POST /",
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ROLE</AccessKeyId>\
        <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>\
        </Credentials></AssumeRoleResult></AssumeRoleResponse>",
    )]);
    let home = Home::new(&[(
        CONFIG,
        "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = keys\n\
        [profile keys]\naws_access_key_id = K\naws_secret_access_key = s\n",
    )]);
    let sts = ("AWS_ENDPOINT_URL_STS", url.as_str());
    assert_eq!(home.key(&[OFF, REGION, sts]).await, "ROLE");

    let url = server(&[(
        "POST /",
        "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>\
        <AccessKeyId>WEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
        <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>\
        </AssumeRoleWithWebIdentityResponse>",
    )]);
    let home = Home::new(&[("token", "a-token")]);
    let token = home.0.join("token").display().to_string();
    let web = [
        ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r"),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", token.as_str()),
        ("AWS_ENDPOINT_URL_STS", url.as_str()),
    ];
    assert_eq!(home.key(&[&web[..], &[OFF, REGION]].concat()).await, "WEB");
}

#[tokio::test]
async fn single_sign_on() {
    let url = server(&[(
        "GET /federation/credentials",
        "{\"roleCredentials\": {\"accessKeyId\": \"SSO\", \
        \"secretAccessKey\": \"s\", \"sessionToken\": \"t\", \"expiration\": 32472144000000}}",
    )]);
    let session = "[default]\nsso_start_url = https://start.test\nsso_region = us-east-1\nsso_account_id = 123456789012\n\
        sso_role_name = r\n";
    let token = format!("{{\"accessToken\": \"a-token\", \"expiresAt\": \"{LATER}\"}}");
    // The name is the hash of the start URL.
    let path = format!(".aws/sso/cache/{}.json", sha1(b"https://start.test"));
    let home = Home::new(&[(CONFIG, session), (&path, &token)]);
    let sso = ("AWS_ENDPOINT_URL_SSO", url.as_str());
    assert_eq!(home.key(&[OFF, REGION, sso]).await, "SSO");
}

fn sha1(text: &[u8]) -> String {
    use sha1::{Digest as _, Sha1};
    use std::fmt::Write as _;
    Sha1::digest(text)
        .iter()
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string takes all");
            text
        })
}

#[cfg(unix)]
#[tokio::test]
async fn a_process() {
    let config = "[default]\ncredential_process = printf \
        '{\"Version\": 1, \"AccessKeyId\": \"PROCESS\", \"SecretAccessKey\": \"s\"}'\n";
    let home = Home::new(&[(CONFIG, config)]);
    assert_eq!(home.key(&[OFF, REGION]).await, "PROCESS");
}

#[tokio::test]
async fn a_container() {
    let url = server(&[(
        "GET /keys",
        "{\"AccessKeyId\": \"CONTAINER\", \"SecretAccessKey\": \"s\", \"Token\": \"t\", \
        \"Expiration\": \"2999-01-01T00:00:00Z\"}",
    )]);
    let url = format!("{url}/keys");
    let container = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str());
    assert_eq!(
        Home::new(&[]).key(&[OFF, REGION, container]).await,
        "CONTAINER"
    );
}

#[tokio::test]
async fn an_instance() {
    let url = server(&[
        ("PUT /latest/api/token", "a-token"),
        ("GET /latest/meta-data/placement/region", "eu-north-1"),
        (
            "GET /latest/meta-data/iam/security-credentials/r ",
            "{\"AccessKeyId\": \"INSTANCE\", \
            \"SecretAccessKey\": \"s\", \"Token\": \"t\", \"Expiration\": \"2999-01-01T00:00:00Z\"}",
        ),
        ("GET /latest/meta-data/iam/security-credentials/ ", "r"),
    ]);
    let home = Home::new(&[]);
    let instance = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", url.as_str())];
    assert_eq!(home.key(&instance).await, "INSTANCE");
    let config = home.loader(&instance).load().await.expect("settings");
    assert_eq!(config.region().map(AsRef::as_ref), Some("eu-north-1"));
}
