$version: "2"

metadata swageVersions = [
    { target: "swage.overlay#UploadReadSetPart", since: "2023-05-11" }
]

namespace swage.overlay

use swage.cli#noContentType

// The AWS CLI sends no content type for these payloads.
apply UploadReadSetPart @noContentType
