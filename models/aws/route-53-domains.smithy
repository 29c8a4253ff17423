$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.route53domains

use swage.cli#aliases
use swage.cli#name
use swage.overlay#Service

apply ViewBillingRequest$End @name("end-time")
apply ViewBillingRequest$Start @name("start-time")

// Names that options had before.
apply ViewBillingRequest$Start @aliases(["start"])

// The service's name in the AWS CLI.
apply Service @name("route53domains")
