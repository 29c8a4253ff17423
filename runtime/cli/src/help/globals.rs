//! The options that every command has, and those for pages. Their text is the AWS CLI's.

use crate::command::pages::PageOption;

/// An option: its name, its type, its description, and its values if it is one of a few.
pub(super) type Global = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

pub(super) const CLI_INPUT_JSON: &str = "Performs service operation based on the JSON string provided. The JSON string \
    follows the format provided by `--generate-cli-skeleton`. If other arguments are provided on the command line, the \
    CLI values will override the JSON-provided values. It is not possible to pass arbitrary binary values using a \
    JSON-provided value as the string will be taken literally.";

pub(super) const GENERATE_CLI_SKELETON: &str = "Prints a JSON skeleton to standard output without sending an API \
    request. If provided with no value or the value `input`, prints a sample input JSON that can be used as an argument \
    for `--cli-input-json`. If provided with the value `output`, it validates the command inputs and returns a sample \
    output JSON for that command.";

const USAGE_EXAMPLES: &str = "For usage examples, see \
    [Pagination](https://docs.aws.amazon.com/cli/latest/userguide/pagination.html) in the *AWS Command Line Interface \
    User Guide* .";

const STARTING_TOKEN: &str = "A token to specify where to start paginating. This is the `NextToken` from a previously truncated response.";

const PAGE_SIZE: &str = "The size of each page to get in the AWS service call. This does not affect the number of items returned in \
    the command's output. Setting a smaller page size results in more calls to the AWS service, retrieving \
    fewer items in each call. This can help prevent the AWS service calls from timing out.";

const MAX_ITEMS: &str = "The total number of items to return in the command's output. If the total number of items available is more \
    than the value specified, a `NextToken` is provided in the command's output. To resume pagination, provide \
    the `NextToken` value in the `starting-token` argument of a subsequent command. **Do not** use the \
    `NextToken` response element directly outside of the AWS CLI.";

/// An option for pages: its type, and its description in paragraphs.
pub(super) fn page_option(option: PageOption) -> (&'static str, [&'static str; 2]) {
    match option {
        PageOption::StartingToken => ("string", [STARTING_TOKEN, USAGE_EXAMPLES]),
        PageOption::PageSize => ("integer", [PAGE_SIZE, USAGE_EXAMPLES]),
        PageOption::MaxItems => ("integer", [MAX_ITEMS, USAGE_EXAMPLES]),
    }
}

/// Global options that the AWS CLI version 1 doesn't have. Its pages don't list them, `--help` does.
pub(super) static OWN: &[Global] = &[
    (
        "--print-request",
        "boolean",
        "Print the request, as HTTP and as a command line for curl, instead of sending it.",
        &[],
    ),
    ("--no-cli-pager", "boolean", "Show nothing in a pager.", &[]),
];

/// The global options.
pub(super) static GLOBALS: &[Global] = &[
    ("--debug", "boolean", "Turn on debug logging.", &[]),
    (
        "--endpoint-url",
        "string",
        "Override command's default URL with the given URL.",
        &[],
    ),
    (
        "--no-verify-ssl",
        "boolean",
        "By default, the AWS CLI uses SSL when communicating with AWS services. For each SSL connection, the AWS CLI \
         will verify SSL certificates. This option overrides the default behavior of verifying SSL certificates.",
        &[],
    ),
    (
        "--no-paginate",
        "boolean",
        "Disable automatic pagination. If automatic pagination is disabled, the AWS CLI will only make one call, for \
         the first page of results.",
        &[],
    ),
    (
        "--output",
        "string",
        "The formatting style for command output.",
        &["json", "text", "table"],
    ),
    (
        "--query",
        "string",
        "A JMESPath query to use in filtering the response data.",
        &[],
    ),
    (
        "--profile",
        "string",
        "Use a specific profile from your credential file.",
        &[],
    ),
    (
        "--region",
        "string",
        "The region to use. Overrides config/env settings.",
        &[],
    ),
    (
        "--version",
        "string",
        "Display the version of this tool.",
        &[],
    ),
    (
        "--color",
        "string",
        "Turn on/off color output.",
        &["on", "off", "auto"],
    ),
    (
        "--no-sign-request",
        "boolean",
        "Do not sign requests. Credentials will not be loaded if this argument is provided.",
        &[],
    ),
    (
        "--ca-bundle",
        "string",
        "The CA certificate bundle to use when verifying SSL certificates. Overrides config/env settings.",
        &[],
    ),
    (
        "--cli-read-timeout",
        "int",
        "The maximum socket read time in seconds. If the value is set to 0, the socket read will be blocking and not \
         timeout. The default value is 60 seconds.",
        &[],
    ),
    (
        "--cli-connect-timeout",
        "int",
        "The maximum socket connect time in seconds. If the value is set to 0, the socket connect will be blocking and \
         not timeout. The default value is 60 seconds.",
        &[],
    ),
];
