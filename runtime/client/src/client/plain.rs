//! Requests without an operation: they are neither signed nor encoded, and their headers and responses aren't logged, because
//! nothing says which parts are secret.

use super::call::Inner;
use super::drivers::checked;
#[cfg(feature = "transfer")]
use super::exchange::Download;
use super::exchange::{How, Http};
use super::resolve;
use crate::error::Failure;
use crate::transport::{RequestBody, ResponseBody};
use bytes::Bytes;
use http::{Request, Response};
use std::pin::pin;

impl Inner {
    fn http(&self) -> &Http {
        self.http.get_or_init(|| Http::new(&self.config))
    }

    /// Sends a request, and reads the whole response.
    pub(crate) async fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> Result<Response<Bytes>, Failure> {
        let url = resolve::shown(request.uri());
        let request = request.map(RequestBody::from);
        let response = self.plain(request, How::default(), &url).await?;
        let (parts, body) = response.into_parts();
        let (status, http) = (parts.status, self.http());
        let body = http.read(status, body, status.is_success(), &url).await?;
        Ok(Response::from_parts(parts, body))
    }

    /// Sends a request to a presigned URL, of which nothing but the origin is shown. The body of the response is read piece
    /// by piece.
    #[cfg(feature = "transfer")]
    pub(crate) async fn presigned_exchange(
        &self,
        request: Request<RequestBody>,
        expects_continue: bool,
    ) -> Result<Response<Download>, Failure> {
        let url = resolve::origin(request.uri());
        let how = How {
            expects_continue,
            ..How::default()
        };
        let response = self.plain(request, how, &url).await?;
        Ok(response.map(|body| self.http().download(body, &url)))
    }

    async fn plain(
        &self,
        request: Request<RequestBody>,
        how: How,
        url: &str,
    ) -> Result<Response<ResponseBody>, Failure> {
        tracing::debug!(method = %request.method(), url, "request");
        let sent = pin!(self.http().send(request, how, url));
        let response = checked(sent).await?;
        tracing::debug!(status = response.status().as_u16(), "response");
        Ok(response)
    }
}
