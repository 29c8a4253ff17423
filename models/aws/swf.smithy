$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.swf

use swage.cli#name

apply RegisterActivityTypeInput$version @name("activity-version")
apply RegisterWorkflowTypeInput$version @name("workflow-version")
