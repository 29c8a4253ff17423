$version: "2"

namespace inventory.secretsmanager

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1

/// The part of AWS Secrets Manager that the example needs.
@title("AWS Secrets Manager")
@service(sdkId: "Secrets Manager", endpointPrefix: "secretsmanager")
@sigv4(name: "secretsmanager")
@awsJson1_1
service secretsmanager {
    version: "2026-01-01"
    operations: [ListSecrets]
}

@readonly
@paginated(inputToken: "NextToken", outputToken: "NextToken", items: "SecretList")
operation ListSecrets {
    input := {
        NextToken: String
    }
    output := {
        SecretList: Secrets
        NextToken: String
    }
}

list Secrets {
    member: Secret
}

structure Secret {
    Name: String
}
