$version: "2"

namespace example

@aws.protocols#restXml
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
