$version: "2"

namespace inventory.kms

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1

/// The part of AWS Key Management Service that the example needs.
@title("AWS Key Management Service")
@service(sdkId: "KMS", endpointPrefix: "kms")
@sigv4(name: "kms")
@awsJson1_1
service TrentService {
    version: "2026-01-01"
    operations: [ListKeys]
}

@readonly
@paginated(inputToken: "Marker", outputToken: "NextMarker", items: "Keys")
operation ListKeys {
    input := {
        Marker: String
    }
    output := {
        Keys: Keys
        NextMarker: String
    }
}

list Keys {
    member: Key
}

structure Key {
    KeyId: String
}
