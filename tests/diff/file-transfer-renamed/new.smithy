$version: "2"

namespace example

use aws.protocols#restJson1
use swage.api#upload

@restJson1
service Store {
    version: "1"
    operations: [Put]
}

@upload(name: "PutURL", url: "url")
@http(method: "POST", uri: "/put")
operation Put {
    input := {
        name: String
    }
    output := {
        url: Url
    }
}

@sensitive
string Url
