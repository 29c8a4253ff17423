$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.sns

use swage.cli#name

apply SubscribeInput$Endpoint @name("notification-endpoint")
