$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [Put, Other]
}

@http(method: "POST", uri: "/put")
operation Put {
    input := {
        id: String
    }
    errors: [Missing]
}

@http(method: "POST", uri: "/other")
operation Other {
    errors: [Missing, Busy]
}

@error("client")
structure Missing {
    message: String
}

@error("client")
structure Busy {
    message: String
}
