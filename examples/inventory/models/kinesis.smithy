$version: "2"

namespace inventory.kinesis

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1

/// The part of Amazon Kinesis that the example needs.
@title("Amazon Kinesis")
@service(sdkId: "Kinesis", endpointPrefix: "kinesis")
@sigv4(name: "kinesis")
@awsJson1_1
service Kinesis_20131202 {
    version: "2026-01-01"
    operations: [ListStreams]
}

@readonly
operation ListStreams {
    input := {}
    output := {
        StreamNames: Names
        HasMoreStreams: Boolean
    }
}

list Names {
    member: String
}
