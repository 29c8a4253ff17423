$version: "2"

namespace com.amazonaws.cloudwatch

use swage.cli#aliases

// Names that commands had before.
apply GetOTelEnrichment @aliases(["get-o-tel-enrichment"])
apply StartOTelEnrichment @aliases(["start-o-tel-enrichment"])
apply StopOTelEnrichment @aliases(["stop-o-tel-enrichment"])
