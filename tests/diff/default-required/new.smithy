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
    output := {
        count: Integer = 0

        @required
        size: Integer
    }
}
