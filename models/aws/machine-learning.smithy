$version: "2"

<<<<<<< HEAD
namespace swage.overlay

use swage.cli#name

// The service's name in the AWS CLI.
apply Service @name("machinelearning")
=======
namespace com.amazonaws.machinelearning

use swage.api#endpointUrl

// A model that predicts has an endpoint of its own.
apply PredictInput$PredictEndpoint @endpointUrl
>>>>>>> 2e47f87 (Overlays: presigned URLs, CRC-32, defaults for retries, an endpoint in the input)
