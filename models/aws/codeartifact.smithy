$version: "2"

metadata swageVersions = [
    { target: "swage.overlay#PublishPackageVersion", since: "2023-03-09" }
]

namespace swage.overlay

use swage.cli#noContentType
use swage.cli#otherCommands

// The AWS CLI sends no content type for these payloads.
apply PublishPackageVersion @noContentType

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "login": "`codeartifact get-authorization-token` and `codeartifact get-repository-endpoint`"
})
