$version: "2"

namespace com.amazonaws.devicefarm

use swage.api#pages
use swage.cli#name
use swage.overlay#Service

// The service's name in the AWS CLI.
apply Service @name("devicefarm")

// Pages with several tokens or results, which `@paginated` can't express.
apply GetOfferingStatus @pages(inputTokens: ["nextToken"], outputTokens: ["nextToken"], results: ["current", "nextPeriod"])
