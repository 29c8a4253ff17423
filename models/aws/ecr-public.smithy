$version: "2"

namespace com.amazonaws.ecrpublic

use swage.cli#otherCommands
use swage.overlay#Service

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "get-login-password": "`ecr-public get-authorization-token`"
})
