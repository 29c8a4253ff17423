$version: "2"

namespace com.amazonaws.importexport

use swage.api#pages
use swage.cli#aliases

// Names that options had before.
apply GetShippingLabelInput$street1 @aliases(["street-1"])
apply GetShippingLabelInput$street2 @aliases(["street-2"])
apply GetShippingLabelInput$street3 @aliases(["street-3"])

// Pages with several tokens or results, which `@paginated` can't express.
apply ListJobs @pages(inputTokens: ["Marker"], outputTokens: ["Jobs[-1].JobId"], results: ["Jobs"], moreResults: "IsTruncated", pageSize: "MaxJobs")
