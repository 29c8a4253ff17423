//! Endpoints that an operation of the service names, by `aws.api#clientEndpointDiscovery`.

use super::call::Inner;
use super::resolve;
use crate::endpoint::text_of;
use crate::error::{ConfigError, Failure};
use crate::operation::{Operation, ServiceTrait};
use crate::record::{Any, Record};
use crate::shape::Shape;
use http::Uri;
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// The number of endpoints that are remembered.
const MAX_ENDPOINTS: usize = 1_000;
/// How long a lookup that failed isn't repeated if there is another endpoint to use.
const AFTER_FAILURE: Duration = Duration::from_mins(1);

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

/// `aws.api#clientEndpointDiscovery` of the operation's service: the operation that names endpoints, and the error of outdated
/// ones.
fn discovery(operation: &Operation) -> Option<(&'static Operation, &'static str)> {
    operation.service.traits.iter().find_map(|of| match *of {
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
            (operation.discovers_endpoint(), discovery(operation))
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
        let known = kept.get(&key);
        if let Some(entry) = known.filter(|entry| entry.until > now) {
            return Ok(entry.url.clone());
        }
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
            discovery(operation),
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
