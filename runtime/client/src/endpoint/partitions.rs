//! AWS's partitions: their regions and DNS suffixes.

/// The result of `aws.partition`.
#[derive(Debug)]
pub(super) struct Partition {
    pub(super) name: &'static str,
    pub(super) dns_suffix: &'static str,
    pub(super) dual_stack_dns_suffix: &'static str,
    pub(super) supports_dual_stack: bool,
    pub(super) supports_fips: bool,
    /// The region that signs for services with one endpoint for all regions.
    pub(super) implicit_global_region: &'static str,
    /// The first parts of regions' names, which are followed by a word and a number: `us-east-1`.
    prefixes: &'static [&'static str],
    /// The region of services without regions.
    global: &'static str,
}

static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_dual_stack: true,
        supports_fips: true,
        implicit_global_region: "us-east-1",
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        global: "aws-global",
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        supports_dual_stack: true,
        supports_fips: true,
        implicit_global_region: "cn-northwest-1",
        prefixes: &["cn"],
        global: "aws-cn-global",
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_dual_stack: true,
        supports_fips: true,
        implicit_global_region: "us-gov-west-1",
        prefixes: &["us-gov"],
        global: "aws-us-gov-global",
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_dual_stack: true,
        supports_fips: true,
        implicit_global_region: "eusc-de-east-1",
        prefixes: &["eusc-de"],
        global: "aws-eusc-global",
    },
    isolated(
        "aws-iso",
        &"us-iso",
        "c2s.ic.gov",
        "api.aws.ic.gov",
        "us-iso-east-1",
        "aws-iso-global",
    ),
    isolated(
        "aws-iso-b",
        &"us-isob",
        "sc2s.sgov.gov",
        "api.aws.scloud",
        "us-isob-east-1",
        "aws-iso-b-global",
    ),
    isolated(
        "aws-iso-e",
        &"eu-isoe",
        "cloud.adc-e.uk",
        "api.cloud-aws.adc-e.uk",
        "eu-isoe-west-1",
        "aws-iso-e-global",
    ),
    isolated(
        "aws-iso-f",
        &"us-isof",
        "csp.hci.ic.gov",
        "api.aws.hci.ic.gov",
        "us-isof-south-1",
        "aws-iso-f-global",
    ),
];

/// The isolated partitions differ only in their names.
const fn isolated(
    name: &'static str,
    prefix: &'static &'static str,
    dns_suffix: &'static str,
    dual_stack_dns_suffix: &'static str,
    implicit_global_region: &'static str,
    global: &'static str,
) -> Partition {
    Partition {
        name,
        dns_suffix,
        dual_stack_dns_suffix,
        supports_dual_stack: true,
        supports_fips: true,
        implicit_global_region,
        prefixes: std::slice::from_ref(prefix),
        global,
    }
}

/// The partition of a region; `aws` for an unknown region.
pub(super) fn of(region: &str) -> &'static Partition {
    let [aws, ..] = &PARTITIONS;
    PARTITIONS
        .iter()
        .find(|partition| partition.holds(region))
        .unwrap_or(aws)
}

impl Partition {
    fn holds(&self, region: &str) -> bool {
        region == self.global
            || region_prefix(region).is_some_and(|prefix| self.prefixes.contains(&prefix))
    }
}

/// The prefix of a region's name: `us-gov` in `us-gov-west-1`.
fn region_prefix(region: &str) -> Option<&str> {
    let (rest, number) = region.rsplit_once('-')?;
    let (prefix, word) = rest.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_number && is_word).then_some(prefix)
}
