$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [PutFoo]
}

@http(method: "POST", uri: "/put")
operation PutFoo {
    input := {
        id: String
    }
}
