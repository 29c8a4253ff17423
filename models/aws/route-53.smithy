$version: "2"

namespace com.amazonaws.route53

use swage.api#lastSegment
use swage.api#pages
use swage.api#retries
use swage.cli#name
use swage.overlay#Service

// A change while another one is pending.
apply Service @retries(errors: ["PriorRequestNotComplete"])

// Names of options as the AWS CLI has them.
apply DeleteTrafficPolicyRequest$Version @name("traffic-policy-version")
apply GetTrafficPolicyRequest$Version @name("traffic-policy-version")
apply UpdateTrafficPolicyCommentRequest$Version @name("traffic-policy-version")

// Responses have ids with a prefix, such as `/hostedzone/Z1`, which requests must not have.
apply ResourceId @lastSegment
apply ChangeId @lastSegment

// The service's name in the AWS CLI.
apply Service @name("route53")

// Pages with several tokens or results, which `@paginated` can't express.
apply ListResourceRecordSets @pages(inputTokens: ["StartRecordName", "StartRecordType", "StartRecordIdentifier"], outputTokens: ["NextRecordName", "NextRecordType", "NextRecordIdentifier"], results: ["ResourceRecordSets"], moreResults: "IsTruncated", pageSize: "MaxItems")
