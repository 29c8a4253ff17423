$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.eks

use swage.cli#name

apply CreateClusterRequest$version @name("kubernetes-version")
apply CreateNodegroupRequest$version @name("kubernetes-version")
apply UpdateClusterVersionRequest$version @name("kubernetes-version")
apply UpdateNodegroupVersionRequest$version @name("kubernetes-version")
