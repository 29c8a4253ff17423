$version: "2"

namespace inventory.sns

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsQuery

/// The part of Amazon Simple Notification Service that the example needs.
@title("Amazon Simple Notification Service")
@service(sdkId: "SNS", endpointPrefix: "sns")
@sigv4(name: "sns")
@awsQuery
@xmlNamespace(uri: "http://sns.amazonaws.com/doc/2010-03-31/")
service AmazonSimpleNotificationService {
    version: "2010-03-31"
    operations: [ListTopics]
}

@readonly
@paginated(inputToken: "NextToken", outputToken: "NextToken", items: "Topics")
operation ListTopics {
    input := {
        NextToken: String
    }
    output := {
        Topics: Topics
        NextToken: String
    }
}

list Topics {
    member: Topic
}

structure Topic {
    TopicArn: String
}
