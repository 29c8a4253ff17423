//! Which failures are retried, how often, and after what delay.

use super::config::RetryConfig;
use super::quota::Quota;
use crate::error::{Failure, ServiceError, TimeoutKind};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

/// The capacity of the bucket, and the cost of a retry (the SDKs' "standard" mode).
const CAPACITY: u32 = 500;
const COST: u32 = 5;
const TIMEOUT_COST: u32 = 10;
/// What a success at the first attempt adds to the bucket.
const REFILL: u32 = 1;
/// The maximum delay that a service can ask for.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(20);

/// Error codes that mean that the clocks differ, and those that may mean it.
const SKEWED: &[&str] = &[
    "RequestTimeTooSkewed",
    "RequestExpired",
    "RequestInTheFuture",
];
const PERHAPS_SKEWED: &[&str] = &[
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
];
/// A difference above this number of seconds explains a refused signature: services allow five minutes.
const MAX_SKEW: u64 = 240;

/// The cost of a retry after this failure; none if it isn't retried.
fn cost(config: &RetryConfig, failure: &Failure) -> Option<u32> {
    match failure {
        Failure::Transport(error) => error.is_retryable().then_some(COST),
        Failure::Timeout(error) => (error.kind != TimeoutKind::Operation).then_some(TIMEOUT_COST),
        Failure::Service(error) => config.retries(error).then_some(COST),
        Failure::Interceptor(error) => error.is_retryable().then_some(COST),
        Failure::Input(_) | Failure::Config(_) | Failure::Response(_) => None,
    }
}

/// The budget for retries that all calls of a client share. When most calls fail, it runs out and calls fail at once.
#[derive(Debug)]
pub(crate) struct TokenBucket {
    tokens: Mutex<u32>,
}

impl TokenBucket {
    pub(crate) fn new() -> Self {
        Self {
            tokens: Mutex::new(CAPACITY),
        }
    }

    fn take(&self, tokens: u32) -> bool {
        let mut all = self.lock();
        match all.checked_sub(tokens) {
            Some(left) => {
                *all = left;
                true
            }
            None => false,
        }
    }

    fn put(&self, tokens: u32) {
        let mut all = self.lock();
        *all = (*all + tokens).min(CAPACITY);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u32> {
        // A number is always in a valid state.
        self.tokens
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The attempts of one call.
#[derive(Debug)]
pub(crate) struct Attempts<'a> {
    config: &'a RetryConfig,
    bucket: &'a TokenBucket,
    /// What takes the place of the bucket.
    quota: Option<Quota>,
    /// The number of the current attempt.
    pub(crate) number: u32,
    taken: u32,
    corrected: bool,
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(
        config: &'a RetryConfig,
        bucket: &'a TokenBucket,
        quota: Option<Quota>,
    ) -> Self {
        Self {
            config,
            bucket,
            quota,
            number: 1,
            taken: 0,
            corrected: false,
        }
    }

    /// The current attempt succeeded.
    pub(crate) fn succeeded(&mut self) {
        if let Some(quota) = &mut self.quota {
            quota.succeeded(self.number);
        } else {
            let refill = if self.taken == 0 { REFILL } else { self.taken };
            self.bucket.put(refill);
        }
    }

    /// How long to wait before the first attempt.
    pub(crate) fn before_first(&self) -> Duration {
        self.quota
            .as_ref()
            .map(Quota::before_first)
            .unwrap_or_default()
    }

    /// The delay before the next attempt; none if this failure ends the call.
    /// `is_retried` overrides what is known of the failure.
    pub(crate) fn after(
        &mut self,
        failure: &Failure,
        is_retried: Option<bool>,
        now: SystemTime,
    ) -> Option<Duration> {
        let cost = match is_retried {
            None => cost(self.config, failure)?,
            Some(true) => cost(self.config, failure).unwrap_or(COST),
            Some(false) => return None,
        };
        if self.number >= self.config.max_attempts {
            return None;
        }
        if let Some(quota) = &mut self.quota {
            let delay = quota.after(self.number, failure, asked_for(failure, now))?;
            self.number += 1;
            return Some(delay);
        }
        if self.config.token_bucket && !self.bucket.take(cost) {
            return None;
        }
        self.taken = cost;
        let delay = asked_for(failure, now).unwrap_or_else(|| self.backoff());
        self.number += 1;
        Some(delay)
    }

    /// Whether to try again at once because the clock was corrected: once per call.
    pub(crate) fn after_correction(&mut self) -> bool {
        let again = !self.corrected && self.number < self.config.max_attempts;
        if again {
            self.corrected = true;
            self.number += 1;
        }
        again
    }

    /// The next attempt goes to another region. Redirects aren't retries.
    pub(crate) fn redirected(&mut self) {
        self.number += 1;
    }

    /// A random delay up to the doubled one, so that clients that failed together don't return together.
    fn backoff(&self) -> Duration {
        let doublings = i32::try_from(self.number - 1).unwrap_or(i32::MAX);
        let longest = self.config.initial_backoff.as_secs_f64() * 2f64.powi(doublings);
        let longest = longest.min(self.config.max_backoff.as_secs_f64());
        Duration::try_from_secs_f64(fastrand::f64() * longest).unwrap_or(self.config.max_backoff)
    }
}

/// The delay that the response asks for: `x-amz-retry-after` in milliseconds, `Retry-After` in seconds or as a date
/// (RFC 9110, section 10.2.3).
fn asked_for(failure: &Failure, now: SystemTime) -> Option<Duration> {
    let Failure::Service(error) = failure else {
        return None;
    };
    let number = |name| header(error, name)?.trim().parse::<u64>().ok();
    let delay = number("x-amz-retry-after").map(Duration::from_millis);
    delay
        .or_else(|| number("retry-after").map(Duration::from_secs))
        .or_else(|| {
            // The date was made with the service's clock, so it is compared with that if known.
            let from = date(error, "date").unwrap_or_else(|| seconds(now));
            let wait = date(error, "retry-after")?.saturating_sub(from);
            Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)))
        })
        .map(|delay| delay.min(MAX_RETRY_AFTER))
}

/// A header that is a date, in seconds since 1970.
fn date(error: &ServiceError, name: &str) -> Option<i64> {
    let date = DateTime::from_str(header(error, name)?.trim(), Format::HttpDate);
    date.ok().map(|date| date.secs())
}

/// Seconds since 1970.
fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

fn header<'a>(error: &'a ServiceError, name: &str) -> Option<&'a str> {
    let (_, value) = error
        .headers
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    std::str::from_utf8(value).ok()
}

/// The seconds to add to our clock to get the service's, if a wrong clock explains the failure. `now` is our time, `signed`
/// the time in the signature.
pub(crate) fn skew(failure: &Failure, now: SystemTime, signed: SystemTime) -> Option<i64> {
    let Failure::Service(error) = failure else {
        return None;
    };
    let code = error.code.as_deref()?;
    let certain = SKEWED.contains(&code);
    if !certain && !PERHAPS_SKEWED.contains(&code) {
        return None;
    }
    let service = date(error, "date")?;
    let off = service.checked_sub(seconds(signed))?;
    let explains = off != 0 && (certain || off.unsigned_abs() > MAX_SKEW);
    explains.then(|| service.checked_sub(seconds(now)))?
}
