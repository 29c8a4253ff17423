$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [Put_Foo]
}

@http(method: "POST", uri: "/put")
operation Put_Foo {
    input := {
        id: String
    }
}
