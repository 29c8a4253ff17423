$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.workdocs

use swage.cli#name

apply CreateNotificationSubscriptionRequest$Endpoint @name("notification-endpoint")
apply DescribeUsersRequest$Query @name("user-query")
