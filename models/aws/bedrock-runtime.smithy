$version: "2"

namespace swage.overlay

use swage.cli#noContentType

// The AWS CLI sends no content type for these payloads.
apply InvokeModel @noContentType
