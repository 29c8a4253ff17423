$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
@aws.api#service(sdkId: "DataStore")
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
