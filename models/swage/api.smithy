$version: "2"

// Traits for the wire and the library.
namespace swage.api

/// The name of another member of the output that has the text of this member's header. A header that isn't a valid time then
/// loses no information: `Expires` of S3's objects is whatever their owner set.
///
/// The member needs `@httpHeader`, and the name may not be that of a member.
@trait(selector: "structure > member :test(> timestamp)")
@length(min: 1)
string headerText

/// The name of a header for the SHA-256 tree hash of the request's body: the root of a binary tree over the hashes of its
/// pieces of 1 MiB each.
@trait(selector: "operation")
@length(min: 1)
string sha256TreeHash

/// Signatures (Signature Version 4) cover the path as it is sent, neither normalized nor encoded once more, and the hash of the
/// payload is always sent in `x-amz-content-sha256`.
@trait(selector: "service")
structure sigv4Verbatim {}

/// How to fetch the pages of an operation where `@paginated` can't express it. Tokens and flag are JMESPath expressions, or
/// several of them; they take the place of those in `@paginated` for the command line.
@trait(selector: "operation")
structure pages {
    /// The members of the input that get the tokens.
    @required
    inputTokens: Expressions

    /// Where the tokens are in the output, in the order of `inputTokens`.
    @required
    outputTokens: Expressions

    /// What pages are joined by: lists are appended, strings joined, numbers added up.
    @required
    results: Expressions

    /// A boolean of the output; no more pages are fetched when it is `false`. By default, a member `IsTruncated` or
    /// `Truncated` beside the token.
    moreResults: String

    /// What only the first page has.
    nonAggregate: Expressions

    /// The member of the input that limits the items of a page.
    pageSize: String
}

@private
list Expressions {
    member: String
}

/// Headers that every request of an operation, or of all operations of a service, has. A header that a member of the input sets
/// has the member's value instead, and an operation's header takes precedence over the service's.
///
/// Headers that the client sets itself, such as `Host`, `Content-Length`, `Transfer-Encoding` and `Authorization`, are refused.
@trait(selector: ":is(service, operation)")
map headers {
    key: String
    value: String
}

/// Only what follows the last slash of the value is sent, so that `/hostedzone/Z1` can be given for `Z1`. Applies to members of
/// an operation's input, by the member itself or its target.
@trait(selector: ":is(string, member :test(> string))")
structure lastSegment {}
