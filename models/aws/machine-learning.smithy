$version: "2"

namespace com.amazonaws.machinelearning

use swage.api#endpointUrl
use swage.cli#name
use swage.overlay#Service

// The service's name in the AWS CLI.
apply Service @name("machinelearning")

// A model that predicts has an endpoint of its own.
apply PredictInput$PredictEndpoint @endpointUrl
