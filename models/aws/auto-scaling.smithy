$version: "2"

namespace com.amazonaws.autoscaling

use swage.cli#base64
use swage.cli#name
use swage.overlay#Service

// The service's name in the AWS CLI.
apply Service @name("autoscaling")

// User data is given as it is.
apply CreateLaunchConfigurationType$UserData @base64
