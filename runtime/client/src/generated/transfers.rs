//! What transfers of files add to a generated crate. They cost nothing without the feature `transfer`.

/// Items that are there if the feature `transfer` is.
#[cfg(feature = "transfer")]
#[doc(hidden)]
#[macro_export]
macro_rules! transfers {
    ($($item:item)*) => { $($item)* };
}

/// Nothing without the feature `transfer`.
#[cfg(not(feature = "transfer"))]
#[doc(hidden)]
#[macro_export]
macro_rules! transfers {
    ($($item:item)*) => {};
}

/// Implements what a fluent builder has whose type parameter is
/// [`UploadRequest`](crate::transfer::UploadRequest).
#[cfg(feature = "transfer")]
#[doc(hidden)]
#[macro_export]
macro_rules! upload {
    ($name:ident, $started:ty, $completed:ty, $table:expr) => {
        #[allow(deprecated)]
        impl $name<$crate::transfer::UploadRequest> {
            /// Sends the file at this path. It is read while it is sent.
            #[inline]
            pub fn path(mut self, path: impl ::core::convert::Into<::std::path::PathBuf>) -> Self {
                self.mode.set_path(path);
                self
            }

            /// Sends these bytes, or a stream whose length is known. It is sent once unless it can be read again.
            #[inline]
            pub fn body(
                mut self,
                body: impl ::core::convert::Into<$crate::primitives::ByteStream>,
            ) -> Self {
                self.mode.set_body(body);
                self
            }

            /// Sets a function that is told about the progress.
            #[inline]
            pub fn on_progress(
                mut self,
                listener: impl ::core::ops::Fn($crate::transfer::Progress)
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                self.mode.set_listener(listener);
                self
            }

            /// Starts the upload, sends the file and completes the upload.
            #[inline]
            pub async fn send(
                mut self,
            ) -> ::core::result::Result<
                $crate::transfer::Uploaded<$started, $completed>,
                $crate::transfer::TransferError,
            > {
                $crate::transfer::upload(
                    &self.client,
                    &$table,
                    &mut self.inner.made,
                    self.mode,
                    <$started as $crate::__private::Shape>::blank,
                    <$completed as $crate::__private::Shape>::blank,
                )
                .await
            }
        }

        $crate::blocking_transfer!(
            $name<$crate::transfer::UploadRequest>,
            $crate::transfer::Uploaded<$started, $completed>
        );
    };
}

/// Implements nothing without the feature `transfer`.
#[cfg(not(feature = "transfer"))]
#[doc(hidden)]
#[macro_export]
macro_rules! upload {
    ($name:ident, $started:ty, $completed:ty, $table:expr) => {};
}

/// Implements what a fluent builder has whose type parameter is
/// [`DownloadRequest`](crate::transfer::DownloadRequest).
#[cfg(feature = "transfer")]
#[doc(hidden)]
#[macro_export]
macro_rules! download {
    ($name:ident, $started:ty, $table:expr) => {
        #[allow(deprecated)]
        impl $name<$crate::transfer::DownloadRequest> {
            /// Writes the file to this path. A file that is there is replaced when the new one is complete.
            #[inline]
            pub fn output_path(
                mut self,
                path: impl ::core::convert::Into<::std::path::PathBuf>,
            ) -> Self {
                self.mode.set_output_path(path);
                self
            }

            /// Sets a function that is told about the progress.
            #[inline]
            pub fn on_progress(
                mut self,
                listener: impl ::core::ops::Fn($crate::transfer::Progress)
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                self.mode.set_listener(listener);
                self
            }

            /// Asks for the URL and receives the file.
            #[inline]
            pub async fn send(
                mut self,
            ) -> ::core::result::Result<
                $crate::transfer::Downloaded<$started>,
                $crate::transfer::TransferError,
            > {
                $crate::transfer::download(
                    &self.client,
                    &$table,
                    &mut self.inner.made,
                    self.mode,
                    <$started as $crate::__private::Shape>::blank,
                )
                .await
            }
        }

        $crate::blocking_transfer!(
            $name<$crate::transfer::DownloadRequest>,
            $crate::transfer::Downloaded<$started>
        );
    };
}

/// Implements nothing without the feature `transfer`.
#[cfg(not(feature = "transfer"))]
#[doc(hidden)]
#[macro_export]
macro_rules! download {
    ($name:ident, $started:ty, $table:expr) => {};
}

/// Converts errors of transfers into the flat error of a service.
#[cfg(feature = "transfer")]
#[doc(hidden)]
#[macro_export]
macro_rules! transfer_error {
    ($error:ty) => {
        impl ::core::convert::From<$crate::transfer::TransferError> for $error {
            fn from(error: $crate::transfer::TransferError) -> Self {
                match error.into_call_failure() {
                    ::core::result::Result::Ok(failure) => failure.into(),
                    ::core::result::Result::Err(error) => {
                        $crate::__private::unhandled(error.into()).into()
                    }
                }
            }
        }
    };
}

/// Implements what the builder of a transfer has for blocking calls.
#[cfg(all(feature = "blocking", feature = "transfer"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_transfer {
    ($name:ty, $output:ty) => {
        #[allow(deprecated)]
        impl $name {
            /// Does what `send` does, and blocks the thread meanwhile.
            ///
            /// # Errors
            ///
            /// Those of `send`, or the thread belongs to an async runtime.
            #[inline]
            pub fn send_blocking(
                self,
            ) -> ::core::result::Result<$output, $crate::transfer::TransferError> {
                $crate::blocking::call(self.send())
            }
        }
    };
}

/// Implements nothing without the feature `blocking`.
#[cfg(all(not(feature = "blocking"), feature = "transfer"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_transfer {
    ($name:ty, $output:ty) => {};
}
