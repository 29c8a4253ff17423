$version: "2"

namespace example

use aws.protocols#restJson1
use smithy.waiters#waitable

@restJson1
service Store {
    version: "1"
    operations: [Put]
}

@waitable(
    Done: {
        acceptors: [
            { state: "success", matcher: { output: { path: "state", comparator: "stringEquals", expected: "done" } } }
        ]
    }
)
@http(method: "POST", uri: "/put")
operation Put {
    input := {
        id: String
    }
    output := {
        state: String
    }
}
