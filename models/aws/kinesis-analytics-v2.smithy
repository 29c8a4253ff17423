$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.kinesisanalyticsv2

use swage.cli#name

apply AddApplicationOutputRequest$Output @name("application-output")
