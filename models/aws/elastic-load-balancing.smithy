$version: "2"

namespace com.amazonaws.elasticloadbalancing

use swage.cli#name
use swage.cli#plainValues
use swage.overlay#Service

// The service's name in the AWS CLI.
apply Service @name("elb")

// Ids and keys alone.
apply DeregisterEndPointsInput$Instances @plainValues
apply DescribeEndPointStateInput$Instances @plainValues
apply RegisterEndPointsInput$Instances @plainValues
apply RemoveTagsInput$Tags @plainValues
