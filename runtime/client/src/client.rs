//! The client: settings, and the path that every call takes.
//!
//! | module | does |
//! | --- | --- |
//! | `config` | the settings |
//! | `components` | the runtime components that HTTP clients of the official crates ask for |
//! | `call`, `attempt`, `response` | the path of a call: validate, fill in, resolve, encode, attempts, decode |
//! | `answer` | calls that rules answer, in tests (feature `test-util`) |
//! | `adjust` | members that are changed before they are sent |
//! | `resolve`, `discovery`, `redirect` | endpoint and URL, endpoints that the service names, another region |
//! | `auth`, `custom_auth`, `session`, `sign`, `sigv4`, `presign`, `presigned` | identity, credentials for a resource, signature |
//! | `content`, `of_length`, `body_traits`, `checksum`, `digest`, `tree_hash`, `compress` | what a request carries |
//! | `exchange` | one request and its response, within time and size limits |
//! | `plain` | requests without an operation |
//! | `drivers` | what Tokio must have |
//! | `silence` | how long the other side may be silent |
//! | `events` | what is different about a call with event streams |
//! | `retry`, `quota` | what to try again, and when |
//! | `paginate`, `page_token` | pages as a stream |
//! | `wait` | calls until something is there |
//! | `customize`, `intercept`, `functions` | calls with settings and interceptors of their own |
//! | `trace` | what the log says, without secrets |
//!
//! # How often a stream is read
//!
//! A stream in an input is read while it is sent, once an attempt. Before that it is read at most once, whatever has to be
//! known of it, and only when it can be read again, as a file can:
//!
//! | operation | over | read before it is sent |
//! | --- | --- | --- |
//! | with `httpChecksum`, such as Amazon S3's `PutObject` | TLS, or unsigned | no: the checksum follows it in a trailer |
//! | | plain HTTP, signed | once: the signature covers it; the checksum is in a header |
//! | with `@httpChecksumRequired`, or a tree hash | any | once: the hash is in a header |
//! | any other, signed | any | once: the signature covers it |
//! | any other, unsigned, or with `@unsignedPayload` | any | no |
//!
//! A stream that can be read only once is never read before it is sent: its checksum follows it, and a signature doesn't
//! cover it. That a hash in a header is required is an error then.
//!
//! A trailer needs the length. A stream that doesn't know its own takes it from the member for `Content-Length`, where the
//! input has one; else it is read once before, or refused when it can't be read again. A stream that turns out to have
//! another length than was said fails the call. Bytes in memory aren't streams: their checksums are in headers.

mod adjust;
#[cfg(feature = "test-util")]
mod answer;
mod attempt;
mod auth;
mod body_traits;
mod call;
#[cfg(feature = "checksum")]
mod checksum;
mod components;
#[cfg(feature = "compression")]
mod compress;
pub mod config;
mod content;
mod custom_auth;
mod customize;
#[cfg(all(feature = "checksum", feature = "waiters"))]
mod digest;
mod discovery;
mod drivers;
#[cfg(feature = "event-stream")]
mod events;
mod exchange;
mod functions;
mod intercept;
mod of_length;
pub(crate) mod page_token;
mod paginate;
mod plain;
mod presign;
mod presigned;
mod quota;
mod redirect;
mod resolve;
mod response;
mod retry;
mod session;
mod sign;
mod sigv4;
mod silence;
pub(crate) mod trace;
#[cfg(feature = "checksum")]
mod tree_hash;
mod user_agent;
mod uuid;
#[cfg(feature = "waiters")]
mod wait;

#[cfg(feature = "test-util")]
pub(crate) use answer::{Answer, Answers, FromRule, Reply, thrown};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_types::checksum_config::{
    RequestChecksumCalculation, ResponseChecksumValidation,
};
pub use aws_types::endpoint_config::AccountIdEndpointMode;
pub use config::{ClientBuilder, RetryConfig};
#[doc(hidden)]
pub use customize::Customizable;
pub use customize::CustomizableOperation;
pub use discovery::ReloadEndpoint;
#[cfg(feature = "transfer")]
pub(crate) use exchange::Download;
pub use functions::{after_response, after_signing, before_signing};
#[doc(hidden)]
pub use intercept::Erased;
#[cfg(feature = "transfer")]
pub(crate) use of_length::OfLength;
pub use paginate::{Items, PageItems, Pages, Paginator};
#[doc(hidden)]
pub use presigned::presign;
#[cfg(feature = "transfer")]
pub(crate) use resolve::origin;
#[cfg(feature = "transfer")]
pub(crate) use retry::Attempts;
#[cfg(all(feature = "blocking", feature = "waiters"))]
pub(crate) use wait::failed as failed_wait;
#[cfg(feature = "waiters")]
pub use wait::{Until, wait};
#[cfg(feature = "dynamic")]
pub(crate) use wait::{Waited, wait_untyped};

use crate::error::Failure;
use crate::operation::{Operation, Service};
use crate::shape::Shape;
use config::Config;
use intercept::{Typed, Untyped};
use std::fmt;
use std::sync::Arc;

/// Calls a service's operations. Cheap to clone: clones share connections, credentials and retry tokens.
///
/// It knows shapes by their schemas only. A generated crate wraps it in a client of its own.
///
/// Calls must be made within a Tokio runtime whose I/O and time drivers are enabled, as with `#[tokio::main]` or
/// `enable_all()`; otherwise they fail. Tokio reports a missing driver by a panic only, so the panic's message is printed,
/// too.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<call::Inner>,
}

/// What a successful call gives beside its output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metadata {
    /// The HTTP status.
    pub status: u16,
    /// The request id, when the response names one.
    pub request_id: Option<String>,
    /// How many attempts were made.
    pub attempts: u32,
}

impl Client {
    /// Takes the settings of a client for that service. `C` is what `build()` gives: a generated client, or
    /// [`Client`] itself.
    pub fn builder<C: From<Self>>(service: &'static Service) -> ClientBuilder<C> {
        ClientBuilder::new(service)
    }

    /// A client with the settings of that configuration. An invalid setting makes every call fail; use
    /// [`ClientBuilder::sdk_config`] to get the error at once.
    pub fn new(service: &'static Service, config: &aws_types::SdkConfig) -> Self {
        ClientBuilder::new(service)
            .sdk_config(config)
            .build_lenient()
    }

    fn from_config(config: Arc<Config>, problems: Option<String>) -> Self {
        Self {
            inner: Arc::new(call::Inner::new(config, problems)),
        }
    }

    /// A client with these settings. With an invalid one, every call on it fails.
    #[doc(hidden)]
    pub fn from_conf(config: Arc<Config>) -> Self {
        let problems = config.problems();
        Self::from_config(config, problems)
    }

    /// The settings.
    #[doc(hidden)]
    pub fn config(&self) -> &Arc<Config> {
        self.inner.config()
    }

    /// A request of an operation, with nothing set: its fluent builder.
    #[doc(hidden)]
    #[inline]
    pub fn request<T, E, R: Customizable<T, E>>(&self) -> R {
        R::new(self.clone())
    }

    /// Looks up the endpoint that the service names.
    ///
    /// # Errors
    ///
    /// The lookup failed, or endpoint discovery is turned off.
    #[doc(hidden)]
    pub async fn reload_endpoint(&self) -> Result<ReloadEndpoint, Failure> {
        ReloadEndpoint::new(&self.inner).await
    }

    /// A client for a call with settings of its own.
    pub(crate) fn overridden(&self, by: Config) -> Self {
        Self {
            inner: Arc::new(self.inner.overridden(by)),
        }
    }

    /// The service that it calls.
    pub fn service(&self) -> &'static Service {
        self.inner.config().service
    }

    /// Calls an operation: fills in idempotency tokens, validates the input, sends the request, retries it where needed,
    /// and reads the response into the output. A stream in the input is taken out of it.
    ///
    /// # Errors
    ///
    /// See [`Failure`].
    pub async fn call(
        &self,
        operation: &'static Operation,
        input: &mut dyn Shape,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        // The state of a call takes kilobytes.
        let (mut input, mut output) = (Untyped(input), Untyped(output));
        Box::pin(self.inner.call(operation, &mut input, &mut output)).await
    }

    /// Sends one request as it is: unsigned and once, through the client's transport, within its limits on time and size.
    /// For services without a model, such as an instance's metadata.
    ///
    /// # Errors
    ///
    /// There is no complete response. A response with the status of an error is not an error.
    pub async fn exchange(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> Result<http::Response<bytes::Bytes>, Failure> {
        self.inner.exchange(request).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(self.inner.config()).finish()
    }
}

/// Calls an operation whose input and output have types. The future is as small as a pointer: input, output and the state
/// of the call are in one allocation.
#[doc(hidden)]
pub fn send<I, O, E>(
    client: &Client,
    operation: &'static Operation,
    input: I,
) -> impl Future<Output = Result<O, E>> + Send
where
    I: Shape + fmt::Debug + 'static,
    O: Shape + fmt::Debug + 'static,
    E: From<Failure> + Erased,
{
    Box::pin(async move {
        let mut input = Typed::<I, E>::new(input);
        let mut output = Typed::<O, E>::new(O::blank());
        client
            .inner
            .call(operation, &mut input, &mut output)
            .await?;
        Ok(output.value)
    })
}
