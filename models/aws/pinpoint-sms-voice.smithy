$version: "2"

namespace swage.overlay

use swage.cli#aliases

// The service's older name.
apply Service @aliases(["sms-voice"])
