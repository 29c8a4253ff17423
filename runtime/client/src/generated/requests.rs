//! What all fluent builders have in common, whatever their members are.

/// Implements what a fluent builder has beside its setters. One with a type parameter has `send` where that is `()`; other
/// macros implement what it does elsewhere. `$made` leads from the input's builder to the input.
#[doc(hidden)]
#[macro_export]
macro_rules! request {
    ($name:ident, $input:ty, $builder:ty, $output:ty, $error:ty, $operation:expr, $config:ty, $copy:expr, ($($made:tt)+) $(, $mode:ident)?) => {
        $($crate::request!(@new $name, $mode);)?
        $crate::blocking_request!($name, $output, $error, send);

        #[allow(deprecated)]
        impl $name {
            /// Sends the request.
            #[inline]
            pub async fn send(self) -> ::core::result::Result<$output, $crate::error::SdkError<$error>> {
                $crate::__private::send(&self.client, &$operation, self.inner.$($made)+).await
            }

            /// Returns a request that others can send, without credentials, until it expires. Nothing is sent now.
            ///
            /// # Errors
            ///
            /// The input is invalid, there are no credentials, or the operation can't be presigned: its body isn't empty, a
            /// form or a stream.
            #[inline]
            pub async fn presigned(
                self,
                config: $crate::presigning::PresigningConfig,
            ) -> ::core::result::Result<$crate::presigning::PresignedRequest, $crate::error::SdkError<$error>> {
                $crate::__private::presign(&self.client, &$operation, self.inner.$($made)+, config).await
            }

            /// Returns the call, to be given settings and interceptors of its own.
            #[inline]
            pub fn customize(self) -> $crate::client::CustomizableOperation<$output, $error, Self, $config> {
                $crate::client::CustomizableOperation::new(self)
            }
        }

        #[allow(deprecated)]
        impl $crate::client::Customizable<$output, $error> for $name {
            type Input = $input;

            #[inline]
            fn new(client: $crate::Client) -> Self {
                let inner = ::core::default::Default::default();
                Self { client, inner $(, mode: $crate::request!(@unit $mode))? }
            }

            #[inline]
            fn operation() -> &'static $crate::Operation {
                &$operation
            }

            #[inline]
            fn parts(self) -> ($crate::Client, $input) {
                (self.client, self.inner.$($made)+)
            }

            #[inline]
            fn send(
                client: &$crate::Client,
                input: $input,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<$output, $crate::error::SdkError<$error>>> + ::core::marker::Send {
                $crate::__private::send(client, &$operation, input)
            }
        }

        #[allow(deprecated)]
        impl$(<$mode>)? $name$(<$mode>)? {
            /// Replaces the whole input.
            #[inline]
            pub fn with_input(mut self, input: $input) -> Self {
                self.inner = ::core::default::Default::default();
                self.inner.made = input;
                self
            }

            /// Returns the input as set so far.
            #[inline]
            pub fn as_input(&self) -> &$builder {
                &self.inner
            }
        }
    };
    (@new $name:ident, $mode:ident) => {
        #[allow(deprecated)]
        impl<$mode> $name<$mode> {
            #[inline]
            pub(crate) fn new(client: $crate::Client, mode: $mode) -> Self {
                let inner = ::core::default::Default::default();
                Self { client, inner, mode }
            }
        }
    };
    (@unit $mode:ident) => {
        ()
    };
}

/// Implements what a fluent builder has whose type parameter is [`Until`](crate::Until).
#[doc(hidden)]
#[macro_export]
macro_rules! waits {
    ($name:ident, $input:ty, $builder:ty, $output:ty, $error:ty, $operation:expr, $config:ty, $copy:expr, ($($made:tt)+)) => {
        $crate::blocking_request!($name<$crate::Until>, $output, $error, wait);

        #[allow(deprecated)]
        impl $name<$crate::Until> {
            /// Sends the request repeatedly, with growing pauses, until the waiter's condition is met or `max_wait` has
            /// passed.
            #[inline]
            pub async fn wait(
                self,
                max_wait: ::core::time::Duration,
            ) -> ::core::result::Result<
                $crate::FinalPoll<$output, $crate::error::SdkError<$error>>,
                $crate::WaiterError<$output, $error>,
            > {
                $crate::__private::wait(&self.client, &$operation, self.mode, self.inner.$($made)+, $copy, max_wait).await
            }
        }
    };
}

/// Implements what the fluent builder of a paginated operation has.
#[doc(hidden)]
#[macro_export]
macro_rules! paginated {
    ($name:ident, $input:ty, $builder:ty, $output:ty, $error:ty, $operation:expr, $config:ty, $copy:expr, ($($made:tt)+)) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns all pages as a stream, one request each.
            #[inline]
            pub fn into_paginator(
                self,
            ) -> $crate::Paginator<$input, $output, $crate::error::SdkError<$error>> {
                $crate::Paginator::new(&self.client, &$operation, self.inner.$($made)+, $copy)
            }
        }
    };
}
