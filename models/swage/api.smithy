$version: "2"

// Traits for the wire and the library.
namespace swage.api

/// Clients ignore the default of the member, of members that target the shape, or of all booleans and numbers of the service: what
/// isn't required is unset until it is set.
@trait(selector: ":is(service, simpleType, structure > member)")
structure ignoreDefaults {}

/// All members of structures are optional for clients, even if they are required or have a default.
@trait(selector: "service")
structure optionalMembers {}

/// The name of another member of the output that has the text of this member's header. A header that isn't a valid time then
/// loses no information: `Expires` of S3's objects is whatever their owner set. The member may also be a string, so that an
/// overlay fits models that have either.
///
/// The member needs `@httpHeader`, and the name may not be that of a member.
@trait(selector: "structure > member :test(> :is(timestamp, string))")
@length(min: 1)
string headerText

/// The string is a timestamp for clients, because it is one in older models, and in programs that were written for them. A
/// timestamp may have the trait, too, so that an overlay fits models that have either.
@trait(selector: ":is(timestamp, string)")
structure timestamp {}

/// The name of a header for the SHA-256 tree hash of the request's body: the root of a binary tree over the hashes of its
/// pieces of 1 MiB each.
@trait(selector: "operation")
@length(min: 1)
string sha256TreeHash

/// Signatures (Signature Version 4) cover the path as it is sent, neither normalized nor encoded once more, and the hash of the
/// payload is always sent in `x-amz-content-sha256`.
@trait(selector: "service")
structure sigv4Verbatim {}

/// Requests are sent unsigned by a client that has no source of credentials. If there is a source that has none, calls fail.
@trait(selector: "service")
structure unsignedWithoutProvider {}

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

/// The value is sent percent-encoded, such as the key of an S3 object that is copied: every byte but letters, digits, `-`, `.`,
/// `_`, `~` and slashes. The command takes the plain text and encodes it. Programs give the encoded text, as those of AWS's Rust
/// crates do, or turn on `percent_encode()` of the client's builder. Applies to members of an operation's input.
@trait(selector: "structure > member :test(> string)")
structure percentEncoded {
    /// The name of a query parameter that may stand at the end of the value, such as `versionId` in
    /// `bucket/key?versionId=1`. The parameter isn't encoded.
    parameter: String
}

/// The value is an encryption key that the caller provides, such as those of S3's server-side encryption with customer-provided
/// keys (SSE-C). It's sent in base64, and the member of this name gets its MD5, in base64, too. If the caller sets that member,
/// both are sent as they are. Applies to members of an operation's input. The command accepts keys of any bytes.
@trait(selector: "structure > member :test(> string)")
@length(min: 1)
string customerKey

/// The value of the member's header is ASCII. Any other value is refused before anything is sent.
///
/// The member needs `@httpHeader` or `@httpPrefixHeaders`; names of prefix headers are ASCII anyway.
@trait(selector: "structure > member :test(> :is(string, map))")
structure ascii {}

/// A resource, such as a bucket of S3, may be in another region than the client's. A response with status 301, 302, 307, 308 or
/// 400 that names the region, in a header or in the document of an error, is followed once: the endpoint is determined for that
/// region, and the request is signed and sent again. Later calls for the same resource are sent there at once. Resources named by
/// ARNs aren't redirected.
@trait(selector: "service")
structure regionRedirects {
    /// The header of responses that has the region.
    @required
    @length(min: 1)
    header: String

    /// The parameter of the endpoint rules that has the resource.
    @required
    @length(min: 1)
    resource: String

    /// The member of an error's document that has the region, for responses without the header.
    @length(min: 1)
    member: String

    /// The name of an operation that is called for the region after a redirect that doesn't name it. Its input has a member with
    /// the resource, by `@contextParam`, and its responses have the header.
    @length(min: 1)
    lookup: String

    /// The codes of errors with status 400 that are redirects, too.
    errors: Codes

    /// The name of the operation that creates resources. Its errors with status 400 aren't redirects, because the caller says
    /// where the resource should be.
    @length(min: 1)
    creation: String
}

/// The operation gives credentials that are only for one resource, such as the sessions for directory buckets of S3. If an
/// endpoint asks for the authentication scheme, the client calls the operation and signs with these credentials (Signature Version
/// 4). They are kept by resource, and fetched again shortly before they expire.
@trait(selector: "operation")
structure sessionCredentials {
    /// The name of the authentication scheme in the endpoint rules.
    @required
    @length(min: 1)
    authScheme: String

    /// The parameter of the endpoint rules that has the resource. The input of the operation has a member for it, by
    /// `@contextParam`.
    @required
    @length(min: 1)
    resource: String

    /// The member of the output that has the credentials: a structure with the members `AccessKeyId`, `SecretAccessKey`,
    /// `SessionToken` and `Expiration`.
    @required
    @length(min: 1)
    credentials: String

    /// The header of requests, and the parameter of presigned ones, that has the session token, instead of
    /// `X-Amz-Security-Token`.
    @required
    @length(min: 1)
    tokenHeader: String

    /// The name of a setting of the client: a source of such credentials, which are used for all resources. The operation isn't
    /// called then.
    @length(min: 1)
    setting: String
}

/// PUT and POST requests with large bodies are sent with `Expect: 100-continue` (RFC 9110, section 10.1.1): the body waits until
/// the service has seen the headers, so that a redirect or an error doesn't cost an upload. The body is sent after 1 s without
/// any response.
@trait(selector: "service")
structure expectContinue {
    /// The length in bytes from which bodies wait. Bodies of unknown length always do.
    @required
    @range(min: 1)
    minLength: Long
}

/// The header of responses that has the CRC-32 of the body, as a decimal number. A response whose body differs is treated as
/// damaged: the request is sent again if attempts are left.
@trait(selector: "service")
@length(min: 1)
string crc32Header

/// Digests in the output of an operation, which the client verifies: the MD5, in hexadecimal, of a string, or of a map of message
/// attributes as Amazon SQS computes it, from their `DataType` and `StringValue` or `BinaryValue`. A digest that differs is an
/// error; a member that isn't there isn't verified.
@trait(selector: "operation")
list md5Digests {
    member: Md5Digest
}

@private
structure Md5Digest {
    /// The member with the digest.
    @required
    @length(min: 1)
    digest: String

    /// The member that the digest covers.
    @required
    @length(min: 1)
    of: String

    /// The list of the output whose elements have the digest. By default, the output itself has it.
    list: String

    /// Whether the digest covers a member of the input. By default, it covers a member beside it.
    inInput: Boolean

    /// The list of the input whose elements have the member. By default, the input itself has it.
    inputList: String

    /// The member by which elements of both lists belong together.
    key: String
}

/// How often and how soon calls of the service are retried by default. Settings of the caller take precedence.
@trait(selector: "service")
structure retries {
    /// The maximum number of attempts, including the first.
    @range(min: 1, max: 1000)
    maxAttempts: Integer

    /// The maximum delay before the first retry, in milliseconds. It doubles with each retry.
    @range(min: 1, max: 3600000)
    initialBackoff: Integer

    /// The codes of errors that are retried, too.
    errors: Codes
}

@private
list Codes {
    @length(min: 1)
    member: String
}

/// The value is a URL whose host takes the place of the endpoint's. Applies to members of an operation's input.
@trait(selector: "structure > member :test(> string)")
structure endpointUrl {}

/// A copy of something in another region: the request has a presigned URL by which the service reads the source. If the input
/// names the source's region and has no URL, the client makes the URL: the same request to the service in that region, signed
/// for an hour. Only for the query protocols.
@trait(selector: "operation")
structure presignedUrl {
    /// The member of the input that has the URL.
    @required
    @length(min: 1)
    url: String

    /// The member of the input that has the source's region. If the model has no such member, it gets one.
    @required
    @length(min: 1)
    sourceRegion: String

    /// The parameter of the URL that has the client's region.
    @required
    @length(min: 1)
    destinationRegion: String

    /// Whether the request itself and its URL have both regions. By default, only the URL has the client's region, and nothing
    /// has the source's.
    sendsRegions: Boolean
}

/// A presigned request of the operation is a `GET`, and its query has the members that otherwise are in the body's document. They
/// are simple, or lists of what is simple. Only for protocols with HTTP bindings.
@trait(selector: "operation")
structure presignedQuery {}

/// The operation starts the upload of a file: its output has a presigned URL to send the file to. The name, the size and the
/// media type of the file are members of its input. Clients have a method that does all of it, and the command line a command:
/// they start the upload, send the file and complete the upload. If the URL has expired, they start again.
///
/// Paths lead to a member of the output: names of members joined by dots, each of a structure but the last. What the URL and the
/// headers lead to must be `@sensitive`, because whoever has them can send a file.
@trait(selector: "operation")
structure upload {
    /// The name of the transfer, as that of an operation: `UploadAttachment` is the method `upload_attachment` and the command
    /// `upload-attachment`. It must not be the name of an operation.
    @required
    @length(min: 1)
    name: String

    /// The description of the transfer, in CommonMark.
    documentation: String

    /// The path to the URL, a string.
    @required
    @length(min: 1)
    url: String

    /// The path to the headers that are sent with the file: a map of strings. By default, there are none.
    headers: String

    /// The path to the time when the URL expires: a timestamp, or a string in one of Smithy's timestamp formats. By default, it
    /// isn't known.
    expiry: String

    /// The HTTP method. By default, `PUT`.
    method: UploadMethod

    /// The member of the input for the name of the file, a string. By default, there is none.
    fileName: String

    /// The member of the input for the size of the file in bytes, an integer or a long. By default, there is none.
    fileSize: String

    /// The member of the input for the media type of the file, a string. By default, there is none.
    mediaType: String

    /// The operation that is called when the file has been sent. By default, there is none.
    complete: Completion
}

@private
enum UploadMethod {
    POST
    PUT
}

@private
structure Completion {
    /// The name of the operation, which belongs to the same service.
    @required
    @length(min: 1)
    operation: String

    /// Members of its input, and the paths in the output of the operation that started the upload. The only element of a member
    /// that is a list is the value at the path.
    fromOutput: Paths

    /// Members of its input, and the members of the input that started the upload.
    fromInput: Paths
}

@private
map Paths {
    key: String

    @length(min: 1)
    value: String
}

/// The operation returns a presigned URL of a file. Clients have a method that downloads the file, and the command line a command:
/// they write it to a temporary file, resume a download that breaks off, and rename the file when it is complete.
///
/// Paths are those of `upload`. What the URL leads to must be `@sensitive`.
@trait(selector: "operation")
structure download {
    /// The name of the transfer, as for `upload`: `DownloadAttachment`.
    @required
    @length(min: 1)
    name: String

    /// The description of the transfer, in CommonMark.
    documentation: String

    /// The path to the URL, a string.
    @required
    @length(min: 1)
    url: String

    /// The path to the time when the URL expires, as for `upload`.
    expiry: String

    /// The path to the size of the file in bytes, an integer or a long. A file of another size is an error.
    fileSize: String
}
