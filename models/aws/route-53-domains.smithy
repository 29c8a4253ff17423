$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.route53domains

use swage.cli#name

apply ViewBillingRequest$End @name("end-time")
apply ViewBillingRequest$Start @name("start-time")
