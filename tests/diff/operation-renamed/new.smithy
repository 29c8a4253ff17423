$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [PutURL]
}

@http(method: "POST", uri: "/put")
operation PutURL {
    input := {
        id: String
    }
}
