//! A stream with or without TLS.

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
#[cfg(feature = "tls")]
use hyper_util::rt::TokioIo;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
#[cfg(feature = "tls")]
use tokio_rustls::client::TlsStream;

/// A stream with or without TLS.
pub(crate) enum MaybeTls<T> {
    Plain(T),
    #[cfg(feature = "tls")]
    Tls(Box<TokioIo<TlsStream<TokioIo<T>>>>),
}

#[cfg(feature = "tls")]
impl<T> MaybeTls<T> {
    pub(super) fn tls(stream: TlsStream<TokioIo<T>>) -> Self {
        Self::Tls(Box::new(TokioIo::new(stream)))
    }
}

impl<T: Connection + Read + Write + Unpin> Connection for MaybeTls<T> {
    fn connected(&self) -> Connected {
        match self {
            Self::Plain(io) => io.connected(),
            #[cfg(feature = "tls")]
            Self::Tls(io) => {
                let (inner, session) = io.inner().get_ref();
                let connected = inner.inner().connected();
                if session.alpn_protocol() == Some(b"h2") {
                    connected.negotiated_h2()
                } else {
                    connected
                }
            }
        }
    }
}

impl<T: Read + Write + Unpin> Read for MaybeTls<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_read(context, buffer),
            #[cfg(feature = "tls")]
            Self::Tls(io) => Pin::new(io).poll_read(context, buffer),
        }
    }
}

impl<T: Read + Write + Unpin> Write for MaybeTls<T> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_write(context, bytes),
            #[cfg(feature = "tls")]
            Self::Tls(io) => Pin::new(io).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_flush(context),
            #[cfg(feature = "tls")]
            Self::Tls(io) => Pin::new(io).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_shutdown(context),
            #[cfg(feature = "tls")]
            Self::Tls(io) => Pin::new(io).poll_shutdown(context),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Plain(io) => io.is_write_vectored(),
            #[cfg(feature = "tls")]
            Self::Tls(io) => io.is_write_vectored(),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_write_vectored(context, slices),
            #[cfg(feature = "tls")]
            Self::Tls(io) => Pin::new(io).poll_write_vectored(context, slices),
        }
    }
}
