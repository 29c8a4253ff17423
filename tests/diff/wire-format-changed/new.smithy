$version: "2"

namespace example

use aws.protocols#restJson1
use swage.api#lastSegment

@restJson1
service Store {
    version: "1"
    operations: [Put]
}

@http(method: "POST", uri: "/put")
operation Put {
    input := {
        @timestampFormat("date-time")
        at: Timestamp

        @lastSegment
        id: String
    }
}
