$version: "2"

namespace com.amazonaws.kinesis

use swage.api#pages
use swage.api#retries
use swage.cli#hidden
use swage.overlay#Service

// Too many requests.
apply Service @retries(errors: ["LimitExceededException"])

// The option for tokens is meant.
apply ListStreamsInput$ExclusiveStartStreamName @hidden

// Pages with several tokens or results, which `@paginated` can't express.
apply DescribeStream @pages(inputTokens: ["ExclusiveStartShardId"], outputTokens: ["StreamDescription.Shards[-1].ShardId"], results: ["StreamDescription.Shards"], moreResults: "StreamDescription.HasMoreShards", nonAggregate: ["StreamDescription.StreamARN", "StreamDescription.StreamName", "StreamDescription.StreamStatus", "StreamDescription.RetentionPeriodHours", "StreamDescription.EnhancedMonitoring", "StreamDescription.EncryptionType", "StreamDescription.KeyId", "StreamDescription.StreamCreationTimestamp"], pageSize: "Limit")
apply ListStreams @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["StreamNames", "StreamSummaries"], moreResults: "HasMoreStreams", pageSize: "Limit")
