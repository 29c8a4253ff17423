//! Endpoints that an operation of the service names, by `aws.api#clientEndpointDiscovery`.

use super::call::Inner;
use super::resolve;
use crate::endpoint::text_of;
use crate::error::{ConfigError, Failure};
use crate::operation::{Operation, Service, ServiceTrait};
use crate::record::{Any, Record};
use crate::shape::Shape;
use http::Uri;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Weak};
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// The number of endpoints that are remembered.
const MAX_ENDPOINTS: usize = 1_000;
/// How long a lookup that failed isn't repeated if there is another endpoint to use.
const AFTER_FAILURE: Duration = Duration::from_mins(1);
/// How long before it is outdated an endpoint is looked up by [`ReloadEndpoint`], and how often that looks.
const AHEAD: Duration = Duration::from_mins(2);
const PAUSE: Duration = Duration::from_mins(1);

/// What an endpoint depends on: the input's members with `aws.api#clientEndpointDiscoveryId` and their values, and the
/// operation if there are any.
type Key = Vec<(&'static str, String)>;

/// The endpoints that were discovered. One call looks an endpoint up while the others wait.
#[derive(Default)]
pub(crate) struct Discovered(Mutex<BTreeMap<Key, Entry>>);

/// An endpoint, or none where the regular one is used, and until when.
struct Entry {
    url: Option<Uri>,
    until: SystemTime,
}

/// `aws.api#clientEndpointDiscovery`: the operation that names endpoints, and the error of outdated ones.
fn discovery(service: &Service) -> Option<(&'static Operation, &'static str)> {
    service.traits.iter().find_map(|of| match *of {
        ServiceTrait::EndpointDiscovery { operation, error } => Some((operation.0, error)),
        _ => None,
    })
}

fn key(operation: &Operation, input: &dyn Shape) -> Key {
    let ids = operation.input.members().iter();
    let ids = ids.filter(|member| member.is_endpoint_id());
    let mut key: Key = ids
        .filter_map(|id| Some((id.name(), text_of(input, id.name())?)))
        .collect();
    if !key.is_empty() {
        key.push(("", operation.name.to_owned()));
    }
    key
}

impl Inner {
    /// The endpoint for a call; none if it is the regular one, as with an endpoint URL that is set.
    pub(super) async fn discovered(
        &self,
        operation: &'static Operation,
        input: &dyn Shape,
    ) -> Result<Option<Uri>, Failure> {
        let (Some(is_required), Some((by, _))) =
            (operation.discovers_endpoint(), discovery(operation.service))
        else {
            return Ok(None);
        };
        if self.config.endpoint_url.is_some() {
            return Ok(None);
        }
        match self.config.endpoint_discovery {
            Some(false) if is_required => {
                let what = format!(
                    "{} needs a discovered endpoint, but endpoint discovery is turned off",
                    operation.name
                );
                return Err(Failure::Config(ConfigError::Setting(what)));
            }
            Some(true) => {}
            None if is_required => {}
            Some(false) | None => return Ok(None),
        }
        let key = key(operation, input);
        let mut kept = self.discovered.0.lock().await;
        let now = self.config.now();
        if let Some(entry) = kept.get(&key).filter(|entry| entry.until > now) {
            return Ok(entry.url.clone());
        }
        self.ask(&mut kept, by, key, is_required).await
    }

    /// Looks the endpoint up that doesn't depend on an input, unless it is known and isn't outdated for that time.
    async fn renew(&self, ahead: Option<Duration>) -> Result<(), Failure> {
        let Some((by, _)) = discovery(self.config.service) else {
            return Ok(());
        };
        if self.config.endpoint_url.is_some() {
            return Ok(());
        }
        if self.config.endpoint_discovery == Some(false) {
            let what = "endpoint discovery is turned off".to_owned();
            return Err(Failure::Config(ConfigError::Setting(what)));
        }
        let key = Key::new();
        let mut kept = self.discovered.0.lock().await;
        if let (Some(ahead), Some(entry)) = (ahead, kept.get(&key))
            && entry.until > later(self.config.now(), ahead)
        {
            return Ok(());
        }
        self.ask(&mut kept, by, key, true).await.map(drop)
    }

    /// Asks for an endpoint, whether or not one is known.
    async fn ask(
        &self,
        kept: &mut BTreeMap<Key, Entry>,
        by: &'static Operation,
        key: Key,
        is_required: bool,
    ) -> Result<Option<Uri>, Failure> {
        let (now, known) = (self.config.now(), kept.get(&key));
        let entry = match self.discover(by, &key).await {
            Ok((url, valid)) => Entry {
                url: Some(url),
                until: later(now, valid),
            },
            Err(failure) if is_required && known.is_none() => return Err(failure),
            // An outdated endpoint is better than none.
            Err(failure) => {
                tracing::debug!(%failure, "no endpoint was discovered");
                Entry {
                    url: known.and_then(|known| known.url.clone()),
                    until: later(now, AFTER_FAILURE),
                }
            }
        };
        if kept.len() >= MAX_ENDPOINTS {
            kept.pop_first();
        }
        let url = entry.url.clone();
        kept.insert(key, entry);
        Ok(url)
    }

    /// Whether the failure means that the discovered endpoint is outdated. It is forgotten then.
    pub(super) async fn is_outdated(
        &self,
        operation: &Operation,
        input: &dyn Shape,
        failure: &Failure,
    ) -> bool {
        let (Failure::Service(error), Some(_), Some((_, outdated))) = (
            failure,
            operation.discovers_endpoint(),
            discovery(operation.service),
        ) else {
            return false;
        };
        // 421 (Misdirected Request): RFC 9110, section 15.5.20.
        let is_outdated = error.status == 421
            || error.code.as_deref() == Some(outdated)
            || error.types.iter().any(|name| name == outdated);
        is_outdated && {
            let mut kept = self.discovered.0.lock().await;
            kept.remove(&key(operation, input))
                .is_some_and(|entry| entry.url.is_some())
        }
    }

    /// Asks the service for an endpoint and how long it is valid.
    async fn discover(
        &self,
        by: &'static Operation,
        key: &Key,
    ) -> Result<(Uri, Duration), Failure> {
        let mut input = Record::new(by.input);
        if !key.is_empty() {
            let ids = key.iter().filter(|(name, _)| !name.is_empty());
            let ids = ids.map(|(name, id)| ((*name).to_owned(), Any::String(id.clone())));
            let ids = Any::Map(ids.collect());
            let operation = key.iter().find(|(name, _)| name.is_empty());
            let operation = operation.map(|(_, name)| Any::String(name.clone()));
            for (name, value) in [("Identifiers", Some(ids)), ("Operation", operation)] {
                if let (Some((index, _)), Some(value)) = (by.input.member(name), value) {
                    input.set(index, value);
                }
            }
        }
        let mut output = Record::new(by.output);
        Box::pin(self.call_own(by, &mut input, &mut output)).await?;
        first(&output).ok_or_else(|| {
            let what = format!("the response to {} names no endpoint", by.name);
            Failure::Config(ConfigError::Endpoint(what))
        })
    }
}

/// Looks up the endpoint that a service names before it is outdated; `with_endpoint_discovery_enabled` of a client gives it.
/// Without it, calls look it up when they need it.
#[must_use = "it does nothing until `reload_task` runs"]
pub struct ReloadEndpoint(Weak<Inner>);

impl ReloadEndpoint {
    /// For that client, whose endpoint is looked up now.
    pub(super) async fn new(inner: &Arc<Inner>) -> Result<Self, Failure> {
        inner.renew(None).await?;
        Ok(Self(Arc::downgrade(inner)))
    }

    /// Looks the endpoint up, whether or not it is outdated. If that fails, the one that is known is used until it has been
    /// found again.
    pub async fn reload_once(&self) {
        self.renew(None).await;
    }

    /// Looks the endpoint up two minutes before it is outdated, for as long as there is the client.
    pub async fn reload_task(self) {
        while let Some(inner) = self.0.upgrade() {
            self.renew(Some(AHEAD)).await;
            let config = inner.config.clone();
            // The client ends during the pause if nothing else uses it.
            drop(inner);
            config.sleep(PAUSE).await;
        }
    }

    async fn renew(&self, ahead: Option<Duration>) {
        if let Some(inner) = self.0.upgrade()
            && let Err(failure) = inner.renew(ahead).await
        {
            tracing::debug!(%failure, "no endpoint was discovered");
        }
    }
}

impl fmt::Debug for ReloadEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReloadEndpoint")
    }
}

/// The first of `Endpoints`.
fn first(output: &Record) -> Option<(Uri, Duration)> {
    let Any::List(endpoints) = output.named("Endpoints")? else {
        return None;
    };
    let Any::Structure(endpoint) = endpoints.first()? else {
        return None;
    };
    let Any::String(address) = endpoint.named("Address")? else {
        return None;
    };
    let has_scheme = address.starts_with("https://") || address.starts_with("http://");
    let scheme = if has_scheme { "" } else { "https://" };
    let url = resolve::check_url(&format!("{scheme}{address}")).ok()?;
    let minutes = match endpoint.named("CachePeriodInMinutes") {
        Some(Any::Number(text)) => text.parse().unwrap_or(0),
        _ => 0,
    };
    Some((url, Duration::from_secs(u64::saturating_mul(minutes, 60))))
}

fn later(now: SystemTime, by: Duration) -> SystemTime {
    now.checked_add(by).unwrap_or(now)
}
