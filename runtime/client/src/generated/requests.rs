//! What all requests have in common, whatever their members are.

/// Implements what a request has beside its setters. One with a type parameter has `send` where that is `()`, and `wait`
/// where it is [`Until`](crate::Until).
#[doc(hidden)]
#[macro_export]
macro_rules! request {
    ($name:ident, $input:ty, $output:ty, $error:ty, $operation:expr $(, $until:ident)?) => {
        $crate::request!(@new $name, $output, $error, $operation $(, $until)?);

        #[allow(deprecated)]
        impl $name {
            /// Sends the request.
            pub async fn send(self) -> ::core::result::Result<$output, $crate::error::SdkError<$error>> {
                $crate::__private::send(&self.client, &$operation, self.input).await
            }
        }

        #[allow(deprecated)]
        impl $name {
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
                $crate::__private::presign(&self.client, &$operation, self.input, config).await
            }
        }

        #[allow(deprecated)]
        impl$(<$until>)? $name$(<$until>)? {
            /// Replaces the whole input.
            pub fn with_input(mut self, input: $input) -> Self {
                self.input = input;
                self
            }

            /// Returns the input as set so far.
            pub fn as_input(&self) -> &$input {
                &self.input
            }
        }
    };
    (@new $name:ident, $output:ty, $error:ty, $operation:expr) => {
        #[allow(deprecated)]
        impl $name {
            pub(crate) fn new(client: $crate::Client) -> Self {
                let input = ::core::default::Default::default();
                Self { client, input }
            }
        }
    };
    (@new $name:ident, $output:ty, $error:ty, $operation:expr, $until:ident) => {
        #[allow(deprecated)]
        impl<$until> $name<$until> {
            pub(crate) fn new(client: $crate::Client, until: $until) -> Self {
                let input = ::core::default::Default::default();
                Self { client, input, until }
            }
        }

        #[allow(deprecated)]
        impl $name<$crate::Until> {
            /// Sends the request repeatedly, with growing pauses, until the waiter's condition is met or `max_wait` has
            /// passed.
            pub async fn wait(
                self,
                max_wait: ::core::time::Duration,
            ) -> ::core::result::Result<
                $crate::FinalPoll<$output, $crate::error::SdkError<$error>>,
                $crate::WaiterError<$output, $error>,
            > {
                $crate::__private::wait(&self.client, &$operation, self.until, self.input, max_wait).await
            }
        }
    };
}

/// Implements what the request of a paginated operation has.
#[doc(hidden)]
#[macro_export]
macro_rules! paginated {
    ($name:ident, $input:ty, $output:ty, $error:ty, $operation:expr) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns all pages as a stream, one request each.
            pub fn into_paginator(
                self,
            ) -> $crate::Paginator<$input, $output, $crate::error::SdkError<$error>> {
                $crate::Paginator::new(&self.client, &$operation, self.input)
            }
        }
    };
}
