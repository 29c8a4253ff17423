$version: "2"

// Traits for the command line.
namespace swage.cli

/// The name of a member's command line option, without leading hyphens. Only members of an operation's input have
/// options.
///
/// By default, an option is named after its member: `TrafficPolicyId` has `--traffic-policy-id`. A member whose option would
/// be hidden by another one, such as `Version` by the global option `--version`, gets `input.` in front: `--input.version`.
/// The name must not be that of a global option, an abbreviation of one, or that of another option of the operation.
@trait(selector: "structure > member")
@pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
string name
