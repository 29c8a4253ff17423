$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [putURL]
}

@http(method: "POST", uri: "/put")
operation putURL {
    input := {
        id: String
    }
}
