//! Resources in other regions than the client's: a response that names the region is followed once, and remembered.

use super::auth::{Authentication, Region};
use super::config::is_host_label;
use crate::endpoint::text_of;
use crate::error::{Failure, ServiceError};
use crate::operation::{Operation, ServiceTrait};
use crate::shape::Shape;
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

/// `swage.api#regionRedirects` of the operation's service: the header with the region, and the parameter with the resource.
fn redirects(operation: &Operation) -> Option<(&'static str, &'static str)> {
    operation.service.traits.iter().find_map(|of| match *of {
        ServiceTrait::RegionRedirects { header, resource } => Some((header, resource)),
        _ => None,
    })
}

/// The resource that a call is about, if it can be in another region. ARNs name their region.
pub(crate) fn resource(operation: &Operation, input: &dyn Shape) -> Option<String> {
    let (_, parameter) = redirects(operation)?;
    let mut members = operation.input.members().iter();
    let member = members.find(|member| member.context_param() == Some(parameter))?;
    text_of(input, member.name()).filter(|resource| !resource.starts_with("arn:"))
}

/// The region that a failure names, if it isn't the one that was used: that of the signature, else `region`.
pub(crate) fn region_of(
    operation: &Operation,
    failure: &Failure,
    used: &Authentication,
    region: Option<&str>,
) -> Option<String> {
    let Failure::Service(error) = failure else {
        return None;
    };
    let (header, _) = redirects(operation).filter(|_| may_redirect(error))?;
    let (_, value) = error.headers.iter().find(|(name, _)| name == header)?;
    let named = std::str::from_utf8(value).ok()?.trim();
    let used = match used {
        Authentication::Signature(signer) => match &signer.region {
            Region::One(region) => Some(region.as_str()),
            #[cfg(feature = "sigv4a")]
            Region::Set(_) => None,
        },
        _ => region,
    };
    (is_host_label(named) && used != Some(named)).then(|| named.to_owned())
}

fn may_redirect(error: &ServiceError) -> bool {
    matches!(error.status, 301 | 302 | 307 | 308 | 400)
}
