//! Modules of the runtime that generated crates have, too: some of them by features.

/// Re-exports these modules.
#[doc(hidden)]
#[macro_export]
macro_rules! features {
    () => {
        #[doc(inline)]
        pub use $crate::transport;

        $crate::blocking_feature!();
        $crate::test_feature!();
    };
}

/// Re-exports the module for blocking calls.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_feature {
    () => {
        #[doc(inline)]
        pub use $crate::blocking;
    };
}

/// Re-exports nothing without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_feature {
    () => {};
}

/// Re-exports the modules for tests.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! test_feature {
    () => {
        #[doc(inline)]
        pub use $crate::{mock, replay};
    };
}

/// Re-exports nothing without the feature `test-util`.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! test_feature {
    () => {};
}
