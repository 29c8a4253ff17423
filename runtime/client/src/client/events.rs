//! Calls whose input or output has an event stream.

use super::auth::{Authentication, Region, Signer};
use super::call::{Inner, Prepared, skewed};
use super::content::Content;
use super::exchange::Http;
use super::response::Head;
use super::{Metadata, trace};
use crate::error::{ConfigError, DecodeError, Failure, RequestIds, ResponseError, ResponseMessage};
use crate::event_stream::{
    EventSigner, Events, MEDIA_TYPE, Origin, OutgoingEvents, Sent, event_member,
};
use crate::operation::{Operation, OperationTrait};
use crate::protocol::{self, Body, EventFormat, HttpProtocol};
use crate::schema::{Location, Schema};
use crate::shape::{Shape, Value};
use crate::transport::ResponseBody;
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::uri::Scheme;
use http::{HeaderMap, HeaderValue, Version};
use std::sync::atomic::Ordering;
use std::time::SystemTime;

/// Whether the operation sends events.
pub(super) fn sends(operation: &Operation) -> bool {
    event_member(operation.input).is_some()
}

/// Whether the operation receives events.
pub(super) fn receives(operation: &Operation) -> bool {
    event_member(operation.output).is_some()
}

/// Takes the events out of an input; none when the operation doesn't send any.
pub(super) fn take(
    operation: &Operation,
    protocol: &'static dyn HttpProtocol,
    input: &mut dyn Shape,
    validates: bool,
) -> Result<Option<Sent>, Failure> {
    let Some((index, member)) = event_member(operation.input) else {
        return Ok(None);
    };
    let events = input.member_mut(index).and_then(Value::take_events);
    let events = events.and_then(|events| events.downcast::<OutgoingEvents>().ok());
    let (format, events) = (format_of(protocol)?, *events.unwrap_or_default());
    Ok(Some(Sent::new(format, member.name(), events, validates)))
}

/// Fails for `sigv4a`, which doesn't define signatures of events, and for schemes that only sign requests.
pub(super) fn check_signer(authentication: &Authentication) -> Result<(), Failure> {
    match authentication {
        Authentication::Signature(Signer {
            region: Region::One(_),
            ..
        })
        | Authentication::Unsigned
        | Authentication::Header(..)
        | Authentication::Query(_) => Ok(()),
        Authentication::Custom(_) => {
            let what = "events can't be signed by a scheme that was added".to_owned();
            Err(Failure::Config(ConfigError::Setting(what)))
        }
        #[cfg(feature = "sigv4a")]
        Authentication::Signature(Signer {
            region: Region::Set(_),
            ..
        }) => {
            let what = "events can't be signed by sigv4a".to_owned();
            Err(Failure::Config(ConfigError::Setting(what)))
        }
    }
}

fn format_of(protocol: &'static dyn HttpProtocol) -> Result<EventFormat, Failure> {
    protocol.events().ok_or_else(|| {
        let what = "the protocol of the service has no event streams".to_owned();
        Failure::Config(ConfigError::Setting(what))
    })
}

/// Sets the headers of a request that sends or receives events.
pub(super) fn mark(operation: &Operation, headers: &mut HeaderMap) {
    let media_type = HeaderValue::from_static(MEDIA_TYPE);
    if sends(operation) {
        headers.insert(CONTENT_TYPE, media_type.clone());
    }
    if receives(operation) && headers.contains_key(ACCEPT) {
        headers.insert(ACCEPT, media_type);
    }
}

impl Inner {
    /// The version of HTTP that a request of the operation needs.
    pub(super) fn http_version(&self, operation: &Operation, prepared: &Prepared) -> Version {
        let prefers = || {
            let prefers = |t: &OperationTrait| matches!(t, OperationTrait::EventStreamHttp2);
            operation.traits.iter().any(prefers)
        };
        let plain = prepared.url.scheme() == Some(&Scheme::HTTP);
        let unasked = || self.config().http2_prior_knowledge.unwrap_or_else(prefers);
        if sends(operation) || (receives(operation) && plain && unasked()) {
            Version::HTTP_2
        } else {
            Version::HTTP_11
        }
    }

    /// The signer of an attempt's events, if its request was signed.
    pub(super) fn event_signer(
        &self,
        prepared: &Prepared,
        signature: Option<String>,
    ) -> Option<EventSigner> {
        let Authentication::Signature(Signer {
            identity,
            name,
            region: Region::One(region),
            ..
        }) = &prepared.authentication
        else {
            return None;
        };
        let time = SharedTimeSource::new(Skewed {
            time: self.config().time.clone().unwrap_or_default(),
            seconds: self.skew.load(Ordering::Relaxed),
        });
        Some(EventSigner::new(
            identity.clone(),
            name.clone(),
            region.clone(),
            time,
            signature?,
        ))
    }

    /// Reads the head of a response with events and the initial response. The caller reads the events.
    pub(super) async fn receive(
        &self,
        of: Received<'_>,
        head: &Head,
        body: ResponseBody,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        let Received {
            operation,
            protocol,
            http,
            prepared,
            content,
        } = of;
        let Some((index, member)) = event_member(operation.output) else {
            return Ok(Metadata::default());
        };
        let (status, headers) = (head.status, &head.headers);
        let request_id = protocol::request_id(headers);
        let origin = Origin {
            operation: operation.name,
            format: format_of(protocol)?,
            union: member.target(),
            status: status.as_u16(),
            request_id: request_id.clone(),
            attempts: head.attempt,
            fault: content.fault(),
        };
        let unreadable = |error| {
            Failure::Response(ResponseError {
                request_id: request_id.clone(),
                response: Box::new(ResponseMessage {
                    headers: protocol::listed(headers),
                    body: Bytes::new(),
                }),
                ..ResponseError::new(error, status.as_u16())
            })
        };
        let initial_messages = origin.format.initial_messages;
        let mut events = Events::new(origin, Box::new(http.body(body, &prepared.shown)));
        let has_others = operation.output.members().len() > 1;
        let initial = if initial_messages && has_others {
            events.initial_response().await?
        } else {
            None
        };
        check_initial(
            operation.output,
            initial_messages,
            initial.as_ref(),
            headers,
        )
        .map_err(unreadable)?;
        let body = initial.unwrap_or_default();
        trace::response_body(operation.output, &body);
        protocol
            .response(operation, status, headers, Body::Bytes(body), output)
            .map_err(unreadable)?;
        let place = output.member_mut(index);
        let put = place.map_or(Ok(()), |place| place.put_events(Box::new(events)));
        put.map_err(|_| unreadable(DecodeError::new("the output has no event stream")))?;
        output.set_request_ids(RequestIds::new(request_id.as_deref(), headers));
        Ok(Metadata {
            status: status.as_u16(),
            request_id,
            attempts: head.attempt,
        })
    }
}

/// A clock that is ahead of another one by some seconds, or behind it when they are negative.
#[derive(Debug)]
struct Skewed {
    time: SharedTimeSource,
    seconds: i64,
}

impl TimeSource for Skewed {
    fn now(&self) -> SystemTime {
        skewed(self.time.now(), self.seconds)
    }
}

/// The call that a response with events belongs to.
pub(super) struct Received<'a> {
    pub(super) operation: &'static Operation,
    pub(super) protocol: &'static dyn HttpProtocol,
    pub(super) http: &'a Http,
    pub(super) prepared: &'a Prepared,
    pub(super) content: &'a Content,
}

/// Fails if the initial response is missing although it has required members (Smithy 2.0, "Initial message client and
/// server behavior").
fn check_initial(
    output: &'static Schema,
    is_event: bool,
    initial: Option<&Bytes>,
    headers: &HeaderMap,
) -> Result<(), DecodeError> {
    let mut required = output
        .members()
        .iter()
        .filter(|member| member.is_required() && !member.target().is_streaming());
    let missing = required.find(|member| match member.location() {
        _ if is_event => initial.is_none(),
        Location::Header => !headers.contains_key(member.wire()),
        _ => false,
    });
    match missing {
        None => Ok(()),
        Some(member) => {
            Err(DecodeError::new("is required, but missing in the response").within(member.name()))
        }
    }
}
