$version: "2"

// Traits for the command line.
namespace swage.cli

/// The name of a service's program, an operation's command or a member's option, without leading hyphens. Only members of an
/// operation's input have options.
///
/// By default, a program is named after the service's `sdkId`, in lower case and with hyphens for spaces. A command is named
/// after its operation, and an option after its member: `TrafficPolicyId` has `--traffic-policy-id`. A member whose option would
/// be hidden by another one, such as `Version` by the global option `--version`, gets `input.` in front: `--input.version`.
/// The name must not be that of another command, a global option, an abbreviation of one, or another option of the operation.
@trait(selector: ":is(service, operation, structure > member)")
string name with [Word]

/// Other names of a service, a command or an option. They work, but help doesn't show them. Those of a service stand for its name
/// in programs for many services. If a required member has aliases, a call without the option is rejected when the input is
/// checked, not when the words are parsed.
@trait(selector: ":is(service, operation, structure > member)")
list aliases {
    member: OtherName
}

@private
@pattern("^[a-z][a-z0-9]*([-.][a-z0-9]+)*$")
string OtherName

@private
string Alias with [Word]

/// Help doesn't show the operation's command or the member's option. They work, and the command has a page.
@trait(selector: ":is(operation, structure > member)")
structure hidden {}

/// Commands that AWS's command line has for the service beside those for operations, such as `get-login-password`, and what
/// comes nearest to each. They aren't available: whoever types one is told so.
@trait(selector: "service")
map otherCommands {
    key: Alias

    @length(min: 1)
    value: String
}

/// The name of the option that turns a flag off, without leading hyphens. By default, it is that of the option with `no-` in
/// front.
@trait(selector: "structure > member :test(> boolean)")
string off with [Word]

/// The option for this structure can be given without a value: then it sets the structure's only member, a boolean, to `true`.
/// A second option, with `no-` in front, sets it to `false`.
@trait(selector: "structure")
structure flag {}

@mixin
@private
@pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
string Word

/// The string is a JSON document, which may be percent-encoded. The command shows it as JSON, so that `--query` can select parts
/// of it. Text that isn't valid JSON is shown unchanged, and so is the string in the library. Applies to members of outputs, by
/// the member itself or its target.
@trait(selector: ":is(string, member :test(> string))")
structure json {}

/// The command sends no `Content-Type` for the operation's payload, unless a member of the input sets the header. The library
/// sends that of the payload: its `@mediaType`, else `application/octet-stream` for a blob and `text/plain` for a string.
///
/// AWS's command line sends none for such payloads, AWS's crates send one, and services may keep it: it is what later downloads
/// of an S3 object have. The operation's input needs a member with `@httpPayload` that is a blob or a string.
@trait(selector: "operation")
structure noContentType {}

/// The value of the option is sent in base64: the text that is given, or the bytes of a file. Applies to members of an
/// operation's input. In the library, callers encode the value themselves.
@trait(selector: "structure > member :test(> string)")
structure base64 {}

/// The value of the option is a ZIP archive. Any other value, such as a path without `fileb://`, is refused before anything is
/// sent. Applies to members whose value an option gives: those of an operation's input, and those that a shortcut sets.
@trait(selector: "structure > member :test(> blob)")
structure zipFile {}

/// The elements of this list are structures of a single member, and the words of the option are the values of that member:
/// `i-1 i-2` in place of `Id=i-1 Id=i-2`. Applies to members of an operation's input.
@trait(selector: "structure > member :test(> list)")
structure plainValues {}

/// The size of pages if the caller gives none. It is only sent if the command fetches all pages, and if the call sets no other
/// members than those in `beside`.
@trait(selector: "operation")
structure pageSize {
    /// The number of items.
    @required
    @range(min: 1)
    size: Long

    /// The members that can be set. By default, none.
    beside: Paths
}

/// The service can percent-encode what it returns, because its format can't hold every character. The command asks for that
/// unless the caller sets the member, and shows the plain text.
@trait(selector: "operation")
structure percentEncoding {
    /// The member of the input that asks for it. The output has a member of the same name, which says whether it was done.
    @required
    member: String

    /// The value that asks for it.
    @required
    value: String

    /// The paths of the encoded strings in the output: names of members joined by dots, with `[]` after one that is a list, as in
    /// `Contents[].Key`.
    @required
    paths: Paths
}

/// Options that write parts of the output into files, which only their owner can read.
@trait(selector: "operation")
list outfiles {
    member: Outfile
}

@private
structure Outfile {
    /// The name of the option for the file, without leading hyphens.
    @required
    name: Alias

    /// What help says about it.
    documentation: String

    /// The paths of strings or blobs in the output: names of members joined by dots. Several paths need a `choice`.
    @required
    paths: Paths

    /// The name of an option for the last name of one of the paths, which says what is written.
    choice: Alias

    /// What help says about the choice.
    choiceDocumentation: String

    /// Whether calls without the option, and without the choice if there is one, are rejected when the words are parsed.
    required: Boolean

    /// Whether all of the paths are left out of what is printed.
    removes: Boolean
}

/// Options that an operation's command has beside those for the members of its input. Each sets parts of members, so that they
/// needn't be written as JSON. The option of a member that a shortcut sets isn't required when the words are parsed.
///
/// A path leads from the input to what is set: names of members joined by dots. `[0]` after a list is its first element, as in
/// `Rules[0].Name`. `[]` is a new element for each value, as in `Rules[].Name`; then the option takes any number of values.
@trait(selector: "operation")
list shortcuts {
    member: Shortcut
}

@private
structure Shortcut {
    /// The name of the option, without leading hyphens.
    @required
    name: Alias

    /// What help says about it.
    documentation: String

    /// The paths that get the value. Without any path, the option is a flag.
    sets: Paths

    /// Between the parts of a value, the first of which goes to the first path and the rest to the second. A value without the
    /// separator goes to both, unless there is a `delimiter`: then it is an error.
    separator: String

    /// Between several values that are given as one word: `,` for `a=1,b=2`. The paths need `[]`.
    delimiter: String

    /// What some values stand for: `all` for `-1`.
    values: Texts

    /// The paths for values that start with a prefix, in place of those in `sets`.
    prefixes: Texts

    /// What else is set: words for each path, as they would be given for an option.
    with: FixedWords

    /// What else is set, depending on how the value ends. The first case that matches counts.
    cases: Cases

    /// The paths that get the number of values.
    counts: Paths

    /// The paths that get an identifier that the command makes up, the same one for all of them.
    ids: Paths

    /// The members whose options can't be given together with this one.
    excludes: Paths

    /// What the value is, with an article: `a file`. If set, nothing but this option can give it: the option of the member is
    /// refused if it has what the first path leads to.
    only: String

    /// What an invalid value should be: `a number or "all"`. By default, the error says what is wrong with the value.
    expected: String

    /// The value if neither the option nor any of the members that it sets is given.
    default: String

    /// Whether calls without the option are rejected when the words are parsed.
    required: Boolean
}

/// Members of an operation's input that the command sends at other places if the call sets certain things. For example, the
/// subnet of an instance belongs to its network interface if the call describes one.
@trait(selector: "operation")
structure moves {
    /// The members are only moved if one of these paths is set. `[0]` after a list is its first element.
    @required
    ifSet: Paths

    @required
    members: Moves
}

@private
list Moves {
    member: Move
}

@private
structure Move {
    /// The member of the input.
    @required
    member: String

    /// The path where its value is sent instead, as in `shortcuts`. `[]` adds an element to a list.
    @required
    to: String

    /// What else is set: words for each path, as they would be given for an option.
    with: FixedWords
}

@private
list Cases {
    member: Case
}

@private
structure Case {
    /// How the value ends. Every value ends with the empty string.
    @required
    suffix: String

    /// Words for each path, as they would be given for an option.
    @required
    with: FixedWords
}

@private
list Paths {
    member: String
}

@private
map Texts {
    key: String
    value: String
}

@private
map FixedWords {
    key: String
    value: Paths
}
