$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.cloudsearchdomain

use swage.cli#name
use swage.cli#noContentType
use swage.overlay#Service

apply SearchRequest$query @name("search-query")
apply SuggestRequest$query @name("suggest-query")

// The AWS CLI sends no content type for these payloads.
apply UploadDocuments @noContentType

// The service's name in the AWS CLI.
apply Service @name("cloudsearchdomain")
