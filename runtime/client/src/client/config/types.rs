//! The types of a client's settings.

use crate::error::ServiceError;
use crate::operation::{Service, ServiceTrait};
use crate::transport::CONNECT_TIMEOUT;
use aws_smithy_types::timeout::TimeoutConfig;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How often, and after what delay, a call is retried.
///
/// The default is the SDKs' standard mode: three attempts, a random delay of up to 1, 2, 4 … seconds
/// and never more than 20, and a token bucket that stops retries when most calls fail. A few services have other attempts and
/// delays; see [`RetryConfig::for_service`].
#[derive(Clone, Debug)]
pub struct RetryConfig {
    pub(crate) max_attempts: u32,
    pub(crate) initial_backoff: Duration,
    pub(crate) max_backoff: Duration,
    pub(crate) token_bucket: bool,
    pub(crate) retryable: fn(&ServiceError) -> bool,
    /// The codes of errors that are retried, too.
    errors: &'static [&'static str],
    /// The configuration that it was made from.
    pub(super) sdk: Option<aws_smithy_types::retry::RetryConfig>,
}

impl RetryConfig {
    /// The SDKs' standard mode.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            initial_backoff: Duration::from_secs(1),
            max_backoff: Duration::from_secs(20),
            token_bucket: true,
            retryable: |error| error.retryable,
            errors: &[],
            sdk: None,
        }
    }

    /// One attempt. A request that fails on a reused connection before any byte of a response arrived is still sent again,
    /// as part of that attempt, if that does no harm: its method is idempotent (RFC 9110, section 9.2.2), or its input has
    /// an idempotency token.
    pub const fn disabled() -> Self {
        Self {
            max_attempts: 1,
            initial_backoff: Duration::from_secs(1),
            max_backoff: Duration::from_secs(20),
            token_bucket: true,
            retryable: |error| error.retryable,
            errors: &[],
            sdk: None,
        }
    }

    /// With the defaults that a service has of its own, such as more attempts.
    #[must_use]
    pub fn for_service(mut self, service: &Service) -> Self {
        for of in service.traits {
            if let ServiceTrait::Retries {
                max_attempts,
                initial_backoff,
                errors,
            } = *of
            {
                self.errors = errors;
                self.max_attempts = max_attempts.unwrap_or(self.max_attempts);
                let backoff = initial_backoff.map(u64::from).map(Duration::from_millis);
                self.initial_backoff = backoff.unwrap_or(self.initial_backoff);
            }
        }
        self
    }

    /// With the errors that a service wants retried.
    pub(super) fn with_errors_of(self, service: &Service) -> Self {
        let errors = Self::standard().for_service(service).errors;
        Self { errors, ..self }
    }

    /// The maximum number of attempts, including the first; at least 1. Default: 3.
    #[must_use]
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The maximum delay before the first retry; it doubles with each retry. Default: 1 s.
    #[must_use]
    pub const fn with_initial_backoff(mut self, delay: Duration) -> Self {
        self.initial_backoff = delay;
        self
    }

    /// The maximum delay before any retry. Default: 20 s.
    #[must_use]
    pub const fn with_max_backoff(mut self, delay: Duration) -> Self {
        self.max_backoff = delay;
        self
    }

    /// Which of a service's errors are retried. Default: those with [`ServiceError::retryable`].
    #[must_use]
    pub const fn with_retryable(mut self, is_retryable: fn(&ServiceError) -> bool) -> Self {
        self.retryable = is_retryable;
        self
    }

    /// Whether this error of a service is retried while attempts are left.
    pub fn retries(&self, error: &ServiceError) -> bool {
        (self.retryable)(error) || error.is_called(self.errors)
    }

    /// The configuration that it was made from.
    #[doc(hidden)]
    pub fn sdk(&self) -> Option<&aws_smithy_types::retry::RetryConfig> {
        self.sdk.as_ref()
    }

    /// Whether retries are limited by a token bucket that all calls of a client share and that successes refill.
    /// Default: true.
    #[must_use]
    pub const fn with_token_bucket(mut self, on: bool) -> Self {
        self.token_bucket = on;
        self
    }
}

/// Two configurations with different functions for [`RetryConfig::with_retryable`] are never equal.
impl PartialEq for RetryConfig {
    fn eq(&self, other: &Self) -> bool {
        self.max_attempts == other.max_attempts
            && self.initial_backoff == other.initial_backoff
            && self.max_backoff == other.max_backoff
            && self.token_bucket == other.token_bucket
            && self.errors == other.errors
            && std::ptr::fn_addr_eq(self.retryable, other.retryable)
    }
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self::standard()
    }
}

impl From<aws_smithy_types::retry::RetryConfig> for RetryConfig {
    fn from(config: aws_smithy_types::retry::RetryConfig) -> Self {
        Self {
            max_attempts: config.max_attempts(),
            initial_backoff: config.initial_backoff(),
            max_backoff: config.max_backoff(),
            sdk: Some(config),
            ..Self::standard()
        }
    }
}

/// Time limits. None: no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timeouts {
    pub(crate) connect: Option<Duration>,
    pub(crate) read: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) operation: Option<Duration>,
}

impl Timeouts {
    /// The limits that are set, and the default of the others.
    pub(crate) fn new(limits: Option<&TimeoutConfig>) -> Self {
        let defaults = TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT);
        let limits = limits.cloned();
        let mut all = limits.unwrap_or_else(|| TimeoutConfig::builder().build());
        all.take_defaults_from(&defaults.build());
        Self {
            connect: all.connect_timeout(),
            read: all.read_timeout(),
            attempt: all.operation_attempt_timeout(),
            operation: all.operation_timeout(),
        }
    }
}

/// The source of idempotency tokens.
#[derive(Clone)]
pub struct IdempotencyTokenProvider(Arc<dyn Fn() -> String + Send + Sync>);

impl IdempotencyTokenProvider {
    /// A source that is a function.
    pub(super) fn from_fn(source: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// The source of random UUIDs: the default.
    pub fn random() -> Self {
        Self::from_fn(super::super::uuid::random)
    }

    /// A source that gives the same token every time.
    pub fn fixed(token: &'static str) -> Self {
        Self::from_fn(|| token.to_owned())
    }

    /// The next token.
    pub fn make_idempotency_token(&self) -> String {
        (self.0)()
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::fixed(token)
    }
}

impl fmt::Debug for IdempotencyTokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyTokenProvider")
    }
}
