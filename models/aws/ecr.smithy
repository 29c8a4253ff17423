$version: "2"

namespace com.amazonaws.ecr

use swage.api#pages
use swage.cli#otherCommands
use swage.overlay#Service

// Pages with several tokens or results, which `@paginated` can't express.
apply DescribeImageScanFindings @pages(inputTokens: ["nextToken"], outputTokens: ["nextToken"], results: ["imageScanFindings.findings", "imageScanFindings.enhancedFindings"], nonAggregate: ["registryId", "repositoryName", "imageId", "imageScanStatus", "imageScanFindings"], pageSize: "maxResults")

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "get-login": "`ecr get-authorization-token`"
    "get-login-password": "`ecr get-authorization-token`"
})
