//! An HTTP server (1.1 and 2) on loopback that records requests and answers as told.
//!
//! It is also a proxy for any host, so that clients can use the URLs of a case.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;

/// A request as it arrived.
pub(crate) struct Received {
    pub(crate) method: Method,
    /// The Host header.
    pub(crate) host: String,
    pub(crate) path: String,
    /// Still encoded.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// The server.
pub(crate) struct Server {
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answer: Response<Bytes>,
    received: Vec<Received>,
}

impl Server {
    pub(crate) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::<Mutex<State>>::default();
        tokio::spawn(accept(listener, state.clone()));
        Ok(Self { url, state })
    }

    /// Sets the response, and clears the recorded requests.
    pub(crate) fn answer(&self, answer: Response<Bytes>) {
        *lock(&self.state) = State {
            answer,
            received: Vec::new(),
        };
    }

    /// The recorded requests.
    pub(crate) fn received(&self) -> Vec<Received> {
        std::mem::take(&mut lock(&self.state).received)
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = state.clone();
        let service = service_fn(move |request| serve(request, state.clone()));
        // A client that goes away is none of the server's business.
        tokio::spawn(async move {
            let http = auto::Builder::new(TokioExecutor::new());
            http.serve_connection(TokioIo::new(stream), service).await
        });
    }
}

async fn serve(
    request: Request<Incoming>,
    state: Arc<Mutex<State>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes);
    let host = head.headers.get(http::header::HOST);
    let received = Received {
        method: head.method,
        host: host.map_or_else(String::new, |host| {
            String::from_utf8_lossy(host.as_bytes()).into_owned()
        }),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body: body.unwrap_or_default(),
    };
    let mut state = lock(&state);
    state.received.push(received);
    Ok(state.answer.clone().map(Full::new))
}
