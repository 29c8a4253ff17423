//! Fetches credentials when they are needed, and refreshes them.
//!
//! Credentials are refreshed in the last 15 minutes before they expire. Until 10 minutes are left, failing to do so is
//! not an error.

use crate::Error;
use aws_credential_types::Credentials;
use std::fmt;
use std::pin::Pin;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// Credentials are refreshed this long before they expire.
pub(crate) const ADVISORY: Duration = Duration::from_mins(15);
/// From this long before they expire, failing to refresh them is an error.
const MANDATORY: Duration = Duration::from_mins(10);
/// The minimum time between two attempts to refresh credentials that haven't expired.
const BETWEEN_ATTEMPTS: Duration = Duration::from_mins(1);

/// A source of credentials.
pub(crate) trait Fetch: fmt::Debug + Send + Sync {
    /// The AWS CLI's name for it, which is logged.
    fn name(&self) -> &'static str;

    /// Fetches credentials.
    fn fetch(&self) -> Fetching<'_>;
}

/// A future with credentials.
pub(crate) type Fetching<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, Error>> + Send + 'a>>;

/// Fetches credentials when they are needed, and caches them until shortly before they expire.
#[derive(Debug)]
pub struct Provider {
    source: Box<dyn Fetch>,
    is_guess: bool,
    kept: Mutex<Option<Kept>>,
}

/// The cached credentials, and the time of the last attempt.
#[derive(Clone, Debug)]
struct Kept {
    credentials: Credentials,
    tried: SystemTime,
}

impl Kept {
    /// When they expire; `None`: never.
    fn remaining(&self, now: SystemTime) -> Option<Duration> {
        let expiry = self.credentials.expiry()?;
        Some(expiry.duration_since(now).unwrap_or_default())
    }

    /// When to refresh them; `None`: never.
    fn due(&self) -> Option<SystemTime> {
        let expiry = self.credentials.expiry()?;
        let early = expiry.checked_sub(ADVISORY).unwrap_or(expiry);
        let next = self.tried.checked_add(BETWEEN_ATTEMPTS).unwrap_or(expiry);
        Some(early.max(next).min(expiry))
    }

    fn is_due(&self, now: SystemTime) -> bool {
        self.due().is_some_and(|due| due <= now)
    }

    fn is_expired(&self, now: SystemTime) -> bool {
        self.remaining(now) == Some(Duration::ZERO)
    }

    fn must_be_replaced(&self, now: SystemTime) -> bool {
        self.remaining(now).is_some_and(|left| left < MANDATORY)
    }

    fn handed_out(&self) -> Credentials {
        let mut credentials = self.credentials.clone();
        *credentials.expiry_mut() = self.due();
        credentials
    }
}

impl Provider {
    pub(crate) fn new(source: Box<dyn Fetch>) -> Self {
        Self {
            source,
            is_guess: false,
            kept: Mutex::new(None),
        }
    }

    /// A provider for instance metadata, without settings that ask for it.
    pub(crate) fn guess(source: Box<dyn Fetch>) -> Self {
        Self {
            is_guess: true,
            ..Self::new(source)
        }
    }

    /// Whether no settings have credentials, so that only instance metadata is
    /// tried.
    pub fn is_guess(&self) -> bool {
        self.is_guess
    }

    /// The credentials. Their `expiry` is when to ask again, which is earlier than when they expire.
    ///
    /// # Errors
    ///
    /// The source has no credentials, or could not be reached, and there are no cached ones that are still valid.
    pub async fn credentials(&self) -> Result<Credentials, Error> {
        let mut kept = self.kept.lock().await;
        let now = SystemTime::now();
        if let Some(kept) = kept.as_ref().filter(|kept| !kept.is_due(now)) {
            return Ok(kept.handed_out());
        }
        let fetched = self.source.fetch().await;
        let now = SystemTime::now();
        let new = match (fetched, kept.as_mut()) {
            (Ok(credentials), _) => Kept {
                credentials,
                tried: now,
            },
            (Err(error), Some(old)) if !old.must_be_replaced(now) => {
                tracing::warn!(provider = self.source.name(), %error, "could not refresh the credentials yet");
                old.tried = now;
                return Ok(old.handed_out());
            }
            (Err(error), _) => return Err(error),
        };
        if new.is_expired(now) {
            return Err(expired());
        }
        tracing::debug!(provider = self.source.name(), "found credentials");
        Ok(kept.insert(new).handed_out())
    }
}

/// The error for fetched credentials that are already expired.
fn expired() -> Error {
    Error::Message(
        "Credentials were refreshed, but the refreshed credentials are still expired.".to_owned(),
    )
}

/// Creates credentials with the name of a provider.
pub(crate) fn credentials(
    provider: &'static str,
    id: impl Into<String>,
    secret: impl Into<String>,
    token: Option<String>,
    account: Option<String>,
    expiry: Option<SystemTime>,
) -> Credentials {
    let mut builder = Credentials::builder()
        .access_key_id(id)
        .secret_access_key(secret)
        .provider_name(provider);
    builder.set_session_token(token);
    builder.set_account_id(account.filter(|id| !id.is_empty()).map(Into::into));
    builder.set_expiry(expiry);
    builder.build()
}
