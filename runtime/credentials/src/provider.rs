//! When credentials are fetched, and when they are fetched again.
//!
//! In the last 15 minutes before they expire, a new set is fetched; as long as 10 minutes are left, the old one is used
//! where that fails.

use crate::Error;
use crate::container::Container;
use crate::instance::Instance;
use crate::process::Process;
use crate::role::Role;
use crate::sso::Sso;
use crate::web_identity::WebIdentity;
use aws_credential_types::Credentials;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// New credentials are fetched this long before the old ones expire.
pub(crate) const ADVISORY: Duration = Duration::from_mins(15);
/// From here on failing to fetch them is an error.
const MANDATORY: Duration = Duration::from_mins(10);
/// The least time between two attempts to replace credentials that haven't expired.
const BETWEEN_ATTEMPTS: Duration = Duration::from_mins(1);

/// Where credentials come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// Keys at hand, and the name of the place where they stand.
    Keys(&'static str, Credentials),
    Role(Box<Role>),
    WebIdentity(Box<WebIdentity>),
    Sso(Box<Sso>),
    Process(Process),
    Container(Container),
    Instance(Instance),
}

impl Source {
    /// Its name in the log: the one that the AWS CLI has for it.
    fn name(&self) -> &'static str {
        match self {
            Self::Keys(place, _) => place,
            Self::Role(_) => "assume-role",
            Self::WebIdentity(_) => "assume-role-with-web-identity",
            Self::Sso(_) => "sso",
            Self::Process(_) => "custom-process",
            Self::Container(_) => "container-role",
            Self::Instance(_) => "iam-role",
        }
    }

    async fn fetch(&self) -> Result<Credentials, Error> {
        match self {
            Self::Keys(_, keys) => Ok(keys.clone()),
            Self::Role(role) => role.fetch().await,
            Self::WebIdentity(identity) => identity.fetch().await,
            Self::Sso(sso) => sso.fetch().await,
            Self::Process(process) => process.fetch().await,
            Self::Container(container) => container.fetch().await,
            Self::Instance(instance) => instance.fetch().await,
        }
    }
}

/// Gets credentials when they are needed, and keeps them until shortly before they expire.
#[derive(Debug)]
pub struct Provider {
    source: Source,
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
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            kept: Mutex::new(None),
        }
    }

    /// Whether nothing says that there are credentials: it is tried whether the program runs on an instance that has
    /// some.
    pub fn is_guess(&self) -> bool {
        matches!(&self.source, Source::Instance(_))
    }

    /// The credentials. Their `expiry` is the time from which on to ask again, which is before they expire.
    pub async fn credentials(&self) -> Result<Credentials, Error> {
        let mut kept = self.kept.lock().await;
        let now = SystemTime::now();
        if let Some(kept) = kept.as_ref().filter(|kept| !kept.is_due(now)) {
            return Ok(kept.handed_out());
        }
        // Boxed, because a role's own source is a provider again.
        let fetched = Box::pin(self.source.fetch()).await;
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
