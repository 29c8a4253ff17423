$version: "2"

metadata swageVersions = [
    { target: "com.amazonaws.ecs#CreateDaemonRequest", since: "2026-04-01" }
    { target: "com.amazonaws.ecs#UpdateDaemonRequest", since: "2026-04-01" }
]

namespace com.amazonaws.ecs

use swage.cli#off
use swage.cli#otherCommands
use swage.overlay#Service

// Names of the options that turn flags off, as in the AWS CLI.
apply ExecuteCommandRequest$interactive @off("non-interactive")
apply CreateDaemonRequest$enableExecuteCommand @off("disable-execute-command")
apply CreateServiceRequest$enableExecuteCommand @off("disable-execute-command")
apply RunTaskRequest$enableExecuteCommand @off("disable-execute-command")
apply StartTaskRequest$enableExecuteCommand @off("disable-execute-command")
apply UpdateDaemonRequest$enableExecuteCommand @off("disable-execute-command")
apply UpdateServiceRequest$enableExecuteCommand @off("disable-execute-command")

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "deploy": "`ecs register-task-definition` and `deploy create-deployment`"
})
