//! What hooks see, and what their errors and those of connectors become.

use crate::interceptors::{Done, config, message};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::interceptors::context::Output;
use aws_smithy_types::retry::ErrorKind;
use connectparticipant::config::http::{HttpRequest, HttpResponse};
use connectparticipant::config::interceptors::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextMut,
    BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextMut,
    FinalizerInterceptorContextRef,
};
use connectparticipant::config::retry::RetryConfig;
use connectparticipant::config::{ConfigBag, Credentials, Intercept, Region, RuntimeComponents};
use connectparticipant::error::{ConnectorError, SdkError};
use connectparticipant::operation::get_transcript::{GetTranscriptInput, GetTranscriptOutput};
use connectparticipant::operation::send_message::SendMessageOutput;
use connectparticipant::presigning::PresigningConfig;
use connectparticipant::{Client, Config};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};
use swage_tests::server::{Answer, Server};

/// Fails in one hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FailsIn {
    BeforeSerialization,
    RetryLoop,
    Signing,
    Deserialization,
    Completion,
}

impl FailsIn {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "hooks have a reference")]
    fn check(&self, at: Self) -> Done {
        if *self == at {
            return Err("not now".into());
        }
        Ok(())
    }
}

/// A hook that fails in one stage.
macro_rules! fails {
    ($($hook:ident, $context:ty => $at:ident;)*) => {$(
        fn $hook(&self, _: &mut $context, _: &RuntimeComponents, _: &mut ConfigBag) -> Done {
            self.check(Self::$at)
        }
    )*};
}

impl Intercept for FailsIn {
    fn name(&self) -> &'static str {
        "FailsIn"
    }

    fails! {
        modify_before_serialization, BeforeSerializationInterceptorContextMut<'_> => BeforeSerialization;
        modify_before_retry_loop, BeforeTransmitInterceptorContextMut<'_> => RetryLoop;
        modify_before_signing, BeforeTransmitInterceptorContextMut<'_> => Signing;
        modify_before_deserialization, BeforeDeserializationInterceptorContextMut<'_> => Deserialization;
        modify_before_completion, FinalizerInterceptorContextMut<'_> => Completion;
    }
}

#[tokio::test]
async fn errors_of_hooks_have_the_kind_of_their_stage() {
    for (at, kind) in [
        (FailsIn::BeforeSerialization, "construction"),
        (FailsIn::RetryLoop, "dispatch"),
        (FailsIn::Signing, "dispatch"),
        (FailsIn::Deserialization, "response"),
        (FailsIn::Completion, "response"),
    ] {
        let server = Server::start(vec![Answer::json("{}")]);
        let client = Client::from_conf(config(&server).interceptor(at).build());
        let error = message(&client).send().await.expect_err("not now");
        let found = match &error {
            SdkError::ConstructionFailure(_) => "construction",
            SdkError::DispatchFailure(of) if of.is_other() => "dispatch",
            SdkError::ResponseError(of) if of.raw().status().as_u16() == 200 => "response",
            other => panic!("{other:?}"),
        };
        assert_eq!(found, kind, "{at:?}");
        let text = error.to_string();
        assert!(
            text.contains("FailsIn") && text.ends_with("not now"),
            "{text}"
        );
        let flat = connectparticipant::Error::from(error).to_string();
        assert!(flat.contains("not now"), "{flat}");
        let sent = matches!(at, FailsIn::Deserialization | FailsIn::Completion);
        assert_eq!(server.requests().len(), usize::from(sent), "{at:?}");
    }
}

/// Makes a success of every failure.
#[derive(Debug)]
struct Forgives;

impl Intercept for Forgives {
    fn name(&self) -> &'static str {
        "Forgives"
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        let output = SendMessageOutput::builder().id("instead").build();
        context
            .inner_mut()
            .set_output_or_error(Ok(Output::erase(output)));
        Ok(())
    }
}

#[tokio::test]
async fn a_hook_replaces_a_failure() {
    let server = Server::start(vec![Answer::status(400, "{}")]);
    let client = Client::from_conf(config(&server).interceptor(Forgives).build());
    let output = message(&client).send().await.expect("forgiven");
    assert_eq!(output.id(), Some("instead"));
}

/// A connector that fails.
#[derive(Clone, Copy, Debug)]
struct Broken(fn() -> ConnectorError);

impl HttpConnector for Broken {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(Err((self.0)()))
    }
}

#[tokio::test]
async fn errors_of_connectors_keep_their_kind() {
    let kinds: [(fn() -> ConnectorError, _); 5] = [
        (
            || ConnectorError::timeout("late".into()),
            (true, false, false, None),
        ),
        (
            || ConnectorError::user("mine".into()),
            (false, true, false, None),
        ),
        (
            || ConnectorError::io("broken".into()),
            (false, false, true, None),
        ),
        (
            || ConnectorError::other("odd".into(), None),
            (false, false, false, None),
        ),
        (
            || ConnectorError::other("busy".into(), Some(ErrorKind::ServerError)),
            (false, false, false, Some(ErrorKind::ServerError)),
        ),
    ];
    for (error, kind) in kinds {
        let client = Config::builder()
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "a-secret", None, None, "test"))
            .retry_config(RetryConfig::disabled())
            .http_client(http_client_fn(move |_, _| {
                SharedHttpConnector::new(Broken(error))
            }));
        let error = message(&Client::from_conf(client.build())).send().await;
        let SdkError::DispatchFailure(of) = error.expect_err("an error") else {
            panic!("another kind")
        };
        assert_eq!(
            (of.is_timeout(), of.is_user(), of.is_io(), of.as_other()),
            kind
        );
        assert!(of.as_connector_error().is_some());
    }
}

/// Notes inputs and outputs, and changes inputs.
#[derive(Clone, Debug, Default)]
struct Numbers(Arc<Mutex<Vec<String>>>);

impl Intercept for Numbers {
    fn name(&self) -> &'static str {
        "Numbers"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        let input = context.input_mut().downcast_mut::<GetTranscriptInput>();
        let contact = &mut input.expect("its type").contact_id;
        *contact = Some(format!("{}!", contact.as_deref().unwrap_or_default()));
        self.0.lock().expect("a lock").extend(contact.clone());
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        let output = context.output_or_error().and_then(Result::ok);
        let output = output.and_then(|of| of.downcast_ref::<GetTranscriptOutput>());
        let next = output.expect("its type").next_token.clone();
        self.0.lock().expect("a lock").extend(next);
        Ok(())
    }
}

#[tokio::test]
async fn interceptors_see_inputs_and_outputs_of_pages() {
    let server = Server::start(vec![
        Answer::json(r#"{"NextToken": "page 2"}"#),
        Answer::json("{}"),
    ]);
    let seen = Numbers::default();
    let client = Client::from_conf(config(&server).interceptor(seen.clone()).build());
    let pages = client
        .get_transcript()
        .contact_id("c")
        .connection_token("t");
    let mut pages = pages.into_paginator().send();
    while let Some(page) = pages.next().await {
        page.expect("a page");
    }
    // Each page begins with the caller's input.
    assert_eq!(*seen.0.lock().expect("a lock"), ["c!", "page 2", "c!"]);
    assert!(server.requests()[1].body.contains("page 2"));
}

/// What interceptors leave for the HTTP client.
#[derive(Clone, Debug, PartialEq)]
struct Note<const STAGE: usize>;

#[derive(Debug)]
struct Noting;

impl Intercept for Noting {
    fn name(&self) -> &'static str {
        "Noting"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        context.request_mut().add_extension(Note::<0>);
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        context.request_mut().add_extension(Note::<1>);
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        context.request_mut().add_extension(Note::<2>);
        Ok(())
    }
}

/// Fails once, and records which notes a request has in a version of http.
#[derive(Clone, Debug)]
struct Reads {
    older: bool,
    seen: Arc<Mutex<Vec<[bool; 3]>>>,
}

impl HttpConnector for Reads {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        macro_rules! notes {
            ($request:expr) => {{
                let request = $request.expect("a request of that version");
                assert!(request.headers().contains_key("authorization"));
                let of = request.extensions();
                [
                    of.get::<Note<0>>().is_some(),
                    of.get::<Note<1>>().is_some(),
                    of.get::<Note<2>>().is_some(),
                ]
            }};
        }
        let notes = if self.older {
            notes!(request.try_into_http02x())
        } else {
            notes!(request.try_into_http1x())
        };
        let mut seen = self.seen.lock().expect("a lock");
        seen.push(notes);
        let status: u16 = if seen.len() == 1 { 500 } else { 200 };
        let status = status.try_into().expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, "{}".into())))
    }
}

/// As in the official crates, what was added before the first attempt is there for that one alone.
#[tokio::test]
async fn http_clients_get_the_extensions_in_both_versions_of_http() {
    for older in [true, false] {
        let seen = Arc::<Mutex<Vec<_>>>::default();
        let reads = Reads {
            older,
            seen: seen.clone(),
        };
        let config = Config::builder()
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "a-secret", None, None, "test"))
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::ZERO))
            .interceptor(Noting)
            .http_client(http_client_fn(move |_, _| {
                SharedHttpConnector::new(reads.clone())
            }));
        let answer = message(&Client::from_conf(config.build())).send().await;
        answer.expect("an answer");
        let seen = seen.lock().expect("a lock");
        assert_eq!(*seen, [[true; 3], [false, true, true]], "{older}");
    }
}

#[tokio::test]
async fn presigned_requests_are_changed_before_they_are_signed() {
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "a-secret", None, None, "test"));
    let client = Client::from_conf(config.build());
    let valid = PresigningConfig::builder()
        .start_time(UNIX_EPOCH)
        .expires_in(Duration::from_mins(1));
    let valid = valid.build().expect("a time");
    let request = || client.describe_view().view_token("v").connection_token("t");
    let presigned = request().presigned(valid.clone()).await.expect("a request");
    let changed = request()
        .customize()
        .mutate_request(|request| {
            let url = format!("{}?a=b", request.uri());
            request.set_uri(url).expect("a URL");
            request.headers_mut().insert("x-own", "1");
        })
        .presigned(valid);
    let changed = changed.await.expect("a request");
    assert!(changed.uri().contains("?a=b&X-Amz-"), "{}", changed.uri());
    assert!(changed.uri().contains("x-own"), "{}", changed.uri());
    assert!(changed.headers().any(|header| header == ("x-own", "1")));
    let signature = |url: &str| {
        url.split_once("X-Amz-Signature=")
            .map(|of| of.1[..64].to_owned())
    };
    assert_ne!(signature(changed.uri()), signature(presigned.uri()));
}
