$version: "2"

namespace com.amazonaws.resourcegroups

use swage.api#pages

// Pages with several tokens or results, which `@paginated` can't express.
apply ListGroups @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["GroupIdentifiers", "Groups"], pageSize: "MaxResults")
apply ListGroupResources @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["ResourceIdentifiers", "Resources"], pageSize: "MaxResults")
