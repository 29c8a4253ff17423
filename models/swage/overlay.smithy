$version: "2"

// An overlay is a file that only applies traits. Swage carries one for each service that needs it, and applies it to the model
// whose `sdkId` is its name in lower case with hyphens for all characters but letters and digits: `aws/route-53.smithy` to
// "Route 53". Its targets are looked up in the namespace of the model's service as well, because namespaces differ between
// model formats.
//
// A target that the model doesn't have is an error. If only some versions of the model have it, the overlay says so:
//
//     metadata swageVersions = [
//         { target: "com.amazonaws.sns#PublishInput$MessageGroupId", since: "2020-10-22" }
//         { target: "com.amazonaws.sns#OptInPhoneNumber", until: "2031-01-01" }
//     ]
//
// `target` is a shape or a member that the overlay applies a trait to. A shape stands for its members as well. `since` is the
// date of the first version that has the target, and `until` that of the first version that lacks it again; at least one of
// them is required. For AWS's services, it's the date when botocore's repository got that version.
namespace swage.overlay

/// Stands for the model's service as the target of an `apply`, because the model formats name the service differently.
/// A mixin, so that a model with this file has no service of this name.
@mixin
service Service {}
