$version: "2"

namespace swage.overlay

use swage.cli#name
use swage.cli#otherCommands

// The service's name in the AWS CLI.
apply Service @name("servicecatalog")

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "generate": "`servicecatalog create-product` and `servicecatalog create-provisioning-artifact`"
})
