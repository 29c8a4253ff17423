$version: "2"

namespace com.amazonaws.dlm

use swage.cli#otherCommands
use swage.overlay#Service

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "create-default-role": "`iam create-role` and `iam attach-role-policy`"
})
