$version: "2"

namespace com.amazonaws.ec2

use swage.api#presignedUrl
use swage.cli#flag
use swage.cli#hidden
use swage.cli#off

// What turns a flag off, as in the AWS CLI.
apply CreateImageRequest$NoReboot @off("reboot")
apply CreateNetworkAclEntryRequest$Egress @off("ingress")
apply DeleteNetworkAclEntryRequest$Egress @off("ingress")
apply ReplaceNetworkAclEntryRequest$Egress @off("ingress")
apply RunInstancesRequest$DisableApiTermination @off("enable-api-termination")

// Options for these can be given without a value.
apply AttributeBooleanValue @flag

// Other options take their place.
apply AuthorizeSecurityGroupEgressRequest$CidrIp @hidden
apply AuthorizeSecurityGroupEgressRequest$FromPort @hidden
apply AuthorizeSecurityGroupEgressRequest$IpProtocol @hidden
apply AuthorizeSecurityGroupEgressRequest$SourceSecurityGroupName @hidden
apply AuthorizeSecurityGroupEgressRequest$SourceSecurityGroupOwnerId @hidden
apply AuthorizeSecurityGroupEgressRequest$ToPort @hidden
apply AuthorizeSecurityGroupIngressRequest$CidrIp @hidden
apply AuthorizeSecurityGroupIngressRequest$FromPort @hidden
apply AuthorizeSecurityGroupIngressRequest$IpProtocol @hidden
apply AuthorizeSecurityGroupIngressRequest$SourceSecurityGroupName @hidden
apply AuthorizeSecurityGroupIngressRequest$SourceSecurityGroupOwnerId @hidden
apply AuthorizeSecurityGroupIngressRequest$ToPort @hidden
apply RevokeSecurityGroupEgressRequest$CidrIp @hidden
apply RevokeSecurityGroupEgressRequest$FromPort @hidden
apply RevokeSecurityGroupEgressRequest$IpProtocol @hidden
apply RevokeSecurityGroupEgressRequest$SourceSecurityGroupName @hidden
apply RevokeSecurityGroupEgressRequest$SourceSecurityGroupOwnerId @hidden
apply RevokeSecurityGroupEgressRequest$ToPort @hidden
apply RevokeSecurityGroupIngressRequest$CidrIp @hidden
apply RevokeSecurityGroupIngressRequest$FromPort @hidden
apply RevokeSecurityGroupIngressRequest$IpProtocol @hidden
apply RevokeSecurityGroupIngressRequest$SourceSecurityGroupName @hidden
apply RevokeSecurityGroupIngressRequest$SourceSecurityGroupOwnerId @hidden
apply RevokeSecurityGroupIngressRequest$ToPort @hidden

// Copies from another region.
apply CopySnapshot @presignedUrl(
    url: "PresignedUrl"
    sourceRegion: "SourceRegion"
    destinationRegion: "DestinationRegion"
    sendsRegions: true
)
