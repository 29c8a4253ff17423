//! Environment variables.

/// A variable, which may be empty. Most settings use [`non_empty`].
pub(crate) fn var(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// A variable; none if it is empty.
pub(crate) fn non_empty(name: &str) -> Option<String> {
    var(name).filter(|value| !value.is_empty())
}

/// The user's home directory.
pub(crate) fn home() -> Option<String> {
    non_empty(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
}
