//! The ids that a service gives to a request.

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

/// The header with the extended request id.
pub(crate) const EXTENDED: &str = "x-amz-id-2";
