$version: "2"

namespace inventory.lambda

use aws.api#service
use aws.auth#sigv4
use aws.protocols#restJson1

/// The part of AWS Lambda that the example needs.
@title("AWS Lambda")
@service(sdkId: "Lambda", endpointPrefix: "lambda")
@sigv4(name: "lambda")
@restJson1
service AWSGirApiService {
    version: "2026-01-01"
    operations: [ListFunctions]
}

@readonly
@http(method: "GET", uri: "/2015-03-31/functions")
@paginated(inputToken: "Marker", outputToken: "NextMarker", items: "Functions")
operation ListFunctions {
    input := {
        @httpQuery("Marker")
        Marker: String
    }
    output := {
        Functions: Functions
        NextMarker: String
    }
}

list Functions {
    member: Function
}

structure Function {
    FunctionName: String
}
