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
        entry: Entry
    }
}

structure Entry {
    value: String
    inner: Inner
}

structure Inner {
    value: String
}
