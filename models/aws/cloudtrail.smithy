$version: "2"

namespace com.amazonaws.cloudtrail

use swage.cli#otherCommands
use swage.overlay#Service

// Commands that the AWS CLI adds.
apply Service @otherCommands(["create-subscription", "update-subscription", "validate-logs"])
