$version: "2"

namespace com.amazonaws.configservice

use swage.cli#name
use swage.cli#otherCommands
use swage.cli#shortcuts
use swage.overlay#Service

// The service's name in the AWS CLI.
apply Service @name("configservice")

// A part of the recorder.
apply PutConfigurationRecorder @shortcuts([{ name: "recording-group", documentation: "Which resources are recorded.", sets: ["ConfigurationRecorder.recordingGroup"] }])

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "get-status": "`configservice describe-configuration-recorder-status`"
    "subscribe": "`configservice put-configuration-recorder` and `configservice put-delivery-channel`"
})
