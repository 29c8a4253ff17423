//! When credentials are fetched, and when they are fetched again.
//!
//! In the last 15 minutes before they expire, a new set is fetched; as long as 10 minutes are left, the old one is used
//! where that fails.

use crate::Error;
use aws_credential_types::Credentials;
use std::fmt;
use std::pin::Pin;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// New credentials are fetched this long before the old ones expire.
pub(crate) const ADVISORY: Duration = Duration::from_mins(15);
/// From here on failing to fetch them is an error.
const MANDATORY: Duration = Duration::from_mins(10);
/// The least time between two attempts to replace credentials that haven't expired.
const BETWEEN_ATTEMPTS: Duration = Duration::from_mins(1);

/// Where credentials come from.
pub(crate) trait Fetch: fmt::Debug + Send + Sync {
    /// Its name in the log: the one that the AWS CLI has for it.
    fn name(&self) -> &'static str;

    /// Gets credentials.
    fn fetch(&self) -> Fetching<'_>;
}

/// Credentials on their way.
pub(crate) type Fetching<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, Error>> + Send + 'a>>;

/// Gets credentials when they are needed, and keeps them until shortly before they expire.
#[derive(Debug)]
pub struct Provider {
    source: Box<dyn Fetch>,
    is_guess: bool,
    kept: Mutex<Option<Kept>>,
}

/// Credentials, and when it was last tried to get some.
#[derive(Clone, Debug)]
struct Kept {
    credentials: Credentials,
    tried: SystemTime,
}

impl Kept {
    /// How long they are good; none: for ever.
    fn remaining(&self, now: SystemTime) -> Option<Duration> {
        let expiry = self.credentials.expiry()?;
        Some(expiry.duration_since(now).unwrap_or_default())
    }

    /// When to fetch them again; none: never.
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

    /// One that nothing speaks for.
    pub(crate) fn guess(source: Box<dyn Fetch>) -> Self {
        Self {
            is_guess: true,
            ..Self::new(source)
        }
    }

    /// Whether nothing says that there are credentials: it is tried whether the program runs on an instance that has
    /// some.
    pub fn is_guess(&self) -> bool {
        self.is_guess
    }

    /// The credentials. Their `expiry` is the time from which on to ask again, which is before they expire.
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
                tracing::warn!(provider = self.source.name(), %error, "credentials can't be replaced yet");
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

/// The error for credentials that have expired when they come.
fn expired() -> Error {
    Error::Message(
        "Credentials were refreshed, but the refreshed credentials are still expired.".to_owned(),
    )
}

/// Credentials of that provider.
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
