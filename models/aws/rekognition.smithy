$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.rekognition

use swage.cli#name

apply CreateStreamProcessorRequest$Output @name("stream-processor-output")
