//! `Expect: 100-continue` (RFC 9110, section 10.1.1): the body waits until the service has seen the head.

use super::{BoxError, RequestBody};
use http::header::{EXPECT, HeaderValue};
use http::{Request, StatusCode};
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

/// The body is sent after this time without any response: the service may not know the expectation.
const WAIT: Duration = Duration::from_secs(1);
/// How long the response that takes the place of the body may last. Then the connection is closed.
const LINGER: Duration = Duration::from_secs(10);

/// What a body waits for. It fails if the body isn't wanted.
pub(super) type Gate = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + Sync>>;

/// Ends the wait of a body.
#[derive(Clone)]
pub(super) struct Signal(Arc<Mutex<Option<oneshot::Sender<bool>>>>);

impl Signal {
    /// An interim response has come.
    pub(super) fn interim(&self, status: StatusCode) {
        if status == StatusCode::CONTINUE {
            self.send(true);
        }
    }

    /// The response has come.
    pub(super) fn answered(&self) {
        self.send(false);
    }

    fn send(&self, is_wanted: bool) {
        let mut sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = sender.take() {
            // Nobody listens any more when the body is on its way.
            let _ = sender.send(is_wanted);
        }
    }
}

/// Makes the body of a request wait.
pub(super) fn expect_continue(request: &mut Request<RequestBody>) -> Signal {
    let (sender, receiver) = oneshot::channel();
    let headers = request.headers_mut();
    headers.insert(EXPECT, HeaderValue::from_static("100-continue"));
    request.body_mut().wait_for(Box::pin(wait(receiver)));
    Signal(Arc::new(Mutex::new(Some(sender))))
}

async fn wait(signal: oneshot::Receiver<bool>) -> Result<(), BoxError> {
    match timeout(WAIT, signal).await {
        Err(_) | Ok(Ok(true)) => Ok(()),
        Ok(Ok(false) | Err(_)) => {
            sleep(LINGER).await;
            Err(Box::new(NotWanted))
        }
    }
}

/// The service answered without the body.
#[derive(Debug)]
struct NotWanted;

impl fmt::Display for NotWanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service answered before the body was sent")
    }
}

impl std::error::Error for NotWanted {}
