$version: "2"

namespace com.amazonaws.emrserverless

use swage.api#ignoreDefaults

// The default is none of the values that are allowed.
apply WorkerCounts @ignoreDefaults
