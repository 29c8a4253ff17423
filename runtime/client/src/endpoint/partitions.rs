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
    /// Its regions. There may be others, which `prefixes` tell.
    regions: &'static [&'static str],
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
        regions: &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
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
        regions: &["cn-north-1", "cn-northwest-1"],
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
        regions: &["us-gov-east-1", "us-gov-west-1"],
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
        regions: &["eusc-de-east-1"],
    },
    isolated(
        "aws-iso",
        &"us-iso",
        "c2s.ic.gov",
        "api.aws.ic.gov",
        "us-iso-east-1",
        "aws-iso-global",
        &["us-iso-east-1", "us-iso-west-1"],
    ),
    isolated(
        "aws-iso-b",
        &"us-isob",
        "sc2s.sgov.gov",
        "api.aws.scloud",
        "us-isob-east-1",
        "aws-iso-b-global",
        &["us-isob-east-1", "us-isob-west-1"],
    ),
    isolated(
        "aws-iso-e",
        &"eu-isoe",
        "cloud.adc-e.uk",
        "api.cloud-aws.adc-e.uk",
        "eu-isoe-west-1",
        "aws-iso-e-global",
        &["eu-isoe-west-1"],
    ),
    isolated(
        "aws-iso-f",
        &"us-isof",
        "csp.hci.ic.gov",
        "api.aws.hci.ic.gov",
        "us-isof-south-1",
        "aws-iso-f-global",
        &["us-isof-east-1", "us-isof-south-1"],
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
    regions: &'static [&'static str],
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
        regions,
    }
}

/// The names of AWS's regions, of all partitions. Clients can use others.
pub fn regions() -> impl Iterator<Item = &'static str> {
    let regions = PARTITIONS.iter().map(|partition| partition.regions);
    regions.flatten().copied()
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

#[cfg(test)]
mod tests {
    use super::PARTITIONS;

    #[test]
    fn regions_are_those_of_their_partitions() {
        for partition in &PARTITIONS {
            for region in partition.regions {
                assert!(partition.holds(region), "{region} in {}", partition.name);
            }
        }
    }
}
