$version: "2"

namespace inventory.dynamodb

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_0

/// The part of Amazon DynamoDB that the example needs.
@title("Amazon DynamoDB")
@service(sdkId: "DynamoDB", endpointPrefix: "dynamodb")
@sigv4(name: "dynamodb")
@awsJson1_0
service DynamoDB_20120810 {
    version: "2026-01-01"
    operations: [ListTables]
}

@readonly
@paginated(inputToken: "ExclusiveStartTableName", outputToken: "LastEvaluatedTableName", items: "TableNames")
operation ListTables {
    input := {
        ExclusiveStartTableName: String
    }
    output := {
        TableNames: Names
        LastEvaluatedTableName: String
    }
}

list Names {
    member: String
}
