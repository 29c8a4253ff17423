$version: "2"

namespace com.amazonaws.dynamodb

use swage.api#crc32Header
use swage.api#pages
use swage.api#retries
use swage.overlay#Service

apply Service @crc32Header("x-amz-crc32")

// Calls take milliseconds, so many retries with short delays are better than few with long ones.
apply Service @retries(maxAttempts: 10, initialBackoff: 50, errors: ["ReplicatedWriteConflictException", "TransactionInProgressException"])

// Pages with several tokens or results, which `@paginated` can't express.
apply Query @pages(inputTokens: ["ExclusiveStartKey"], outputTokens: ["LastEvaluatedKey"], results: ["Items", "Count", "ScannedCount"], nonAggregate: ["ConsumedCapacity"], pageSize: "Limit")
apply Scan @pages(inputTokens: ["ExclusiveStartKey"], outputTokens: ["LastEvaluatedKey"], results: ["Items", "Count", "ScannedCount"], nonAggregate: ["ConsumedCapacity"], pageSize: "Limit")
