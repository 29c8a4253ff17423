$version: "2"

metadata swageVersions = [
    { target: "swage.overlay#PutSnapshotBlock", since: "2020-07-09" }
]

namespace swage.overlay

use swage.cli#noContentType

// The AWS CLI sends no content type for these payloads.
apply PutSnapshotBlock @noContentType
