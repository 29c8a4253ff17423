$version: "2"

namespace example

use aws.protocols#restJson1
use swage.api#headers

@restJson1
@headers("X-Version": "1", "X-Kind": "a")
service Store {
    version: "1"
    operations: [Put, Get]
}

@http(method: "POST", uri: "/put")
operation Put {
    input := {
        id: String
    }
}

@readonly
@http(method: "GET", uri: "/get")
operation Get {}
