$version: "2"

namespace com.amazonaws.apigateway

use swage.api#headers
use swage.cli#name
use swage.overlay#Service

// Names of options as the AWS CLI has them.
apply CreateRestApiRequest$version @name("api-version")

// Otherwise the service answers in HAL.
apply Service @headers(Accept: "application/json")

// The service's name in the AWS CLI.
apply Service @name("apigateway")
