$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.route53

use swage.cli#name

apply DeleteTrafficPolicyRequest$Version @name("traffic-policy-version")
apply GetTrafficPolicyRequest$Version @name("traffic-policy-version")
apply UpdateTrafficPolicyCommentRequest$Version @name("traffic-policy-version")
