//! The user agent of aws-runtime: interceptors find what it says of a service, and store one of their own.

use super::{Run, unfit};
use crate::error::Failure;
use crate::operation::Service;
use aws_runtime::user_agent::{ApiMetadata, AwsUserAgent, UserAgentInterceptor};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use http::header::USER_AGENT;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// What a user agent says of a service: the name that its official crate has after `aws-sdk-`, and the version of the model.
pub(super) fn api(service: &'static Service) -> ApiMetadata {
    // The type takes nothing but statics, so a name is made once.
    static NAMES: Mutex<BTreeMap<&str, &str>> = Mutex::new(BTreeMap::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let name = names.entry(service.sdk_id).or_insert_with(|| {
        let name = service.sdk_id.to_lowercase();
        name.replace([' ', '-'], "").leak()
    });
    ApiMetadata::new(name, service.version)
}

impl Run {
    /// Sends the user agent that an interceptor has stored, in place of ours.
    pub(super) fn set_user_agent(&mut self) -> Result<(), Failure> {
        if self.bag.load::<AwsUserAgent>().is_none() {
            return Ok(());
        }
        let request = self.context.request_mut();
        let request = request.ok_or_else(|| unfit("the request is gone"))?;
        let headers = request.headers_mut();
        if headers.get(USER_AGENT.as_str()).map(str::as_bytes) == Some(self.user_agent.as_bytes()) {
            headers.remove(USER_AGENT.as_str());
        }
        let (context, bag) = (&mut (&mut self.context).into(), &mut self.bag);
        UserAgentInterceptor::new()
            .modify_before_signing(context, &self.components, bag)
            .map_err(unfit)
    }
}
