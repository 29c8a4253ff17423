$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.apigatewayv2

use swage.cli#name

apply CreateApiRequest$Version @name("api-version")
apply UpdateApiRequest$Version @name("api-version")
