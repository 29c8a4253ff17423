//! Enums of strings, as programs use them that were written for the official crates.

use connectparticipant::types::ArtifactStatus;
use golden_awsjson::types::Color;
use std::collections::BTreeSet;
use swage_client::StringEnum;

#[test]
fn values_and_order_are_those_of_the_official_crates() {
    // That of `aws-sdk-connectparticipant`; the model has `REJECTED` before `IN_PROGRESS`.
    let values = ["APPROVED", "IN_PROGRESS", "REJECTED"];
    assert_eq!(ArtifactStatus::values(), values);
    let listed = ["APPROVED", "REJECTED", "IN_PROGRESS"];
    assert_eq!(ArtifactStatus::LISTED, listed);

    let mixed = ["REJECTED", "b", "IN_PROGRESS", "A", "APPROVED"];
    let mut sorted = mixed.map(ArtifactStatus::from);
    sorted.sort();
    // Unknown values are the last.
    let expected = ["APPROVED", "IN_PROGRESS", "REJECTED", "A", "b"];
    assert_eq!(sorted.each_ref().map(ArtifactStatus::as_str), expected);
    assert!(ArtifactStatus::InProgress < ArtifactStatus::Rejected);
    assert_eq!(BTreeSet::from(sorted).len(), 5);
}

#[test]
fn values_are_read_and_shown() {
    assert_eq!(Color::values(), ["deep-blue", "red"]);
    assert_eq!("deep-blue".parse(), Ok(Color::DeepBlue));
    assert_eq!(Color::try_parse("red"), Ok(Color::Red));
    assert!(Color::try_parse("green").is_err());
    let green = Color::from("green");
    assert_eq!(green, Color::Unknown("green".to_owned()));
    assert_eq!(format!("{} {green}", Color::DeepBlue), "deep-blue green");
    assert_eq!(format!("{:?}", Color::DeepBlue), "DeepBlue");
}
