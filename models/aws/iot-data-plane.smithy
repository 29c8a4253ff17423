$version: "2"

namespace swage.overlay

use swage.cli#name
use swage.cli#noContentType

// The AWS CLI sends no content type for these payloads.
apply Publish @noContentType
apply UpdateThingShadow @noContentType

// The service's name in the AWS CLI.
apply Service @name("iot-data")
