$version: "2"

namespace com.amazonaws.codedeploy

use swage.cli#aliases
use swage.cli#name
use swage.cli#otherCommands
use swage.cli#shortcuts
use swage.overlay#Service

// Names that options had before.
apply CreateDeploymentGroupInput$ec2TagSet @aliases(["ec-2-tag-set"])
apply ListApplicationRevisionsInput$s3Bucket @aliases(["s-3-bucket"])
apply ListApplicationRevisionsInput$s3KeyPrefix @aliases(["s-3-key-prefix"])
apply UpdateDeploymentGroupInput$ec2TagSet @aliases(["ec-2-tag-set"])

// The service's name in the AWS CLI.
apply Service @name("deploy")

// Where a revision is.
apply CreateDeployment @shortcuts([
    { name: "s3-location", documentation: "The location of the revision in Amazon S3.", sets: ["revision.s3Location"], with: { "revision.revisionType": ["S3"] } }
    { name: "github-location", documentation: "The location of the revision in GitHub.", sets: ["revision.gitHubLocation"], with: { "revision.revisionType": ["GitHub"] } }
])

// Where a revision is.
apply GetApplicationRevision @shortcuts([
    { name: "s3-location", documentation: "The location of the revision in Amazon S3.", sets: ["revision.s3Location"], with: { "revision.revisionType": ["S3"] } }
    { name: "github-location", documentation: "The location of the revision in GitHub.", sets: ["revision.gitHubLocation"], with: { "revision.revisionType": ["GitHub"] } }
])

// Where a revision is.
apply RegisterApplicationRevision @shortcuts([
    { name: "s3-location", documentation: "The location of the revision in Amazon S3.", sets: ["revision.s3Location"], with: { "revision.revisionType": ["S3"] } }
    { name: "github-location", documentation: "The location of the revision in GitHub.", sets: ["revision.gitHubLocation"], with: { "revision.revisionType": ["GitHub"] } }
])

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "deregister": "`deploy deregister-on-premises-instance`"
    "install": "the installer of the CodeDeploy agent"
    "push": "`s3api put-object` and `deploy register-application-revision`"
    "register": "`deploy register-on-premises-instance`"
    "uninstall": "the installer of the CodeDeploy agent"
})
