//! The functions of Smithy's rules engine and of AWS's extension to it.

use super::evaluate::Data;
use super::partitions;
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A function. `getAttr` isn't one of them: its path is parsed with the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    IsSet,
    Not,
    StringEquals,
    BooleanEquals,
    Substring,
    UriEncode,
    ParseUrl,
    IsValidHostLabel,
    Coalesce,
    Ite,
    Split,
    AwsPartition,
    AwsParseArn,
    AwsIsVirtualHostableS3Bucket,
}

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "isSet" => Self::IsSet,
            "not" => Self::Not,
            "stringEquals" => Self::StringEquals,
            "booleanEquals" => Self::BooleanEquals,
            "substring" => Self::Substring,
            "uriEncode" => Self::UriEncode,
            "parseURL" => Self::ParseUrl,
            "isValidHostLabel" => Self::IsValidHostLabel,
            "coalesce" => Self::Coalesce,
            "ite" => Self::Ite,
            "split" => Self::Split,
            "aws.partition" => Self::AwsPartition,
            "aws.parseArn" => Self::AwsParseArn,
            "aws.isVirtualHostableS3Bucket" => Self::AwsIsVirtualHostableS3Bucket,
            _ => return None,
        })
    }

    /// Whether it can be called with this number of arguments.
    pub(super) fn takes(self, count: usize) -> bool {
        match self {
            Self::IsSet
            | Self::Not
            | Self::UriEncode
            | Self::ParseUrl
            | Self::AwsPartition
            | Self::AwsParseArn => count == 1,
            Self::StringEquals
            | Self::BooleanEquals
            | Self::IsValidHostLabel
            | Self::AwsIsVirtualHostableS3Bucket => count == 2,
            Self::Ite | Self::Split => count == 3,
            Self::Substring => count == 4,
            Self::Coalesce => count >= 2,
        }
    }

    /// Calls the function. `None` is a missing value, also among the arguments; an argument of the wrong type counts as
    /// missing.
    pub(super) fn call<'a>(self, arguments: &[Option<Data<'a>>]) -> Option<Data<'a>> {
        let argument = |index| arguments.get(index).and_then(Option::as_ref);
        let text = |index| argument(index).and_then(Data::as_str);
        let boolean = |index| argument(index).and_then(Data::as_boolean);
        let integer = |index| argument(index).and_then(Data::as_size);
        Some(match self {
            Self::IsSet => Data::Boolean(argument(0).is_some()),
            Self::Not => Data::Boolean(boolean(0) != Some(true)),
            Self::StringEquals => Data::Boolean(text(0)? == text(1)?),
            Self::BooleanEquals => Data::Boolean(boolean(0)? == boolean(1)?),
            Self::Substring => {
                Data::text(substring(text(0)?, integer(1)?, integer(2)?, boolean(3)?)?.to_owned())
            }
            Self::UriEncode => Data::text(uri_encode(text(0)?)),
            Self::ParseUrl => Url::parse(text(0)?)?.into_data(),
            Self::IsValidHostLabel => Data::Boolean(is_host_label(text(0)?, boolean(1)?)),
            Self::Coalesce => return arguments.iter().find_map(Clone::clone),
            Self::Ite => return argument(if boolean(0)? { 1 } else { 2 }).cloned(),
            Self::Split => split(text(0)?, text(1)?, integer(2)?),
            Self::AwsPartition => Data::Partition(partitions::of(text(0)?)),
            Self::AwsParseArn => parse_arn(text(0)?)?,
            Self::AwsIsVirtualHostableS3Bucket => {
                Data::Boolean(is_hostable_bucket(text(0)?, boolean(1)?))
            }
        })
    }
}

/// A part of an ASCII string, in which bytes are characters; `reverse` counts from the end.
fn substring(text: &str, start: usize, end: usize, reverse: bool) -> Option<&str> {
    if !text.is_ascii() || start >= end || end > text.len() {
        return None;
    }
    if reverse {
        text.get(text.len() - end..text.len() - start)
    } else {
        text.get(start..end)
    }
}

/// Encodes all characters except RFC 3986's unreserved ones.
fn uri_encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// At most `limit` parts, or all if `limit` is 0; an empty delimiter splits nothing.
fn split<'a>(text: &str, delimiter: &str, limit: usize) -> Data<'a> {
    let limit = if delimiter.is_empty() {
        1
    } else if limit == 0 {
        usize::MAX
    } else {
        limit
    };
    Data::List(
        text.splitn(limit, delimiter)
            .map(|part| Data::text(part.to_owned()))
            .collect(),
    )
}

/// A host label as defined in RFC 1123.
pub fn is_host_label(text: &str, with_dots: bool) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if with_dots {
        text.split('.').all(is_label)
    } else {
        is_label(text)
    }
}

fn is_hostable_bucket(bucket: &str, with_dots: bool) -> bool {
    (3..=63).contains(&bucket.len())
        && is_host_label(bucket, with_dots)
        && !bucket.bytes().any(|byte| byte.is_ascii_uppercase())
        && bucket.parse::<Ipv4Addr>().is_err()
}

fn parse_arn<'a>(text: &str) -> Option<Data<'a>> {
    let mut parts = text.splitn(6, ':');
    let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
    let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
    if arn != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    let field = |text: &str| Data::text(text.to_owned());
    Some(Data::Record(vec![
        ("partition", field(partition)),
        ("service", field(service)),
        ("region", field(region)),
        ("accountId", field(account)),
        (
            "resourceId",
            Data::List(resource.split([':', '/']).map(field).collect()),
        ),
    ]))
}

/// An `http` or `https` URL of an endpoint.
pub(super) struct Url<'u> {
    scheme: &'u str,
    authority: &'u str,
    path: &'u str,
    is_ip: bool,
}

impl<'u> Url<'u> {
    /// Returns `None` for other schemes, for an invalid URL, and for one with a query, a fragment or user information.
    pub(super) fn parse(text: &'u str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let bad = |c: char| {
            c.is_ascii_control() || c.is_whitespace() || matches!(c, '?' | '#' | '@' | '\\')
        };
        if !matches!(scheme, "http" | "https") || rest.contains(bad) {
            return None;
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = match authority
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
        {
            Some((host, port)) => (host, port),
            None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
        };
        let v6 = authority.starts_with('[');
        let is_ip = if v6 {
            host.parse::<Ipv6Addr>().is_ok()
        } else {
            host.parse::<Ipv4Addr>().is_ok()
        };
        if host.is_empty() || (v6 && !is_ip) || !(port.is_empty() || is_port(port)) {
            return None;
        }
        Some(Self {
            scheme,
            authority,
            path,
            is_ip,
        })
    }

    fn into_data<'a>(self) -> Data<'a> {
        let slash = if self.path.ends_with('/') { "" } else { "/" };
        let field = |text: &str| Data::text(text.to_owned());
        Data::Record(vec![
            ("scheme", field(self.scheme)),
            ("authority", field(self.authority)),
            ("path", field(self.path)),
            (
                "normalizedPath",
                Data::String(Cow::Owned(format!("{}{slash}", self.path))),
            ),
            ("isIp", Data::Boolean(self.is_ip)),
        ])
    }
}

/// `:` and a number.
fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|digits| {
        digits.bytes().all(|b| b.is_ascii_digit()) && digits.parse::<u16>().is_ok()
    })
}
