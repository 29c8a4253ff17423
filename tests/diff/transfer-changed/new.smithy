$version: "2"

namespace example

use aws.protocols#restJson1
use swage.api#headers

@restJson1
@headers("X-Version": "2", "X-Kind": "a")
service Store {
    version: "1"
    operations: [Put, Get]
}

@httpChecksumRequired
@http(method: "POST", uri: "/put")
operation Put {
    input := {
        id: String
    }
}

@headers("Accept": "application/json")
@readonly
@http(method: "GET", uri: "/get")
operation Get {}
