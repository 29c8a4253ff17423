//! Modules that features of the runtime add to generated crates.

/// Re-exports these modules.
#[doc(hidden)]
#[macro_export]
macro_rules! features {
    () => {
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

/// Re-exports the module for tests.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! test_feature {
    () => {
        #[doc(inline)]
        pub use $crate::mock;
    };
}

/// Re-exports nothing without the feature `test-util`.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! test_feature {
    () => {};
}
