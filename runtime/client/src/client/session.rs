//! Credentials for one resource, by `swage.api#sessionCredentials`: an operation of the service gives them.

use super::auth::{Authentication, Identities, lasts, story};
use super::call::Inner;
use super::redirect::resource_of;
use super::resolve::ResolvedEndpoint;
use crate::error::{ConfigError, Failure};
use crate::operation::{Operation, ServiceTrait, SessionCredentials};
use crate::record::{Any, Record};
use crate::schema::TimestampFormat;
use crate::shape::Shape;
use crate::timestamp::parse_timestamp;
use crate::token::fill;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::identity::Identity;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;
use tokio::sync::Mutex;

/// The number of sessions that are kept.
const MAX_SESSIONS: usize = 1_000;

/// Sessions by resource. One call gets a session while others for the same resource wait.
#[derive(Default)]
pub(crate) struct Sessions(std::sync::Mutex<BTreeMap<String, Session>>);

type Session = Arc<Mutex<Option<Identity>>>;

impl Sessions {
    fn of(&self, resource: &str) -> Session {
        let mut sessions = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if sessions.len() >= MAX_SESSIONS && !sessions.contains_key(resource) {
            sessions.pop_first();
        }
        sessions.entry(resource.to_owned()).or_default().clone()
    }
}

/// The session that the endpoint asks for.
fn session(operation: &Operation, endpoint: &ResolvedEndpoint) -> Option<SessionCredentials> {
    let asked = &endpoint.auth_schemes.first()?.name;
    operation.service.traits.iter().find_map(|of| match *of {
        ServiceTrait::SessionCredentials(of) if of.auth_scheme == asked => Some(of),
        _ => None,
    })
}

impl Inner {
    /// How to authenticate a call: with a session where the endpoint asks for one.
    pub(super) async fn authenticate(
        &self,
        operation: &'static Operation,
        input: &dyn Shape,
        endpoint: &ResolvedEndpoint,
    ) -> Result<Authentication, Failure> {
        let session = session(operation, endpoint).filter(|_| !self.config.anonymous);
        let resource =
            session.and_then(|of| Some((of, resource_of(operation, input, of.resource)?)));
        let Some((of, resource)) = resource else {
            let identities = &self.identities;
            return identities
                .authenticate(&self.config, operation, endpoint)
                .await;
        };
        let identity = self.session(of, &resource).await?;
        Identities::by_session(&self.config, operation, endpoint, of, identity)
    }

    async fn session(&self, of: SessionCredentials, resource: &str) -> Result<Identity, Failure> {
        let session = self.sessions.of(resource);
        let mut kept = session.lock().await;
        let now = self.config.now();
        if let Some(identity) = kept.as_ref().filter(|identity| lasts(identity, now)) {
            return Ok(identity.clone());
        }
        let credentials = match &self.config.session_credentials {
            Some(provider) => provided(provider).await?,
            None => self.created(of, resource).await?,
        };
        Ok(kept.insert(credentials.into()).clone())
    }

    /// The credentials that the operation gives.
    async fn created(
        &self,
        of: SessionCredentials,
        resource: &str,
    ) -> Result<Credentials, Failure> {
        let by = of.operation.0;
        let mut input = Record::new(by.input);
        let mut members = by.input.members().iter();
        if let Some(member) = members.find(|member| member.context_param() == Some(of.resource)) {
            fill(&mut input, member.name(), resource);
        }
        let mut output = Record::new(by.output);
        Box::pin(self.call_own(by, &mut input, &mut output)).await?;
        credentials(&output, of.credentials).ok_or_else(|| {
            let what = format!("the response to {} has no credentials", by.name);
            Failure::Config(ConfigError::Credentials(what))
        })
    }
}

/// The credentials of the provider that is set.
async fn provided(provider: &SharedCredentialsProvider) -> Result<Credentials, Failure> {
    let credentials = provider.provide_credentials().await;
    credentials.map_err(|error| Failure::Config(ConfigError::Credentials(story(&error))))
}

/// The credentials in that member.
fn credentials(output: &Record, member: &str) -> Option<Credentials> {
    let Any::Structure(record) = output.named(member)? else {
        return None;
    };
    let text = |name| match record.named(name) {
        Some(Any::String(text)) => Some(text.clone()),
        _ => None,
    };
    let (id, secret) = (text("AccessKeyId")?, text("SecretAccessKey")?);
    let end = record.named("Expiration").and_then(time);
    Some(Credentials::new(
        id,
        secret,
        text("SessionToken"),
        end,
        "session",
    ))
}

fn time(value: &Any) -> Option<SystemTime> {
    let time = match value {
        Any::Timestamp(time) => *time,
        Any::String(text) => [TimestampFormat::DateTime, TimestampFormat::HttpDate]
            .into_iter()
            .find_map(|format| parse_timestamp(text, format).ok())?,
        Any::Number(text) => parse_timestamp(text, TimestampFormat::EpochSeconds).ok()?,
        _ => return None,
    };
    time.try_into().ok()
}
