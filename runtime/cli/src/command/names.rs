//! The AWS CLI's rule for the names of commands and options.

/// A name of the model as words with hyphens: `DBInstanceId` is `db-instance-id`.
///
/// A hyphen stands before each capital that a small letter follows, and after each small letter or digit that a capital
/// follows. A plural of capitals at the end is a word of its own: `GatewayARNs` is `gateway-arns`.
pub(crate) fn hyphenated(name: &str) -> String {
    if name.contains('-') {
        return name.to_owned();
    }
    let (name, plural) = split_plural(name);
    let letters = name.as_bytes();
    let mut out = String::with_capacity(name.len() + plural.len() + 4);
    for (at, letter) in name.char_indices() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let ends = before.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let starts = letters.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        if letter.is_ascii_uppercase() && at > 0 && (ends || starts) {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    if !plural.is_empty() {
        out.push('-');
        out.push_str(&plural.to_ascii_lowercase());
    }
    out
}

/// Splits two or more capitals and an `s` off the end of a name.
fn split_plural(name: &str) -> (&str, &str) {
    let stem = name.strip_suffix('s').unwrap_or_default();
    let start = stem
        .trim_end_matches(|c: char| c.is_ascii_uppercase())
        .len();
    if stem.len() < start + 2 {
        return (name, "");
    }
    name.split_at(start)
}

#[cfg(test)]
mod tests {
    use super::hyphenated;

    #[test]
    fn names_are_those_of_the_aws_cli() {
        for (name, expected) in [
            ("ContentType", "content-type"),
            ("DBInstanceId", "db-instance-id"),
            ("GatewayARNs", "gateway-arns"),
            ("ARNs", "-arns"),
            ("VPCs", "-vpcs"),
            ("As", "as"),
            ("S3Bucket", "s3-bucket"),
            ("Ipv6Address", "ipv6-address"),
            ("Re_gion", "re_gion"),
            ("Is_Set", "is_-set"),
            ("already-Hyphenated", "already-Hyphenated"),
        ] {
            assert_eq!(hyphenated(name), expected);
        }
    }
}
