$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.cloudsearchdomain

use swage.cli#name

apply SearchRequest$query @name("search-query")
apply SuggestRequest$query @name("suggest-query")
