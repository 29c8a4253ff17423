$version: "2"

namespace example

use aws.protocols#restJson1

@restJson1
@smithy.rules#endpointRuleSet({
    version: "1.0"
    parameters: {
        Endpoint: { type: "string", builtIn: "SDK::Endpoint", documentation: "The endpoint." }
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
        id: String
    }
}
