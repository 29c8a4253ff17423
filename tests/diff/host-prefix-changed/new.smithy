$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [Put]
}

@endpoint(hostPrefix: "data.")
@http(method: "POST", uri: "/put")
operation Put {
    input := {
        id: String
    }
}
