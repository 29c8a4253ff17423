//! Retries by the strategy of the official crates: for a partition that is set, and for the adaptive mode.

use super::components;
use super::config::Config;
use crate::error::{Failure, THROTTLING};
use aws_smithy_runtime::client::defaults::default_retry_config_plugin;
use aws_smithy_runtime::client::retries::strategy::StandardRetryStrategy;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{Input, InterceptorContext, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, OrchestratorError};
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryReason, SharedRetryClassifier,
};
use aws_smithy_runtime_api::client::retries::{RequestAttempts, RetryStrategy, ShouldAttempt};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::{ErrorKind, RetryConfig, RetryMode};
use std::sync::Arc;
use std::time::Duration;

/// The quota of one call: what others with the same partition share.
#[derive(Debug)]
pub(crate) struct Quota {
    strategy: Arc<StandardRetryStrategy>,
    components: RuntimeComponents,
    bag: ConfigBag,
    context: InterceptorContext,
}

impl Quota {
    /// The quota that the settings ask for; none if it is the client's own. As in the official crates, the calls of a client
    /// share one strategy, which keeps what the last retry took.
    pub(crate) fn new(config: &Config, strategy: &Arc<StandardRetryStrategy>) -> Option<Self> {
        let retry = config.retry();
        let official = retry.sdk().cloned().unwrap_or_else(|| {
            RetryConfig::standard()
                .with_max_attempts(retry.max_attempts)
                .with_initial_backoff(retry.initial_backoff)
                .with_max_backoff(retry.max_backoff)
        });
        if config.retry_partition.is_none() && official.mode() != RetryMode::Adaptive {
            return None;
        }
        let mut quota = Self {
            strategy: strategy.clone(),
            components: components::of(config),
            bag: components::bag(config),
            context: InterceptorContext::new(Input::erase(())),
        };
        quota.bag.interceptor_state().store_put(official);
        quota.find_bucket(config);
        Some(quota)
    }

    /// Finds the bucket of the partition, as the official crates do: by an interceptor of their defaults.
    fn find_bucket(&mut self, config: &Config) {
        let name = match config.region() {
            Some(region) => format!("{}-{region}", config.service.sdk_id),
            None => config.service.sdk_id.to_owned(),
        };
        let Some(plugin) = default_retry_config_plugin(name) else {
            return;
        };
        if config.retry_partition.is_none()
            && let Some(defaults) = plugin.config()
        {
            let retry = self.bag.load::<RetryConfig>().cloned();
            self.bag.push_shared_layer(defaults);
            self.bag.interceptor_state().store_or_unset(retry);
        }
        self.context.set_request(HttpRequest::empty());
        let others = RuntimeComponentsBuilder::new("swage");
        for interceptor in plugin.runtime_components(&others).interceptors() {
            let context = &mut (&mut self.context).into();
            let found =
                interceptor.modify_before_retry_loop(context, &self.components, &mut self.bag);
            if let Err(error) = found {
                tracing::warn!(%error, "no retry quota");
            }
        }
    }

    /// How long to wait before the first attempt.
    pub(crate) fn before_first(&self) -> Duration {
        let asked = self
            .strategy
            .should_attempt_initial_request(&self.components, &self.bag);
        delay(asked.ok()).unwrap_or_default()
    }

    /// The delay before the next attempt; none if this failure ends the call.
    pub(crate) fn after(
        &mut self,
        number: u32,
        failure: &Failure,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        self.context
            .set_output_or_error(Err(OrchestratorError::other(failure.to_string())));
        let verdict = RetryReason::RetryableError {
            kind: kind(failure),
            retry_after: asked,
        };
        delay(self.ask(number, RetryAction::RetryIndicated(verdict)))
    }

    /// The attempt succeeded: it gives back what it took.
    pub(crate) fn succeeded(&mut self, number: u32) {
        self.context.set_output_or_error(Ok(Output::erase(())));
        self.ask(number, RetryAction::NoActionIndicated);
    }

    fn ask(&mut self, number: u32, verdict: RetryAction) -> Option<ShouldAttempt> {
        let attempts = RequestAttempts::new(number);
        self.bag.interceptor_state().store_put(attempts);
        let mut components = self.components.to_builder();
        let verdict = SharedRetryClassifier::new(Verdict(verdict));
        components.set_retry_classifiers([verdict].into_iter());
        let components = components.build();
        let strategy = &self.strategy;
        let asked = strategy.should_attempt_retry(&self.context, &components.ok()?, &self.bag);
        asked.ok()
    }
}

fn delay(asked: Option<ShouldAttempt>) -> Option<Duration> {
    match asked? {
        ShouldAttempt::Yes => Some(Duration::ZERO),
        ShouldAttempt::YesAfterDelay(delay) => Some(delay),
        ShouldAttempt::No => None,
    }
}

fn kind(failure: &Failure) -> ErrorKind {
    match failure {
        Failure::Service(error) if error.is_called(THROTTLING) || error.status == 429 => {
            ErrorKind::ThrottlingError
        }
        Failure::Service(_) => ErrorKind::ServerError,
        _ => ErrorKind::TransientError,
    }
}

/// What is already known of a failure.
#[derive(Debug)]
struct Verdict(RetryAction);

impl ClassifyRetry for Verdict {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        self.0.clone()
    }

    fn name(&self) -> &'static str {
        "swage"
    }
}
