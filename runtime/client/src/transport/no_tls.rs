//! What stands for TLS without the feature `tls`: an error that says so.

use super::connect::{ConnectError, ConnectErrorKind};
use super::maybe_tls::MaybeTls;
use super::settings::Trust;
use http::Uri;

/// Speaks with nobody.
pub(crate) struct Tls;

impl Tls {
    pub(crate) fn new(_trust: &Trust) -> Self {
        Self
    }

    #[expect(clippy::unused_async, reason = "with TLS it waits for the handshake")]
    pub(super) async fn to_service<T>(
        &self,
        _to: &Uri,
        _io: T,
        _http2_only: bool,
    ) -> Result<MaybeTls<T>, ConnectError> {
        Err(missing())
    }

    #[expect(clippy::unused_async, reason = "with TLS it waits for the handshake")]
    pub(super) async fn to_proxy<T>(&self, _to: &Uri, _io: T) -> Result<MaybeTls<T>, ConnectError> {
        Err(missing())
    }
}

fn missing() -> ConnectError {
    let what = "https needs the feature `tls` of swage-client, which is `default-https-client` of a client's crate; \
        or give the client an HTTP client of your own";
    ConnectError::new(ConnectErrorKind::Tls, what)
}
