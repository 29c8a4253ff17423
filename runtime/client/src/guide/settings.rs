//! Settings of a client: region, credentials, endpoint, retries, time limits, TLS, proxies.
//!
//! A client is made of a `Config`, whose builder has the methods of the official crates. It is cheap to clone, and clones
//! share connections, credentials and the quota of retries, so a program makes one client and keeps it:
//!
//! ```ignore
//! /// The settings of the client.
//! fn config() -> Builder {
//!     let limits = TimeoutConfig::builder()
//!         .operation_attempt_timeout(Duration::from_secs(5))
//!         .operation_timeout(Duration::from_secs(30));
//!     Config::builder()
//!         .region(Region::new("eu-west-2"))
//!         .retry_config(RetryConfig::standard().with_max_attempts(5))
//!         .timeout_config(limits.build())
//! }
//! ```
//!
//! All types that a setting takes are in the module `config`. `customize()` of a request changes settings for a single call.
//!
//! # Region and credentials
//!
//! With the feature `default-chain`, `Client::from_env().await` takes both from the environment, the AWS configuration files,
//! containers and instances. `Client::new` takes the `SdkConfig` of the crate `aws-config`. Otherwise, `credentials_provider`
//! takes an `aws_credential_types::Credentials` or anything else that provides credentials, and
//! `token_provider` a bearer token. Operations that need neither work without. For a service that takes tokens besides signatures,
//! both ways to load settings find one in the variable `AWS_BEARER_TOKEN_` with its signing name: `AWS_BEARER_TOKEN_BEDROCK`.
//!
//! # Endpoint
//!
//! Endpoints follow from the region, if the model has rules for them. `endpoint_url` replaces them, for a server of your
//! own.
//!
//! # Retries and time limits
//!
//! | setting | default |
//! | --- | --- |
//! | attempts of a call | 3, for failures that can pass: connections that break, throttling, errors of the server |
//! | delay before a retry | random, at most 1 s, 2 s, 4 s … and never more than 20 s |
//! | `connect_timeout` | 3.1 s |
//! | `read_timeout`: silence of the service | none |
//! | `operation_attempt_timeout` | none |
//! | `operation_timeout`: all attempts of a call and the delays between them | none |
//! | `stalled_stream_protection`: a transfer that doesn't advance | 20 s |
//!
//! Events to send and bodies that can be read only once are sent once.
//!
//! # TLS and proxies
//!
//! `Client::builder()` has the settings of connections, and a `build()` that reports invalid settings:
//!
//! ```ignore
//! /// A client behind a proxy that has a certificate of its own.
//! fn behind_proxy(proxy: &str, certificates: &Path) -> Result<Client, ConfigError> {
//!     Client::builder()
//!         .region("eu-west-2")
//!         .proxy_url(proxy)
//!         .ca_bundle_file(certificates)
//!         .build()
//! }
//! ```
//!
//! By default, Mozilla's root certificates are trusted, and the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and
//! `NO_PROXY` name the proxy. Connections are kept for 1 min.
//!
//! # Log
//!
//! Calls are logged by the crate `tracing`, never with secrets. At the level `info` there is one event for each call that
//! failed: operation, kind of failure, status, code, request id and number of attempts. `debug` shows requests and responses
//! with their headers, `trace` their bodies.
