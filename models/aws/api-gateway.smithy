$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.apigateway

use swage.cli#name

apply CreateRestApiRequest$version @name("api-version")
