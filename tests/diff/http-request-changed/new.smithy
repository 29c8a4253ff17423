$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [Put]
}

@http(method: "PUT", uri: "/items")
operation Put {
    input := {
        id: String
    }
}
