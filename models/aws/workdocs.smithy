$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.workdocs

use swage.api#pages
use swage.cli#name

apply CreateNotificationSubscriptionRequest$Endpoint @name("notification-endpoint")
apply DescribeUsersRequest$Query @name("user-query")

// Pages with several tokens or results, which `@paginated` can't express.
apply DescribeFolderContents @pages(inputTokens: ["Marker"], outputTokens: ["Marker"], results: ["Folders", "Documents"], pageSize: "Limit")
