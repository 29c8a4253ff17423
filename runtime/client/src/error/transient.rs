//! Which errors of a service are worth another attempt (the SDKs' "standard" retry mode).

use super::ServiceError;
use crate::schema::Schema;

/// The codes of errors that say: too many requests.
pub const THROTTLING: &[&str] = &[
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];
const TRANSIENT: &[&str] = &["RequestTimeout", "RequestTimeoutException", "InternalError"];
const TRANSIENT_STATUSES: &[u16] = &[429, 500, 502, 503, 504, 509];

impl ServiceError {
    /// Whether another attempt may succeed, as far as the model, the code and the status say.
    pub fn is_transient(&self) -> bool {
        self.schema.is_some_and(Schema::is_retryable)
            || TRANSIENT_STATUSES.contains(&self.status)
            || self.is_called(THROTTLING)
            || self.is_called(TRANSIENT)
    }

    /// Whether the code, or another name that the response has for the error, is one of these.
    pub fn is_called(&self, names: &[&str]) -> bool {
        let mut all = self.code.iter().chain(&self.types);
        all.any(|name| names.contains(&name.as_str()))
    }
}
