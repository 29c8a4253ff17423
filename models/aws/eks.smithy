$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.eks

use swage.cli#name
use swage.cli#otherCommands
use swage.overlay#Service

apply CreateClusterRequest$version @name("kubernetes-version")
apply CreateNodegroupRequest$version @name("kubernetes-version")
apply UpdateClusterVersionRequest$version @name("kubernetes-version")
apply UpdateNodegroupVersionRequest$version @name("kubernetes-version")

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "get-token": "`sts get-caller-identity`, whose presigned URL is the token"
    "update-kubeconfig": "`eks describe-cluster`, which has the endpoint and the certificate"
})
