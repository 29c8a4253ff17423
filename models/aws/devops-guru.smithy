$version: "2"

namespace com.amazonaws.devopsguru

use swage.api#pages

// Pages with several tokens or results, which `@paginated` can't express.
apply DescribeResourceCollectionHealth @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["CloudFormation", "Service", "Tags"])
apply GetResourceCollection @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["ResourceCollection.CloudFormation.StackNames", "ResourceCollection.Tags"], nonAggregate: ["ResourceCollection"])
apply ListAnomaliesForInsight @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["ReactiveAnomalies", "ProactiveAnomalies"], pageSize: "MaxResults")
apply ListInsights @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["ProactiveInsights", "ReactiveInsights"], pageSize: "MaxResults")
apply SearchInsights @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["ProactiveInsights", "ReactiveInsights"], pageSize: "MaxResults")
apply DescribeOrganizationResourceCollectionHealth @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["CloudFormation", "Account", "Service", "Tags"])
apply ListOrganizationInsights @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["ProactiveInsights", "ReactiveInsights"], pageSize: "MaxResults")
apply SearchOrganizationInsights @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["ProactiveInsights", "ReactiveInsights"], pageSize: "MaxResults")
apply ListAnomalousLogGroups @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["InsightId", "AnomalousLogGroups"], pageSize: "MaxResults")
