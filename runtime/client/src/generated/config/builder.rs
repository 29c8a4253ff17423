//! The macro that makes `Config` and its builder.

/// Makes `Config` and its builder, for the service of that static.
#[doc(hidden)]
#[macro_export]
macro_rules! client_config {
    ($service:path) => {
        use $crate::__private::config as official;

        /// The settings of a client.
        #[derive(Clone, Debug)]
        pub struct Config(pub(crate) ::std::sync::Arc<official::Settings>);

        /// Builds a [`Config`].
        #[derive(Clone, Debug)]
        pub struct Builder(pub(crate) official::Settings);

        $crate::auth_schemes!($service);

        $crate::client_config!(@setters {
            /// The region of endpoint and signature.
            region: impl Into<Option<Region>> => into, set_region: Region => region;
            /// The endpoint, instead of that of the endpoint rules.
            endpoint_url: impl Into<String> => some_into, set_endpoint_url: String => endpoint_url;
            /// Whether to use endpoints that comply with FIPS 140.
            use_fips: impl Into<bool> => some_into, set_use_fips: bool => use_fips;
            /// Whether to use endpoints that support both IPv4 and IPv6.
            use_dual_stack: impl Into<bool> => some_into, set_use_dual_stack: bool => use_dual_stack;
            /// The source of credentials.
            credentials_provider: impl ProvideCredentials + 'static => shared SharedCredentialsProvider,
                set_credentials_provider: SharedCredentialsProvider => credentials;
            /// The HTTP client that sends requests, instead of the default one.
            http_client: impl HttpClient + 'static => shared SharedHttpClient,
                set_http_client: SharedHttpClient => http_client;
            /// The clock.
            time_source: impl TimeSource + 'static => shared SharedTimeSource,
                set_time_source: SharedTimeSource => time;
            /// The timer of retries.
            sleep_impl: impl AsyncSleep + 'static => shared SharedAsyncSleep,
                set_sleep_impl: SharedAsyncSleep => sleep;
            /// The source of the ids of calls.
            invocation_id_generator: impl InvocationIdGenerator + 'static => shared SharedInvocationIdGenerator,
                set_invocation_id_generator: SharedInvocationIdGenerator => invocation_ids;
            /// Whom a quota of retries is shared with. Default: the clones of a client.
            retry_partition: retry::RetryPartition => some, set_retry_partition: retry::RetryPartition => retry_partition;
            /// How calls are retried.
            retry_config: retry::RetryConfig => some_into, set_retry_config: retry::RetryConfig => retry into;
            /// The time limits.
            timeout_config: timeout::TimeoutConfig => some, set_timeout_config: timeout::TimeoutConfig => timeouts;
            /// Ends stalled transfers.
            stalled_stream_protection: StalledStreamProtectionConfig => some,
                set_stalled_stream_protection: StalledStreamProtectionConfig => stalled_streams;
            /// The name of the application in the user agent.
            app_name: AppName => some, set_app_name: AppName => app_name;
            /// The preferred authentication schemes.
            auth_scheme_preference: impl Into<AuthSchemePreference> => some_into,
                set_auth_scheme_preference: AuthSchemePreference => auth_preference;
            /// The regions in which `sigv4a` signatures are valid.
            sigv4a_signing_region_set: impl Into<SigningRegionSet> => some_into,
                set_sigv4a_signing_region_set: SigningRegionSet => region_set;
            /// Whether endpoints of the caller's AWS account are used.
            account_id_endpoint_mode: AccountIdEndpointMode => some,
                set_account_id_endpoint_mode: AccountIdEndpointMode => account_id_mode;
            /// When requests have a checksum.
            request_checksum_calculation: RequestChecksumCalculation => some,
                set_request_checksum_calculation: RequestChecksumCalculation => request_checksums;
            /// When responses are checked.
            response_checksum_validation: ResponseChecksumValidation => some,
                set_response_checksum_validation: ResponseChecksumValidation => response_checksums;
            /// Turns off the compression of requests.
            disable_request_compression: impl Into<Option<bool>> => into,
                set_disable_request_compression: bool => disable_compression;
            /// The minimum size in bytes of a request to be compressed.
            request_min_compression_size_bytes: impl Into<Option<u32>> => into,
                set_request_min_compression_size_bytes: u32 => min_compression_size;
            /// The size in bytes of the chunks in which streams with a trailing checksum are sent; `None` for a single chunk.
            aws_chunked_encoding_chunk_size: Option<usize> => some,
                set_aws_chunked_encoding_chunk_size: Option<usize> => chunk_size;
            /// Signs with the local clock even if the service says that it is wrong.
            disable_clock_skew_correction: impl Into<Option<bool>> => into,
                set_disable_clock_skew_correction: bool => disable_clock_correction;
            /// The source of idempotency tokens.
            idempotency_token_provider: impl Into<IdempotencyTokenProvider> => some_into,
                set_idempotency_token_provider: IdempotencyTokenProvider => tokens;
            /// The version of the defaults. All versions have the same defaults here.
            behavior_version: BehaviorVersion => some, set_behavior_version: BehaviorVersion => behavior_version;
        });

        $crate::client_config!(@getters {
            /// The region.
            region: &official::Region = |settings| settings.region.as_ref();
            /// The time limits.
            timeout_config: &official::timeout::TimeoutConfig = |settings| settings.timeouts.as_ref();
            /// How calls are retried.
            retry_config: &official::retry::RetryConfig = |settings| settings.retry.as_ref()?.sdk();
            /// Whom a quota of retries is shared with.
            retry_partition: &official::retry::RetryPartition = |settings| settings.retry_partition.as_ref();
            /// The cache of credentials and tokens.
            identity_cache: official::SharedIdentityCache = |settings| settings.identity_cache.clone();
            /// The source of the ids of calls.
            invocation_id_generator: official::SharedInvocationIdGenerator = |settings| settings.invocation_ids.clone();
            /// Whether stalled transfers are ended.
            stalled_stream_protection: &official::StalledStreamProtectionConfig = |settings| settings.stalled_streams.as_ref();
            /// The HTTP client.
            http_client: official::SharedHttpClient = |settings| settings.http_client.clone();
            /// The clock.
            time_source: official::SharedTimeSource = |settings| settings.time.clone();
            /// The timer of retries.
            sleep_impl: official::SharedAsyncSleep = |settings| settings.sleep.clone();
            /// The name of the application.
            app_name: &official::AppName = |settings| settings.app_name.as_ref();
            /// The preferred authentication schemes.
            auth_scheme_preference: &official::AuthSchemePreference = |settings| settings.auth_preference.as_ref();
            /// The regions in which `sigv4a` signatures are valid.
            sigv4a_signing_region_set: &official::SigningRegionSet = |settings| settings.region_set.as_ref();
            /// When requests have a checksum.
            request_checksum_calculation: &official::RequestChecksumCalculation = |settings| settings.request_checksums.as_ref();
            /// When responses are checked.
            response_checksum_validation: &official::ResponseChecksumValidation = |settings| settings.response_checksums.as_ref();
            /// Whether requests aren't compressed.
            disable_request_compression: bool = |settings| settings.disable_compression;
            /// The minimum size in bytes of a request to be compressed.
            request_min_compression_size_bytes: u32 = |settings| settings.min_compression_size;
            /// Whether requests are signed with the local clock even if the service says that it is wrong.
            disable_clock_skew_correction: bool = |settings| settings.disable_clock_correction;
            /// None: a client asks for credentials when it needs them.
            credentials_provider: official::SharedCredentialsProvider = |_settings| ::core::option::Option::None;
        });

        impl Config {
            /// Builds settings.
            #[inline]
            pub fn builder() -> Builder {
                Builder::new()
            }

            /// The settings of an `SdkConfig`.
            #[inline]
            pub fn new(config: &$crate::SdkConfig) -> Self {
                Self::from(config)
            }

            /// A builder with these settings.
            #[inline]
            pub fn to_builder(&self) -> Builder {
                Builder(official::Settings::clone(&self.0))
            }

            /// What other frameworks add to the user agent.
            #[inline]
            pub fn framework_metadata(&self) -> ::std::vec::Vec<&official::FrameworkMetadata> {
                self.0.frameworks.iter().collect()
            }

            pub(crate) fn from_shared(settings: ::std::sync::Arc<official::Settings>) -> Self {
                Self(settings)
            }

            /// The interceptors.
            #[inline]
            pub fn interceptors(&self) -> impl ::core::iter::Iterator<Item = official::SharedInterceptor> + '_ {
                self.0.interceptors.iter().cloned()
            }

            /// The classifiers.
            #[inline]
            pub fn retry_classifiers(&self) -> impl ::core::iter::Iterator<Item = official::SharedRetryClassifier> + '_ {
                self.0.retry_classifiers.iter().cloned()
            }

            /// The authentication schemes that were added.
            #[inline]
            pub fn auth_schemes(&self) -> impl ::core::iter::Iterator<Item = official::SharedAuthScheme> + '_ {
                self.0.auth_schemes.iter().cloned()
            }

            /// What chooses the authentication schemes of calls, if it was set.
            #[inline]
            pub fn auth_scheme_resolver(&self) -> ::core::option::Option<official::SharedAuthSchemeOptionResolver> {
                self.0.auth_scheme_resolver.clone()
            }

            /// The name of the service in signatures.
            #[inline]
            pub fn signing_name(&self) -> &'static str {
                self.0.signing_name()
            }
        }

        impl Builder {
            /// A builder with default settings.
            #[inline]
            pub fn new() -> Self {
                Self(official::Settings::new(&$service))
            }

            /// The bearer token.
            #[inline]
            pub fn bearer_token(self, token: official::Token) -> Self {
                self.bearer_token_resolver(token)
            }

            /// The source of bearer tokens: of identities that are a [`Token`](official::Token).
            #[inline]
            pub fn bearer_token_resolver(mut self, resolver: impl official::ResolveIdentity + 'static) -> Self {
                self.0.token = ::core::option::Option::Some(official::SharedIdentityResolver::new(resolver));
                self
            }

            /// The source of bearer tokens.
            #[inline]
            pub fn token_provider(self, provider: impl official::ProvideToken + 'static) -> Self {
                self.bearer_token_resolver(official::SharedTokenProvider::new(provider))
            }

            /// Sets or clears the source of bearer tokens.
            #[inline]
            pub fn set_token_provider(&mut self, provider: ::core::option::Option<official::SharedTokenProvider>) -> &mut Self {
                self.0.token = provider.map(official::SharedIdentityResolver::new);
                self
            }

            /// Sets or clears the bearer token.
            #[inline]
            pub fn set_bearer_token(&mut self, token: ::core::option::Option<official::Token>) -> &mut Self {
                self.set_token_provider(token.map(official::SharedTokenProvider::new))
            }

            /// Sends requests unsigned where nothing else is possible.
            #[inline]
            pub fn allow_no_auth(mut self) -> Self {
                self.set_allow_no_auth();
                self
            }

            /// Sends requests unsigned where nothing else is possible.
            #[inline]
            pub fn set_allow_no_auth(&mut self) -> &mut Self {
                self.0.allows_no_auth = true;
                self
            }

            /// Adds a framework to the user agent.
            #[inline]
            pub fn framework_metadata(mut self, framework: official::FrameworkMetadata) -> Self {
                self.push_framework_metadata(framework);
                self
            }

            /// Adds a framework to the user agent.
            #[inline]
            pub fn push_framework_metadata(&mut self, framework: official::FrameworkMetadata) -> &mut Self {
                self.0.frameworks.push(framework);
                self
            }

            /// Adds an interceptor: code that runs at the stages of each call.
            #[inline]
            pub fn interceptor(mut self, interceptor: impl official::Intercept + 'static) -> Self {
                self.push_interceptor(official::SharedInterceptor::new(interceptor));
                self
            }

            /// Adds an interceptor.
            #[inline]
            pub fn push_interceptor(&mut self, interceptor: official::SharedInterceptor) -> &mut Self {
                self.0.interceptors.push(interceptor);
                self
            }

            /// Sets the interceptors.
            #[inline]
            pub fn set_interceptors(
                &mut self,
                interceptors: impl ::core::iter::IntoIterator<Item = official::SharedInterceptor>,
            ) -> &mut Self {
                self.0.interceptors = interceptors.into_iter().collect();
                self
            }

            /// Adds a classifier: it decides which failures are retried.
            #[inline]
            pub fn retry_classifier(mut self, classifier: impl official::retry::ClassifyRetry + 'static) -> Self {
                self.push_retry_classifier(official::SharedRetryClassifier::new(classifier));
                self
            }

            /// Adds a classifier.
            #[inline]
            pub fn push_retry_classifier(&mut self, classifier: official::SharedRetryClassifier) -> &mut Self {
                self.0.retry_classifiers.push(classifier);
                self
            }

            /// Sets the classifiers.
            #[inline]
            pub fn set_retry_classifiers(
                &mut self,
                classifiers: impl ::core::iter::IntoIterator<Item = official::SharedRetryClassifier>,
            ) -> &mut Self {
                self.0.retry_classifiers = classifiers.into_iter().collect();
                self
            }

            /// Adds an authentication scheme, or replaces the one with its id.
            #[inline]
            pub fn push_auth_scheme(mut self, scheme: impl official::AuthScheme + 'static) -> Self {
                self.0.auth_schemes.push(official::SharedAuthScheme::new(scheme));
                self
            }

            /// Sends requests through this transport, instead of the default one or an HTTP client.
            #[inline]
            pub fn transport(mut self, transport: impl $crate::transport::Transport + 'static) -> Self {
                self.set_transport(::core::option::Option::Some(::std::sync::Arc::new(transport)));
                self
            }

            /// Sets or clears [`Self::transport`].
            #[inline]
            pub fn set_transport(
                &mut self,
                transport: ::core::option::Option<::std::sync::Arc<dyn $crate::transport::Transport>>,
            ) -> &mut Self {
                self.0.transport = transport;
                self
            }

            /// What chooses the authentication schemes of calls. Default: the model.
            #[inline]
            pub fn auth_scheme_resolver(mut self, resolver: impl auth::ResolveAuthScheme + 'static) -> Self {
                self.set_auth_scheme_resolver(resolver);
                self
            }

            /// Sets [`Self::auth_scheme_resolver`].
            #[inline]
            pub fn set_auth_scheme_resolver(&mut self, resolver: impl auth::ResolveAuthScheme + 'static) -> &mut Self {
                self.0.auth_scheme_resolver = ::core::option::Option::Some(resolver.into_shared_resolver());
                self
            }

            /// Caches credentials and tokens. Default: a cache of the client's own.
            #[inline]
            pub fn identity_cache(mut self, cache: impl official::ResolveCachedIdentity + 'static) -> Self {
                self.set_identity_cache(cache);
                self
            }

            /// Sets [`Self::identity_cache`].
            #[inline]
            pub fn set_identity_cache(&mut self, cache: impl official::ResolveCachedIdentity + 'static) -> &mut Self {
                self.0.identity_cache = ::core::option::Option::Some(official::SharedIdentityCache::new(cache));
                self
            }

            /// Names members of inputs that interceptors find in the configuration, as `CapturedTelemetryAttributes`: strings
            /// that aren't sensitive. There are no metrics to add them to.
            #[inline]
            pub fn emit_input_attributes(
                mut self,
                names: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<::std::string::String>>,
            ) -> Self {
                self.0.attributes.emit(names.into_iter().map(::core::convert::Into::into));
                self
            }

            /// Names members of inputs that interceptors find in the configuration, as `CapturedTelemetryAttributes`: strings
            /// that aren't sensitive.
            #[inline]
            pub fn capture_input_attributes(
                mut self,
                names: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<::std::string::String>>,
            ) -> Self {
                self.0.attributes.capture_only(names.into_iter().map(::core::convert::Into::into));
                self
            }

            $crate::test_defaults!();

            /// Sets the latest behavior version.
            #[inline]
            pub fn behavior_version_latest(self) -> Self {
                self.behavior_version(official::BehaviorVersion::latest())
            }

            /// The settings.
            #[inline]
            pub fn build(self) -> Config {
                Config(::std::sync::Arc::new(self.0))
            }
        }

        impl ::core::convert::From<Builder> for official::Settings {
            #[inline]
            fn from(builder: Builder) -> Self {
                builder.0
            }
        }

        impl ::core::default::Default for Builder {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }

        impl ::core::convert::From<&$crate::SdkConfig> for Builder {
            fn from(config: &$crate::SdkConfig) -> Self {
                let mut builder = Self::new();
                builder.0.take(config);
                builder
            }
        }

        impl ::core::convert::From<&$crate::SdkConfig> for Config {
            fn from(config: &$crate::SdkConfig) -> Self {
                Builder::from(config).build()
            }
        }
    };
    (@setters { $(
        $(#[$doc:meta])*
        $name:ident: $argument:ty => $how:ident $($shared:ident)?, $set:ident: $type:ty => $field:ident $($into:ident)?;
    )* }) => {
        const _: () = {
            use ::core::convert::Into;
            use ::core::option::Option;
            use ::std::string::String;
            use official::*;

            impl Builder { $(
                $(#[$doc])*
                #[inline]
                pub fn $name(mut self, value: $argument) -> Self {
                    self.$set($crate::client_config!(@argument value $how $($shared)?));
                    self
                }

                #[doc = concat!("Sets or clears [`Self::", stringify!($name), "`].")]
                #[inline]
                pub fn $set(&mut self, value: Option<$type>) -> &mut Self {
                    self.0.$field = $crate::client_config!(@value value $($into)?);
                    self
                }
            )* }
        };
    };
    (@argument $value:ident into) => { $value.into() };
    (@argument $value:ident some) => { Option::Some($value) };
    (@argument $value:ident some_into) => { Option::Some($value.into()) };
    (@argument $value:ident shared $shared:ident) => { Option::Some($shared::new($value)) };
    (@value $value:ident) => { $value };
    (@value $value:ident into) => { $value.map(Into::into) };
    (@getters { $( $(#[$doc:meta])* $name:ident: $type:ty = |$settings:ident| $value:expr; )* }) => {
        impl Config { $(
            $(#[$doc])*
            #[inline]
            pub fn $name(&self) -> ::core::option::Option<$type> {
                let $settings = &self.0;
                $value
            }
        )* }
    };
}

/// The settings of tests, with the feature `test-util`.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "test-util"))]
macro_rules! test_defaults {
    () => {};
}

/// The settings of tests.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "test-util")]
macro_rules! test_defaults {
    () => {
        /// Sets what makes requests the same in each run: a fixed clock, credentials and user agent.
        #[inline]
        pub fn apply_test_defaults(&mut self) -> &mut Self {
            self.0.make_testable();
            self
        }

        /// Sets what [`Self::apply_test_defaults`] sets.
        #[inline]
        pub fn with_test_defaults(mut self) -> Self {
            self.apply_test_defaults();
            self
        }

        /// Sets what [`Self::apply_test_defaults`] sets, and the region `us-east-1` unless there is one.
        #[inline]
        pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
            self.apply_test_defaults();
            self.0
                .region
                .get_or_insert(official::Region::from_static("us-east-1"));
            self
        }

        /// Sets what [`Self::apply_test_defaults_v2`] sets.
        #[inline]
        pub fn with_test_defaults_v2(mut self) -> Self {
            self.apply_test_defaults_v2();
            self
        }
    };
}
