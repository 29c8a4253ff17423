$version: "2"

namespace com.amazonaws.codecommit

use swage.cli#otherCommands
use swage.overlay#Service

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "credential-helper": "git-remote-codecommit: no operation gives credentials for Git"
})
