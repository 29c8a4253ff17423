$version: "2"

namespace example

use aws.protocols#awsJson1_1

@awsJson1_1
@aws.api#service(sdkId: "Store")
service StoreV2 {
    version: "1"
    operations: [Put]
}

operation Put {
    input := {
        id: String
    }
}
