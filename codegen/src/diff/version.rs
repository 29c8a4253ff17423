//! The version that follows a change.

use super::Level;

/// The version after `version` for changes of this level, by Cargo's rules: the leftmost number that isn't zero is the one
/// that incompatible changes raise. None: `version` isn't three numbers. A pre-release or build part is dropped.
pub fn bump(version: &str, level: Level) -> Option<String> {
    let core = version.split(['-', '+']).next()?;
    let numbers: Vec<u64> = core
        .split('.')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let &[major, minor, patch] = numbers.as_slice() else {
        return None;
    };
    let next = match (level, major, minor) {
        (Level::None, ..) => return Some(version.to_owned()),
        (Level::Breaking, 1.., _) => [major.checked_add(1)?, 0, 0],
        (Level::Minor, 1.., _) | (Level::Breaking, 0, 1..) => [major, minor.checked_add(1)?, 0],
        (Level::Patch, ..) | (Level::Minor | Level::Breaking, 0, _) => {
            [major, minor, patch.checked_add(1)?]
        }
    };
    Some(next.map(|number| number.to_string()).join("."))
}

#[cfg(test)]
mod tests {
    use super::{Level, bump};

    #[test]
    fn versions_follow_cargos_rules() {
        let after = |version, level| bump(version, level).unwrap();
        assert_eq!(after("1.2.3", Level::Breaking), "2.0.0");
        assert_eq!(after("1.2.3", Level::Minor), "1.3.0");
        assert_eq!(after("1.2.3", Level::Patch), "1.2.4");
        assert_eq!(after("0.2.3", Level::Breaking), "0.3.0");
        assert_eq!(after("0.2.3", Level::Minor), "0.2.4");
        assert_eq!(after("0.2.3", Level::Patch), "0.2.4");
        assert_eq!(after("0.0.3", Level::Breaking), "0.0.4");
        assert_eq!(after("0.0.3", Level::Minor), "0.0.4");
        assert_eq!(after("1.2.3", Level::None), "1.2.3");
        assert_eq!(after("1.2.3-rc.1+5", Level::Patch), "1.2.4");
    }

    #[test]
    fn what_is_no_version_has_none_after_it() {
        for version in [
            "",
            "1",
            "1.2",
            "1.2.x",
            "1.2.3.4",
            "1.2.18446744073709551615",
        ] {
            assert_eq!(bump(version, Level::Patch), None, "{version}");
        }
    }
}
