$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.kinesisanalytics

use swage.cli#name

apply AddApplicationOutputRequest$Output @name("application-output")
