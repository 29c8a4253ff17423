//! A server on loopback that answers by rules.

use super::Rule;
use crate::client::{Reply, thrown};
use crate::error::EncodeError;
use crate::operation::{Operation, RequestHead, ServerProtocol, Thrown};
use crate::record::Record;
use crate::transport::BoxError;
use aws_smithy_types::body::SdkBody;
use bytes::{Bytes, BytesMut};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// A server on `127.0.0.1` that answers requests by rules, for programs in other processes and in other languages.
///
/// It speaks HTTP/1.1 and the protocol of the rules' services: requests are read into the inputs that the rules match, and
/// their outputs and errors are written as the service would. Signatures aren't verified. A request that no rule answers
/// gets an error that isn't retried, and is listed by [`Server::unanswered`].
///
/// It has a thread of its own, so it answers while a test blocks. Dropping it stops it.
pub struct Server {
    url: String,
    answers: Arc<Answering>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server on a free port.
    ///
    /// # Errors
    ///
    /// There is no free port, or no thread can be started.
    pub fn start<'r>(rules: impl IntoIterator<Item = &'r Rule>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let answers = Arc::new(Answering {
            rules: rules.into_iter().cloned().collect(),
            requests: AtomicUsize::new(0),
            unanswered: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let shared = answers.clone();
        let thread = std::thread::Builder::new().name("mock-server".to_owned());
        let thread = thread.spawn(move || {
            runtime.block_on(async {
                tokio::spawn(accept(listener, shared));
                // The sender is only dropped.
                let _dropped = stopped.await;
            });
        })?;
        Ok(Self {
            url,
            answers,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Returns its URL, such as `http://127.0.0.1:8080`, which is the endpoint URL of clients.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns how many requests arrived, answered or not.
    pub fn num_requests(&self) -> usize {
        self.answers.requests.load(Ordering::SeqCst)
    }

    /// Returns the requests that no rule answered, each with the reason.
    pub fn unanswered(&self) -> Vec<String> {
        self.answers.unanswered().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // It has nothing to say.
            let _ended = thread.join();
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

async fn accept(listener: TcpListener, answers: Arc<Answering>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let answers = answers.clone();
        let service = service_fn(move |request| {
            let answers = answers.clone();
            async move { Ok::<_, Infallible>(answers.serve(request).await) }
        });
        // A client that goes away is no problem of the server.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// The rules, and what happened.
struct Answering {
    rules: Vec<Rule>,
    requests: AtomicUsize,
    unanswered: Mutex<Vec<String>>,
}

/// Why there is no answer.
struct Problem(String);

impl From<EncodeError> for Problem {
    fn from(error: EncodeError) -> Self {
        Self(format!("the answer can't be given: {error}"))
    }
}

/// An operation that a request calls, and its protocol.
type Called = (&'static Operation, &'static dyn ServerProtocol);

impl Answering {
    fn unanswered(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.unanswered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, request: Request<Incoming>) -> Response<SdkBody> {
        let number = self.requests.fetch_add(1, Ordering::SeqCst) + 1;
        let (head, body) = request.into_parts();
        let mut response = match collect(body).await {
            Ok(body) => self.respond(&head, body),
            Err(error) => self.refuse(&head, None, &format!("the body broke off: {error}")),
        };
        let headers = response.headers_mut();
        headers
            .entry("x-amzn-requestid")
            .or_insert(HeaderValue::from(number));
        response.map(SdkBody::from)
    }

    fn respond(&self, head: &RequestHead, body: Bytes) -> Response<Bytes> {
        let Some(called) = self.called(head, &body) else {
            return self.refuse(head, None, "no rule is for this operation");
        };
        self.answer(called, head, body)
            .unwrap_or_else(|Problem(problem)| self.refuse(head, Some(called), &problem))
    }

    /// The operation of a request: of several that fit, the one with the most specific path.
    fn called(&self, head: &RequestHead, body: &[u8]) -> Option<Called> {
        let operations = self.rules.iter().filter_map(|rule| {
            let operation = rule.operation();
            Some((operation, operation.service.protocol.server()?))
        });
        operations
            .filter(|(operation, protocol)| protocol.is_for(operation, head, body))
            .max_by_key(|(operation, _)| specificity(operation.uri))
    }

    fn answer(
        &self,
        (operation, protocol): Called,
        head: &RequestHead,
        body: Bytes,
    ) -> Result<Response<Bytes>, Problem> {
        let mut input = Record::new(operation.input);
        protocol
            .read_request(operation, head, body, &mut input)
            .map_err(|error| Problem(format!("the request can't be read: {error}")))?;
        let mut rules = self.rules.iter();
        let answer = rules.find_map(|rule| rule.answer(operation, &input));
        let missing = || Problem(format!("no rule matches this call of {}", operation.name));
        match answer.ok_or_else(missing)?().map_err(Problem)? {
            Reply::Http(response) => Ok(response),
            Reply::Output(mut output) => Ok(protocol.respond(operation, &mut *output)?),
            Reply::Error(error) => Ok(protocol.fail(operation, &thrown(&*error))?),
        }
    }

    /// The response to a request that can't be answered.
    fn refuse(&self, head: &RequestHead, called: Option<Called>, problem: &str) -> Response<Bytes> {
        let (method, path) = (&head.method, head.uri.path());
        self.unanswered()
            .push(format!("{method} {path}: {problem}"));
        let message = format!("mock: {problem}");
        let error = Thrown {
            name: "Unanswered",
            message: Some(&message),
            modeled: None,
        };
        let response =
            called.and_then(|(operation, protocol)| protocol.fail(operation, &error).ok());
        response.unwrap_or_else(|| {
            let mut response = Response::new(message.into());
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        })
    }
}

/// How specific a URI pattern is: the number of its literal segments, that of its segments, and that of its literals in the
/// query.
fn specificity(uri: &str) -> (usize, usize, usize) {
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let literals = segments.clone().filter(|segment| !segment.starts_with('{'));
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    (literals.count(), segments.count(), parameters.count())
}

async fn collect(mut body: Incoming) -> Result<Bytes, BoxError> {
    let mut whole = BytesMut::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(data) = frame?.into_data() {
            whole.extend_from_slice(&data);
        }
    }
    Ok(whole.freeze())
}
