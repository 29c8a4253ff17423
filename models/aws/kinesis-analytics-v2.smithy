$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.kinesisanalyticsv2

use swage.cli#name
use swage.overlay#Service

apply AddApplicationOutputRequest$Output @name("application-output")

// The service's name in the AWS CLI.
apply Service @name("kinesisanalyticsv2")
