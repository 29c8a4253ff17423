//! Resources in other regions than the client's: a response that means another region is followed once, and remembered.

use super::auth::{Authentication, Region};
use super::call::Inner;
use super::config::is_host_label;
use crate::endpoint::text_of;
use crate::error::{Failure, ServiceError};
use crate::operation::{Operation, OperationRef, ServiceTrait};
use crate::record::{Any, Record};
use crate::schema::{Location, Member, Schema};
use crate::shape::Shape;
use crate::token::fill;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The number of resources whose region is remembered.
const MAX_RESOURCES: usize = 1_000;

/// The regions of resources that weren't in the client's, by resource.
#[derive(Default)]
pub(crate) struct Regions(Mutex<BTreeMap<String, String>>);

impl Regions {
    pub(crate) fn of(&self, resource: &str) -> Option<String> {
        self.lock().get(resource).cloned()
    }

    pub(crate) fn remember(&self, resource: String, region: String) {
        let mut regions = self.lock();
        if regions.len() >= MAX_RESOURCES {
            regions.pop_first();
        }
        regions.insert(resource, region);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        // Every state of the map is valid.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `swage.api#regionRedirects`.
#[derive(Clone, Copy)]
struct Redirects {
    header: &'static str,
    resource: &'static str,
    error: Option<&'static Schema>,
    lookup: Option<OperationRef>,
    errors: &'static [&'static str],
    creation: &'static str,
}

/// `swage.api#regionRedirects` of the operation's service.
fn redirects(operation: &Operation) -> Option<Redirects> {
    operation.service.traits.iter().find_map(|of| match *of {
        ServiceTrait::RegionRedirects {
            header,
            resource,
            error,
            lookup,
            errors,
            creation,
        } => Some(Redirects {
            header,
            resource,
            error,
            lookup,
            errors,
            creation,
        }),
        _ => None,
    })
}

/// The resource that a call is about, if it can be in another region. ARNs name their region.
pub(super) fn resource(operation: &Operation, input: &dyn Shape) -> Option<String> {
    let resource = resource_of(operation, input, redirects(operation)?.resource)?;
    (!resource.starts_with("arn:")).then_some(resource)
}

/// The value of the input's member for that parameter of the endpoint rules.
pub(super) fn resource_of(
    operation: &Operation,
    input: &dyn Shape,
    parameter: &str,
) -> Option<String> {
    let mut members = operation.input.members().iter();
    let member = members.find(|member| member.context_param() == Some(parameter))?;
    text_of(input, member.name())
}

impl Inner {
    /// The region of the resource, if the failure means that it is in another one than the request was sent to.
    pub(super) async fn other_region(
        &self,
        operation: &'static Operation,
        failure: &Failure,
        used: &Authentication,
        resource: &str,
    ) -> Option<String> {
        let Failure::Service(error) = failure else {
            return None;
        };
        let redirects = redirects(operation).filter(|of| of.allows(operation, error))?;
        let named = in_header(error, redirects.header)
            .or_else(|| in_document(operation, error, redirects.error?));
        let named = match named {
            Some(named) => named,
            None if redirects.is_worth_asking(error) => {
                self.look_up(operation, redirects, resource).await?
            }
            None => return None,
        };
        let used = match used {
            Authentication::Signature(signer) => match &signer.region {
                Region::One(region) => Some(region.as_str()),
                #[cfg(feature = "sigv4a")]
                Region::Set(_) => None,
            },
            _ => self.config.region(),
        };
        (is_host_label(&named) && used != Some(&named)).then_some(named)
    }

    /// Asks the service for the region of the resource.
    async fn look_up(
        &self,
        operation: &'static Operation,
        redirects: Redirects,
        resource: &str,
    ) -> Option<String> {
        let OperationRef(by) = redirects.lookup?;
        if std::ptr::eq(by, operation) {
            return None;
        }
        let mut input = Record::new(by.input);
        let mut members = by.input.members().iter();
        let is_resource = |member: &&Member| member.context_param() == Some(redirects.resource);
        fill(&mut input, members.find(is_resource)?.name(), resource);
        let mut output = Record::new(by.output);
        let called = Box::pin(self.call_own(by, &mut input, &mut output)).await;
        match called {
            Ok(_) => in_output(&output, redirects.header).or_else(|| self.regions.of(resource)),
            Err(Failure::Service(error)) => in_header(&error, redirects.header),
            Err(_) => None,
        }
    }
}

impl Redirects {
    /// Whether the error of the operation can be a redirect.
    fn allows(&self, operation: &Operation, error: &ServiceError) -> bool {
        match error.status {
            301 | 302 | 307 | 308 => true,
            400 => operation.name != self.creation,
            _ => false,
        }
    }

    /// Whether it's worth asking for the region: after a redirect, or a response without a body, as those to HEAD are.
    fn is_worth_asking(&self, error: &ServiceError) -> bool {
        error.status != 400 || error.body.is_empty() || error.is_called(self.errors)
    }
}

fn in_header(error: &ServiceError, header: &str) -> Option<String> {
    let (_, value) = error.headers.iter().find(|(name, _)| name == header)?;
    Some(std::str::from_utf8(value).ok()?.trim().to_owned())
}

/// The only member of the error's document.
fn in_document(
    operation: &Operation,
    error: &ServiceError,
    form: &'static Schema,
) -> Option<String> {
    let mut record = Record::new(form);
    let protocol = operation.service.protocol;
    protocol.read_error(error, &mut record).ok()?;
    match record.take(0)? {
        Any::String(region) => Some(region),
        _ => None,
    }
}

/// The output's member that is bound to the header.
fn in_output(output: &Record, header: &str) -> Option<String> {
    let mut members = output.schema().members().iter();
    let bound = |member: &&Member| {
        member.location() == Location::Header && member.wire().eq_ignore_ascii_case(header)
    };
    text_of(output, members.find(bound)?.name())
}
