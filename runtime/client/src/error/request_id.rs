//! The ids that a service gives to a request.

#[cfg(feature = "client")]
use aws_smithy_runtime_api::http::{Headers, Response};
use std::fmt;

#[cfg(feature = "client")]
pub use aws_types::request_id::RequestId;

/// Gives the second id that Amazon S3 has for a request, from the header `x-amz-id-2`.
pub trait RequestIdExt {
    /// Returns the extended request id, or `None` if there was no response or it has none.
    fn extended_request_id(&self) -> Option<&str>;
}

impl<O: RequestIdExt, E: RequestIdExt> RequestIdExt for Result<O, E> {
    fn extended_request_id(&self) -> Option<&str> {
        match self {
            Ok(output) => output.extended_request_id(),
            Err(error) => error.extended_request_id(),
        }
    }
}

#[cfg(feature = "client")]
impl<B> RequestIdExt for Response<B> {
    fn extended_request_id(&self) -> Option<&str> {
        self.headers().extended_request_id()
    }
}

#[cfg(feature = "client")]
impl RequestIdExt for Headers {
    fn extended_request_id(&self) -> Option<&str> {
        self.get(EXTENDED)
    }
}

/// The ids of the response that an output came with; nothing if the output was made by hand. All are equal: outputs are equal if
/// their members are.
#[derive(Clone, Default)]
pub struct RequestIds(Option<Box<Ids>>);

#[derive(Clone)]
struct Ids {
    request_id: Option<String>,
    extended: Option<String>,
}

impl RequestIds {
    /// The ids of a response with these headers.
    #[cfg(feature = "client")]
    pub(crate) fn new(request_id: Option<&str>, headers: &http::HeaderMap) -> Self {
        let extended = headers.get(EXTENDED).and_then(|id| id.to_str().ok());
        let is_known = request_id.is_some() || extended.is_some();
        Self(is_known.then(|| {
            Box::new(Ids {
                request_id: request_id.map(str::to_owned),
                extended: extended.map(str::to_owned),
            })
        }))
    }

    /// Returns the request id.
    pub fn request_id(&self) -> Option<&str> {
        self.0.as_ref()?.request_id.as_deref()
    }

    /// Returns the second request id of Amazon S3.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.0.as_ref()?.extended.as_deref()
    }
}

impl PartialEq for RequestIds {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl fmt::Debug for RequestIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request_id().fmt(f)
    }
}

/// The header with the extended request id.
pub(crate) const EXTENDED: &str = "x-amz-id-2";
