$version: "2"

metadata swageVersions = [
    { target: "swage.overlay#PostLineageEvent", since: "2024-06-27" }
]

namespace swage.overlay

use swage.cli#noContentType

// The AWS CLI sends no content type for these payloads.
apply PostLineageEvent @noContentType
