$version: "2"

namespace com.amazonaws.emrcontainers

use swage.cli#otherCommands
use swage.overlay#Service

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "update-role-trust-policy": "`iam update-assume-role-policy`"
})
