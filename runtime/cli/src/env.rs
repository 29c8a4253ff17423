//! Environment variables.

/// A variable that is set, perhaps to nothing. Settings take [`non_empty`]: an empty variable is as unset.
pub(crate) fn var(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// A variable that is set to something.
pub(crate) fn non_empty(name: &str) -> Option<String> {
    var(name).filter(|value| !value.is_empty())
}

/// The user's home folder.
pub(crate) fn home() -> Option<String> {
    non_empty(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
}
