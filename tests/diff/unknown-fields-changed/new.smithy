$version: "2"

namespace example

use alloy#simpleRestJson
use alloy#jsonUnknown

@simpleRestJson
service Store {
    version: "1"
    operations: [Put]
}

@http(method: "POST", uri: "/put")
operation Put {
    input := {
        name: String
        @jsonUnknown
        others: Others
    }
}

map Others {
    key: String
    value: Document
}
