$version: "2"

metadata swageVersions = [
    { target: "com.amazonaws.cloudwatch#GetOTelEnrichment", since: "2025-04-03" }
    { target: "com.amazonaws.cloudwatch#StartOTelEnrichment", since: "2025-04-03" }
    { target: "com.amazonaws.cloudwatch#StopOTelEnrichment", since: "2025-04-03" }
]

namespace com.amazonaws.cloudwatch

use swage.cli#aliases

// Names that commands had before.
apply GetOTelEnrichment @aliases(["get-o-tel-enrichment"])
apply StartOTelEnrichment @aliases(["start-o-tel-enrichment"])
apply StopOTelEnrichment @aliases(["stop-o-tel-enrichment"])
