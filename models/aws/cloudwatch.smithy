$version: "2"

metadata swageVersions = [
    { target: "com.amazonaws.cloudwatch#GetOTelEnrichment", since: "2026-04-02" }
    { target: "com.amazonaws.cloudwatch#StartOTelEnrichment", since: "2026-04-02" }
    { target: "com.amazonaws.cloudwatch#StopOTelEnrichment", since: "2026-04-02" }
]

namespace com.amazonaws.cloudwatch

use swage.api#pages
use swage.cli#aliases
use swage.cli#shortcuts

// Names that commands had before.
apply GetOTelEnrichment @aliases(["get-o-tel-enrichment"])
apply StartOTelEnrichment @aliases(["start-o-tel-enrichment"])
apply StopOTelEnrichment @aliases(["stop-o-tel-enrichment"])

// A metric without JSON.
apply PutMetricData @shortcuts([
    { name: "metric-name", documentation: "The name of the metric.", sets: ["MetricData[0].MetricName"], excludes: ["MetricData"] }
    { name: "timestamp", documentation: "The time of the metric. By default, the time when it is received.", sets: ["MetricData[0].Timestamp"], excludes: ["MetricData"] }
    { name: "unit", documentation: "The unit of the metric.", sets: ["MetricData[0].Unit"], excludes: ["MetricData"] }
    { name: "value", documentation: "The value of the metric.", sets: ["MetricData[0].Value"], excludes: ["MetricData"] }
    { name: "dimensions", documentation: "Names and values of dimensions, as in `InstanceId=i-1,InstanceType=m1.small`.", sets: ["MetricData[0].Dimensions[].Name", "MetricData[0].Dimensions[].Value"], separator: "=", delimiter: ",", excludes: ["MetricData"] }
    { name: "statistic-values", documentation: "Statistics of the metric, as in `SampleCount=2,Sum=5,Minimum=1,Maximum=4`.", sets: ["MetricData[0].StatisticValues"], excludes: ["MetricData"] }
    { name: "storage-resolution", documentation: "The resolution in seconds: 1 or 60.", sets: ["MetricData[0].StorageResolution"] }
])

// Pages with several tokens or results, which `@paginated` can't express.
apply DescribeAlarms @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["MetricAlarms", "CompositeAlarms"], pageSize: "MaxRecords")
apply ListMetrics @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["Metrics", "OwningAccounts"])
apply GetMetricData @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["MetricDataResults", "Messages"], pageSize: "MaxDatapoints")
