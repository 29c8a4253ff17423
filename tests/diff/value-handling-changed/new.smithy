$version: "2"

namespace example

use aws.protocols#restJson1
use swage.cli#base64
use swage.cli#json
use swage.cli#moves

@restJson1
service Store {
    version: "1"
    operations: [Put]
}

@http(method: "POST", uri: "/put")
@moves(ifSet: ["script"], members: [{ member: "level", to: "script" }])
operation Put {
    input := {
        @base64
        script: String
        level: String
    }
    output := {
        @json
        policy: String
    }
}
