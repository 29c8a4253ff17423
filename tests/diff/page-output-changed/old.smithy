$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
service Store {
    version: "1"
    operations: [Put]
}

@paginated(inputToken: "next", outputToken: "next", items: "items", pageSize: "limit")
@http(method: "POST", uri: "/put")
operation Put {
    input := {
        next: String
        limit: Integer
        kind: String
    }
    output := {
        next: String
        items: Items
        names: Items
    }
}

list Items {
    member: String
}
