$version: "2"

namespace com.amazonaws.cloudtrail

use swage.cli#otherCommands
use swage.overlay#Service

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "create-subscription": "`cloudtrail create-trail` and `cloudtrail start-logging`"
    "update-subscription": "`cloudtrail update-trail`"
    "validate-logs": "`cloudtrail list-public-keys`, which has the keys of the digests"
})
