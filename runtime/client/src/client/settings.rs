//! The types of a client's settings.

use crate::error::ServiceError;
use crate::operation::{Service, ServiceTrait};
use crate::transport::CONNECT_TIMEOUT;
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use std::fmt;
use std::str::FromStr;
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
        }
    }

    /// One attempt. A request that fails on a reused connection before any byte of a response arrived is still sent again,
    /// as part of that attempt, if that does no harm: its method is idempotent (RFC 9110, section 9.2.2), or its input has
    /// an idempotency token.
    pub const fn disabled() -> Self {
        Self {
            max_attempts: 1,
            ..Self::standard()
        }
    }

    /// With the defaults that a service has of its own, such as more attempts.
    #[must_use]
    pub fn for_service(mut self, service: &Service) -> Self {
        for of in service.traits {
            if let ServiceTrait::Retries {
                max_attempts,
                initial_backoff,
            } = *of
            {
                self.max_attempts = max_attempts.unwrap_or(self.max_attempts);
                let backoff = initial_backoff.map(u64::from).map(Duration::from_millis);
                self.initial_backoff = backoff.unwrap_or(self.initial_backoff);
            }
        }
        self
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
        (self.retryable)(error)
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
        Self::standard()
            .with_max_attempts(config.max_attempts())
            .with_initial_backoff(config.initial_backoff())
            .with_max_backoff(config.max_backoff())
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
    pub(crate) const DEFAULT: Self = Self {
        connect: Some(CONNECT_TIMEOUT),
        read: None,
        attempt: None,
        operation: None,
    };

    /// With those of `limits` that are set or disabled.
    pub(crate) fn overridden(self, limits: &TimeoutConfig) -> Self {
        let mut mine = TimeoutConfig::builder();
        mine.set_connect_timeout(self.connect)
            .set_read_timeout(self.read)
            .set_operation_attempt_timeout(self.attempt)
            .set_operation_timeout(self.operation);
        // Only merging distinguishes disabled limits from unset ones.
        let mut limits = limits.clone();
        limits.take_defaults_from(&mine.build());
        Self {
            connect: limits.connect_timeout(),
            read: limits.read_timeout(),
            attempt: limits.operation_attempt_timeout(),
            operation: limits.operation_timeout(),
        }
    }
}

/// Whether endpoints of the caller's AWS account are used, for services that have them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccountIdEndpointMode {
    /// If the account of the credentials is known.
    #[default]
    Preferred,
    /// Always: a call without an account fails.
    Required,
    /// Never.
    Disabled,
}

impl AccountIdEndpointMode {
    /// Its name in endpoint rules, the environment and configuration files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Required => "required",
            Self::Disabled => "disabled",
        }
    }
}

/// The error of [`AccountIdEndpointMode`]'s `from_str`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownMode;

impl fmt::Display for UnknownMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected preferred, required or disabled")
    }
}

impl std::error::Error for UnknownMode {}

impl FromStr for AccountIdEndpointMode {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        [Self::Preferred, Self::Required, Self::Disabled]
            .into_iter()
            .find(|mode| mode.name().eq_ignore_ascii_case(text))
            .ok_or(UnknownMode)
    }
}

/// Which requests are compressed, of those that the model allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compression {
    pub(crate) disabled: bool,
    /// In bytes. Shorter bodies aren't compressed.
    pub(crate) min_size: u32,
}

impl Compression {
    pub(crate) const DEFAULT: Self = Self {
        disabled: false,
        min_size: 10_240,
    };
    /// The maximum of `min_size`.
    pub(crate) const MAX_MIN_SIZE: u32 = 10_485_760;
}
