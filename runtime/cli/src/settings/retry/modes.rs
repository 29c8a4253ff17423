//! The AWS CLI's retry modes, which retry other errors than the SDKs.

use std::time::Duration;
use swage_client::RetryConfig;
use swage_client::error::{ServiceError, THROTTLING};
use swage_client::schema::Schema;

const TRANSIENT: &[&str] = &["RequestTimeout", "RequestTimeoutException"];
const LEGACY: &[&str] = &[
    "ProvisionedThroughputExceededException",
    "RequestThrottledException",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
];

/// The mode `standard`: statuses alone decide for 500, 502, 503 and 504 only.
pub(crate) const fn standard() -> RetryConfig {
    RetryConfig::standard().with_retryable(is_retried_by_standard)
}

/// The mode `legacy`: five attempts, no upper limit on the delay, no token bucket, and fewer errors are retried.
pub(crate) const fn legacy() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(5)
        .with_max_backoff(Duration::MAX)
        .with_token_bucket(false)
        .with_retryable(is_retried_by_legacy)
}

fn is_retried_by_standard(error: &ServiceError) -> bool {
    matches!(error.status, 500 | 502 | 503 | 504)
        || error.schema.is_some_and(Schema::is_retryable)
        || error.is_called(THROTTLING)
        || error.is_called(TRANSIENT)
}

fn is_retried_by_legacy(error: &ServiceError) -> bool {
    match error.status {
        429 | 500 | 502 | 503 | 504 | 509 => true,
        400 => error.is_called(LEGACY),
        _ => false,
    }
}
