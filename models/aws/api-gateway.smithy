$version: "2"

namespace com.amazonaws.apigateway

use swage.api#headers
use swage.cli#name
use swage.cli#noContentType
use swage.overlay#Service

// Names of options as the AWS CLI has them.
apply CreateRestApiRequest$version @name("api-version")

// Otherwise the service answers in HAL.
apply Service @headers(Accept: "application/json")

// The AWS CLI sends no content type for these payloads.
apply ImportApiKeys @noContentType
apply ImportDocumentationParts @noContentType
apply ImportRestApi @noContentType
apply PutRestApi @noContentType

// The service's name in the AWS CLI.
apply Service @name("apigateway")

// The private key of a certificate.
apply CreateDomainNameRequest$certificatePrivateKey @sensitive
