//! Casing of names as in the official crates, which use a rule of smithy-rs for `snake_case` and Smithy's for types.

/// Words that are never split, such as `SigV4`, `IPv6` and `MiB`.
const WHOLE: [&str; 7] = ["ipv4", "ipv6", "sigv4", "mib", "gib", "kib", "ttl"];

/// `NotificationARNs` → `notification_arns`.
pub(super) fn snake(name: &str) -> String {
    joined(&words(name), "_", str::make_ascii_lowercase)
}

/// `NotificationARNs` → `NOTIFICATION_ARNS`.
pub(super) fn screaming(name: &str) -> String {
    joined(&words(name), "_", str::make_ascii_uppercase)
}

/// `DBProxy` → `DbProxy`.
pub(super) fn camel(name: &str) -> String {
    let bytes = name.as_bytes();
    let starts = |at: usize| {
        let small = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        let large = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        let before = at.wrapping_sub(1);
        let digit = bytes.get(before).is_some_and(u8::is_ascii_digit);
        large(at) && (small(before) || digit || large(before) && small(at + 1))
    };
    joined(&split(name, |_, at| starts(at)), "", |word| {
        word.make_ascii_lowercase();
        if let Some(first) = word.get_mut(..1) {
            first.make_ascii_uppercase();
        }
    })
}

fn joined(words: &[&str], separator: &str, case: impl Fn(&mut str)) -> String {
    let length = words.iter().map(|word| word.len() + separator.len());
    let mut out = String::with_capacity(length.sum());
    for (index, word) in words.iter().enumerate() {
        out.push_str(if index > 0 { separator } else { "" });
        let start = out.len();
        out.push_str(word);
        case(&mut out[start..]);
    }
    out
}

/// The words of a name for `snake_case`.
fn words(name: &str) -> Vec<&str> {
    let bytes = name.as_bytes();
    let has_capitals = bytes.iter().any(u8::is_ascii_uppercase);
    split(name, |start, at| {
        let word = &name[start..];
        let is_in_whole = |whole: &&str| {
            let found = word.get(..whole.len());
            at - start < whole.len() && found.is_some_and(|found| found.eq_ignore_ascii_case(whole))
        };
        let (before, next) = (bytes[at - 1], bytes[at]);
        let small_then_capital =
            (before.is_ascii_lowercase() || before.is_ascii_digit()) && next.is_ascii_uppercase();
        // In lower-case names, digits end words: `s3key`.
        let digit_then_small =
            !has_capitals && before.is_ascii_digit() && next.is_ascii_lowercase();
        (small_then_capital || digit_then_small) && !WHOLE.iter().any(is_in_whole)
            || ends_acronym(bytes, at)
    })
}

/// Whether an acronym ends before `at`, as in `DB|Proxy`. Plurals (`ARNs`) and versions (`DBv2`) belong to the acronym.
fn ends_acronym(name: &[u8], at: usize) -> bool {
    let capital = |at: usize| name.get(at).is_some_and(u8::is_ascii_uppercase);
    let small = |at: usize| name.get(at).is_some_and(u8::is_ascii_lowercase);
    let is_plural = name.get(at + 1) == Some(&b's') && !small(at + 2);
    let is_version =
        name.get(at + 1) == Some(&b'v') && name.get(at + 2).is_some_and(u8::is_ascii_digit);
    capital(at - 1) && capital(at) && small(at + 1) && !is_plural && !is_version
}

/// Splits an ASCII name at underscores, and wherever the function says that a word, given its start, ends.
fn split(name: &str, ends: impl Fn(usize, usize) -> bool) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    for (at, c) in name.bytes().enumerate() {
        if c == b'_' {
            words.push(&name[start..at]);
            start = at + 1;
        } else if start < at && ends(start, at) {
            words.push(&name[start..at]);
            start = at;
        }
    }
    words.push(&name[start..]);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{camel, snake};

    #[test]
    fn fields_and_methods_are_called_as_in_the_official_crates() {
        for (name, expected) in [
            ("NotificationARNs", "notification_arns"),
            ("ACLs", "acls"),
            ("ACLsUpdateStatus", "acls_update_status"),
            ("DBInstanceIDs", "db_instance_ids"),
            ("DescribeDBProxies", "describe_db_proxies"),
            ("AvailabilityZoneURLs", "availability_zone_urls"),
            ("ARNSupport", "arn_support"),
            ("IAMUser", "iam_user"),
            ("ETag", "e_tag"),
            ("SSEKMSKeyId", "ssekms_key_id"),
            ("IPv6Addresses", "ipv6_addresses"),
            ("IpV6Cidr", "ipv6_cidr"),
            ("SigV4Authorization", "sigv4_authorization"),
            ("sizeInMiB", "size_in_mib"),
            ("DynamoDBv2Action", "dynamo_dbv2_action"),
            ("OAuth2Token", "o_auth2_token"),
            ("M3u8Settings", "m3u8_settings"),
            ("s3key", "s3_key"),
            ("S3Bucket", "s3_bucket"),
            ("OtaaV1_0_x", "otaa_v1_0_x"),
            ("__already_snake__", "already_snake"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }

    #[test]
    fn types_are_called_as_in_the_official_crates() {
        for (name, expected) in [
            ("DBProxy", "DbProxy"),
            ("NotificationARNs", "NotificationArNs"),
            ("IPv6", "IPv6"),
            ("S3bucket", "S3bucket"),
            ("chat_ended", "ChatEnded"),
            ("1A", "1A"),
        ] {
            assert_eq!(camel(name), expected);
        }
    }
}
