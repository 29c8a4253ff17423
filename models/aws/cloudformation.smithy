$version: "2"

namespace com.amazonaws.cloudformation

use swage.cli#json
use swage.cli#otherCommands
use swage.overlay#Service

// A template in JSON; one in YAML stays text.
apply GetTemplateOutput$TemplateBody @json

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "deploy": "`cloudformation create-change-set` and `cloudformation execute-change-set`"
    "package": "`s3api put-object` and a template that names the objects"
})
