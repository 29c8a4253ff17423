//! The AWS CLI's own words that stand where a service does. Commands that it adds to a service are in the service's table.

use crate::run::added_command;
use crate::stop::Stop;

/// The words, and what to use instead.
const WORDS: &[(&str, &str)] = &[
    (
        "configure",
        "an editor: profiles are in ~/.aws/config and ~/.aws/credentials",
    ),
    ("history", "`--debug`, which shows a call while it is made"),
    (
        "s3",
        "s3api, such as `s3api list-objects-v2`, `s3api get-object` or `s3api put-object`",
    ),
];

/// The error for such a word.
pub(super) fn error(word: &str) -> Option<Stop> {
    let found = WORDS.iter().find(|(of, _)| *of == word);
    found.map(|(_, instead)| added_command("command", word, instead))
}
