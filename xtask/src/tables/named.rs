//! The differences that README names, with the reasons.

use super::compare::{BY_HAND, Difference};

/// Why commands or options differ, and which: a place stands for those below it as well.
const NAMED: &[(&str, &[&str])] = &[
    (
        "operations that the AWS CLI leaves out or replaces by commands written by hand",
        &[
            "ec2 import-instance",
            "ec2 import-volume",
            "emr add-job-flow-steps",
            "emr describe-job-flows",
            "emr list-bootstrap-actions",
            "emr list-instance-groups",
            "emr run-job-flow",
            "emr set-keep-job-flow-alive-when-no-steps",
            "emr set-termination-protection",
            "emr set-unhealthy-node-replacement",
            "emr set-visible-to-all-users",
            "emr terminate-job-flows",
            "rds add-option-to-option-group",
            "rds modify-option-group",
            "rds remove-option-from-option-group",
            "ses delete-verified-email-address",
            "ses list-verified-email-addresses",
            "ses verify-email-address",
        ],
    ),
    (
        "commands that start the session manager's plugin",
        &["ecs execute-command", "ssm start-session"],
    ),
    (
        "an operation with an event stream, which the AWS CLI handles itself",
        &["s3api select-object-content"],
    ),
    (
        "options that the AWS CLI computes members, calls or files from",
        &[
            "cloudfront update-distribution",
            "cloudsearch define-expression",
            "cloudsearch define-index-field",
            "datapipeline activate-pipeline",
            "datapipeline put-pipeline-definition",
            "ec2 bundle-instance",
            "ec2 get-password-data",
        ],
    ),
    (
        "options of members that another option sets, too",
        &[
            "configservice put-configuration-recorder --configuration-recorder",
            "ec2 run-instances --max-count",
            "ec2 run-instances --min-count",
            "translate translate-document --document",
        ],
    ),
];

/// Why a difference is as it should be.
pub(super) fn reason(of: &Difference) -> Option<&'static str> {
    if of.what == BY_HAND {
        return Some("commands that the AWS CLI writes by hand");
    }
    let mut found = places().filter(|(_, place)| is_at(of, place));
    found.next().map(|(reason, _)| reason)
}

/// The places that are named although nothing differs there.
pub(super) fn unused(found: &[Difference]) -> Vec<&'static str> {
    let is_unused = |place: &&str| !found.iter().any(|of| is_at(of, place));
    places().map(|(_, place)| place).filter(is_unused).collect()
}

fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    let places =
        |(reason, places): &'static (&str, &[&str])| places.iter().map(|of| (*reason, *of));
    NAMED.iter().flat_map(places)
}

/// Whether a difference is at the place or below it.
fn is_at(of: &Difference, place: &str) -> bool {
    let rest = of.place.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
