$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.states

use swage.cli#name
use swage.overlay#Service

apply SendTaskSuccessInput$output @name("task-output")

// The service's name in the AWS CLI.
apply Service @name("stepfunctions")
