$version: "2"

namespace swage.overlay

use swage.cli#aliases
use swage.cli#noContentType

// The service's older name.
apply Service @aliases(["runtime.sagemaker"])

// The AWS CLI sends no content type for these payloads.
apply InvokeEndpoint @noContentType
