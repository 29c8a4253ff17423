$version: "2"

namespace com.amazonaws.codedeploy

use swage.cli#aliases
use swage.cli#name
use swage.overlay#Service

// Names that options had before.
apply CreateDeploymentGroupInput$ec2TagSet @aliases(["ec-2-tag-set"])
apply ListApplicationRevisionsInput$s3Bucket @aliases(["s-3-bucket"])
apply ListApplicationRevisionsInput$s3KeyPrefix @aliases(["s-3-key-prefix"])
apply UpdateDeploymentGroupInput$ec2TagSet @aliases(["ec-2-tag-set"])

// The service's name in the AWS CLI.
apply Service @name("deploy")
