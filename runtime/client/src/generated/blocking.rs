//! Blocking calls. They cost nothing without the feature `blocking`.

/// Implements what a fluent builder has for blocking calls.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_request {
    ($name:ty, $output:ty, $error:ty, send) => {
        #[allow(deprecated)]
        impl $name {
            /// Sends the request, and blocks the thread until the output is there.
            ///
            /// # Errors
            ///
            /// Those of `send`, or the thread belongs to an async runtime.
            #[inline]
            pub fn send_blocking(
                self,
            ) -> ::core::result::Result<$output, $crate::error::SdkError<$error>> {
                $crate::blocking::call(self.send())
            }
        }
    };
    ($name:ty, $output:ty, $error:ty, wait) => {
        #[allow(deprecated)]
        impl $name {
            /// Does what `wait` does, and blocks the thread meanwhile.
            ///
            /// # Errors
            ///
            /// Those of `wait`, or the thread belongs to an async runtime.
            #[inline]
            pub fn wait_blocking(
                self,
                max_wait: ::core::time::Duration,
            ) -> ::core::result::Result<
                $crate::FinalPoll<$output, $crate::error::SdkError<$error>>,
                $crate::WaiterError<$output, $error>,
            > {
                $crate::blocking::wait(self.wait(max_wait))
            }
        }
    };
}

/// Implements nothing without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_request {
    ($name:ty, $output:ty, $error:ty, $method:ident) => {};
}
