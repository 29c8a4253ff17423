$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [Put]
}

@http(method: "POST", uri: "/put")
operation Put {
    input := {
        id: String
    }
    errors: [Conflict]
}

@error("client")
structure Conflict {
    message: String
    extra: String
}
