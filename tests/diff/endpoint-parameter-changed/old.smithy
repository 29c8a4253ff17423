$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
@smithy.rules#endpointRuleSet({
    version: "1.0"
    parameters: {
        Zone: { type: "string", documentation: "The zone." }
    }
    rules: [
        { conditions: [], endpoint: { url: "https://a.example" }, type: "endpoint" }
    ]
})
service Store {
    version: "1"
    operations: [Put]
}

@http(method: "POST", uri: "/put")
operation Put {
    input := {
        zone: String
    }
}
