$version: "2"

metadata swageVersions = [
    { target: "swage.overlay#SendApiAsset", since: "2021-11-29" }
]

namespace swage.overlay

use swage.cli#noContentType

// The AWS CLI sends no content type for these payloads.
apply SendApiAsset @noContentType
