$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.states

use swage.cli#name

apply SendTaskSuccessInput$output @name("task-output")
