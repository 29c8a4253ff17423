//! Interceptors and customized calls, as in programs for the official crates.

use connectparticipant::config::http::HttpRequest;
use connectparticipant::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
    BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
    FinalizerInterceptorContextRef,
};
use connectparticipant::config::retry::{ClassifyRetry, RetryAction, RetryConfig};
use connectparticipant::config::{
    AppName, ConfigBag, Credentials, Intercept, Region, RuntimeComponents, Token,
};
use connectparticipant::error::BoxError;
use connectparticipant::operation::send_message::{
    SendMessageError, SendMessageInput, SendMessageOutput,
};
use connectparticipant::{Client, Config};
use std::sync::{Arc, Mutex};
use swage_tests::server::{Answer, Server};

pub(crate) type Done = Result<(), BoxError>;

/// Records which hooks ran, and uses what each of them is given.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Recorder {
    #[allow(clippy::unnecessary_wraps, reason = "hooks end with it")]
    fn saw(&self, what: impl Into<String>) -> Done {
        self.0.lock().expect("a lock").push(what.into());
        Ok(())
    }

    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("a lock"))
    }
}

/// Hooks that only note their name.
macro_rules! notes {
    ($($hook:ident: $context:ty;)*) => {$(
        fn $hook(&self, _: &$context, _: &RuntimeComponents, _: &mut ConfigBag) -> Done {
            self.saw(stringify!($hook))
        }
    )*};
}

impl Intercept for Recorder {
    fn name(&self) -> &'static str {
        "Recorder"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &mut ConfigBag,
    ) -> Done {
        let input = context.input().downcast_ref::<SendMessageInput>();
        self.saw(format!(
            "read_before_execution {:?}",
            input.and_then(|of| of.content.clone())
        ))
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        let input = context.input_mut().downcast_mut::<SendMessageInput>();
        input.expect("the input").content = Some("changed".to_owned());
        self.saw("modify_before_serialization")
    }

    notes! {
        read_before_serialization: BeforeSerializationInterceptorContextRef<'_>;
        read_after_serialization: BeforeTransmitInterceptorContextRef<'_>;
        read_before_attempt: BeforeTransmitInterceptorContextRef<'_>;
        read_before_signing: BeforeTransmitInterceptorContextRef<'_>;
        read_before_transmit: BeforeTransmitInterceptorContextRef<'_>;
        read_after_transmit: BeforeDeserializationInterceptorContextRef<'_>;
        read_before_deserialization: BeforeDeserializationInterceptorContextRef<'_>;
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        context.request_mut().headers_mut().insert("x-loop", "1");
        self.saw("modify_before_retry_loop")
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Done {
        assert!(components.time_source().is_some());
        let region = bag.load::<Region>().map(ToString::to_string);
        let request = context.request_mut();
        request
            .headers_mut()
            .insert("x-region", region.unwrap_or_default());
        let uri = format!("{}?extra=1", request.uri());
        request.set_uri(uri)?;
        self.saw("modify_before_signing")
    }

    fn read_after_signing(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        let signature = context.request().headers().get("authorization");
        assert!(
            signature.is_some_and(|text| text.contains("x-region")),
            "{signature:?}"
        );
        self.saw("read_after_signing")
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        context.request_mut().headers_mut().insert("x-late", "1");
        self.saw("modify_before_transmit")
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        let status = context.response_mut().status().as_u16();
        self.saw(format!("modify_before_deserialization {status}"))
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        let what = match context.output_or_error() {
            Ok(output) => {
                let output = output.downcast_ref::<SendMessageOutput>();
                format!("{:?}", output.and_then(|of| of.id.clone()))
            }
            Err(error) => {
                let error = error.as_operation_error();
                let error = error.and_then(|error| error.downcast_ref::<SendMessageError>());
                error.expect("its type").to_string()
            }
        };
        assert!(context.response().body().bytes().is_some());
        self.saw(format!("read_after_deserialization {what}"))
    }

    fn modify_before_attempt_completion(
        &self,
        _: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        self.saw("modify_before_attempt_completion")
    }

    fn read_after_attempt(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        self.saw("read_after_attempt")
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        if let Some(Ok(output)) = context.output_or_error_mut() {
            let output = output.downcast_mut::<SendMessageOutput>();
            output.expect("its type").absolute_time = Some("now".to_owned());
        }
        self.saw("modify_before_completion")
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        let failed = context.output_or_error().is_some_and(|of| of.is_err());
        self.saw(format!("read_after_execution failed={failed}"))
    }
}

pub(crate) fn config(server: &Server) -> connectparticipant::config::Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(&server.url)
        .credentials_provider(Credentials::new("AKID", "a-secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
}

pub(crate) fn message(
    client: &Client,
) -> connectparticipant::operation::send_message::builders::SendMessageFluentBuilder {
    let request = client.send_message().content_type("text/plain");
    request.content("hello").connection_token("a-token")
}

#[tokio::test]
async fn all_hooks_run_in_order_and_can_change_the_call() {
    let server = Server::start(vec![Answer::json(r#"{"Id": "m-1"}"#)]);
    let recorder = Recorder::default();
    let client = Client::from_conf(config(&server).interceptor(recorder.clone()).build());
    let output = message(&client).send().await.expect("an answer");
    assert_eq!(output.id.as_deref(), Some("m-1"));
    assert_eq!(output.absolute_time.as_deref(), Some("now"));
    let request = server.requests().remove(0);
    assert_eq!(request.line, "POST /participant/message?extra=1 HTTP/1.1");
    assert!(request.body.contains("changed"), "{}", request.body);
    for (name, value) in [("x-loop", "1"), ("x-region", "us-east-1"), ("x-late", "1")] {
        assert_eq!(request.header(name), Some(value));
    }
    let expected = [
        "read_before_execution Some(\"hello\")",
        "modify_before_serialization",
        "read_before_serialization",
        "read_after_serialization",
        "modify_before_retry_loop",
        "read_before_attempt",
        "modify_before_signing",
        "read_before_signing",
        "read_after_signing",
        "modify_before_transmit",
        "read_before_transmit",
        "read_after_transmit",
        "modify_before_deserialization 200",
        "read_before_deserialization",
        "read_after_deserialization Some(\"m-1\")",
        "modify_before_attempt_completion",
        "read_after_attempt",
        "modify_before_completion",
        "read_after_execution failed=false",
    ];
    assert_eq!(recorder.seen(), expected);
}

#[tokio::test]
async fn an_error_of_the_service_has_its_type() {
    let body = r#"{"__type": "ValidationException", "Message": "no"}"#;
    let server = Server::start(vec![Answer::status(400, body)]);
    let recorder = Recorder::default();
    let client = Client::from_conf(config(&server).interceptor(recorder.clone()).build());
    let error = message(&client).send().await.expect_err("an error");
    assert!(
        error
            .as_service_error()
            .is_some_and(SendMessageError::is_validation_exception)
    );
    let seen = recorder.seen();
    let error = seen
        .iter()
        .find(|seen| seen.starts_with("read_after_deserialization"));
    assert!(
        error.is_some_and(|error| error.contains("ValidationException: no")),
        "{seen:?}"
    );
    assert_eq!(
        seen.last().map(String::as_str),
        Some("read_after_execution failed=true")
    );
}

#[tokio::test]
async fn a_call_with_settings_of_its_own() {
    let (first, second) = (
        Server::start(vec![Answer::json("{}")]),
        Server::start(vec![Answer::json("{}")]),
    );
    let client = Client::from_conf(config(&first).build());
    let of_call = Config::builder()
        .endpoint_url(&second.url)
        .app_name(AppName::new("one-call").expect("a name"));
    let request = message(&client).customize().config_override(of_call);
    let request = request.mutate_request(|request| {
        request.headers_mut().insert("x-mutated", "1");
    });
    let request = request.map_request(|mut request: HttpRequest| {
        let body = request.body().bytes().unwrap_or_default().len();
        request.headers_mut().insert("x-length", body.to_string());
        Ok::<_, std::convert::Infallible>(request)
    });
    request.send().await.expect("an answer");
    assert_eq!(first.requests().len(), 0);
    let request = second.requests().remove(0);
    assert_eq!(request.header("x-mutated"), Some("1"));
    assert_eq!(
        request.header("x-length"),
        Some(request.body.len().to_string().as_str())
    );
    let agent = request.header("user-agent").expect("a user agent");
    assert!(agent.ends_with("app/one-call"), "{agent}");
    let signature = request.header("authorization").expect("a signature");
    assert!(
        signature.contains("AKID") && signature.contains("x-mutated"),
        "{signature}"
    );
    message(&client).send().await.expect("an answer");
    assert_eq!(first.requests().len(), 1);
}

#[derive(Debug)]
struct Refuses;

impl Intercept for Refuses {
    fn name(&self) -> &'static str {
        "Refuses"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Done {
        Err("not today".into())
    }
}

#[tokio::test]
async fn an_error_of_a_hook_fails_the_call() {
    let server = Server::start(vec![Answer::json("{}")]);
    let client = Client::from_conf(config(&server).build());
    let call = message(&client).customize().interceptor(Refuses);
    let error = call.send().await.expect_err("refused");
    let text = error.to_string();
    assert!(text.starts_with("Refuses read_before_transmit "), "{text}");
    assert!(text.ends_with(": not today"), "{text}");
    assert!(server.requests().is_empty());
}

/// Retries what isn't retried otherwise.
#[derive(Debug)]
struct Persistent;

impl ClassifyRetry for Persistent {
    fn classify_retry(
        &self,
        context: &connectparticipant::config::interceptors::InterceptorContext,
    ) -> RetryAction {
        match context.output_or_error() {
            Some(Err(_)) => RetryAction::server_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "Persistent"
    }
}

#[tokio::test]
async fn a_classifier_decides_what_is_retried() {
    let server = Server::start(vec![Answer::status(400, "{}"), Answer::json("{}")]);
    let backoff = std::time::Duration::from_millis(1);
    let retry = RetryConfig::standard().with_initial_backoff(backoff);
    let config = config(&server)
        .retry_config(retry)
        .retry_classifier(Persistent);
    let client = Client::from_conf(config.bearer_token(Token::new("t", None)).build());
    message(&client)
        .send()
        .await
        .expect("the second attempt succeeds");
    assert_eq!(server.requests().len(), 2);
}
