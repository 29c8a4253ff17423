$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
@aws.auth#sigv4(name: "store")
@httpBearerAuth
@auth([httpBearerAuth, aws.auth#sigv4])
service Store {
    version: "1"
    operations: [Put]
}

@http(method: "POST", uri: "/put")
operation Put {
    input := {
        id: String
    }
}
