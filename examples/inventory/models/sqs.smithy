$version: "2"

namespace inventory.sqs

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_0

/// The part of Amazon Simple Queue Service that the example needs.
@title("Amazon Simple Queue Service")
@service(sdkId: "SQS", endpointPrefix: "sqs")
@sigv4(name: "sqs")
@awsJson1_0
service AmazonSQS {
    version: "2026-01-01"
    operations: [ListQueues]
}

@readonly
@paginated(inputToken: "NextToken", outputToken: "NextToken", items: "QueueUrls")
operation ListQueues {
    input := {
        NextToken: String
    }
    output := {
        QueueUrls: QueueUrls
        NextToken: String
    }
}

list QueueUrls {
    member: String
}
