$version: "2"

namespace com.amazonaws.ec2

use swage.api#optionalMembers
use swage.api#pages
use swage.api#presignedUrl
use swage.cli#base64
use swage.cli#flag
use swage.cli#hidden
use swage.cli#moves
use swage.cli#off
use swage.cli#pageSize
use swage.cli#shortcuts
use swage.overlay#Service

// What is left out is not the same as zero or false, and the model doesn't say so.
apply Service @optionalMembers

// Names of the options that turn flags off, as in the AWS CLI.
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

// The least and the most in one option; a network interface without JSON.
apply RunInstances @shortcuts([
    { name: "count", documentation: "The number of instances, or the least and the most as in `1:10`.", sets: ["MinCount", "MaxCount"], separator: ":", default: "1", expected: "of form min[:max] (e.g. 1 or 1:10)" }
    { name: "secondary-private-ip-addresses", documentation: "Further private addresses of the network interface.", sets: ["NetworkInterfaces[0].PrivateIpAddresses[].PrivateIpAddress"], with: { "NetworkInterfaces[0].DeviceIndex": ["0"], "NetworkInterfaces[0].PrivateIpAddresses[].Primary": ["false"] }, excludes: ["NetworkInterfaces"] }
    { name: "secondary-private-ip-address-count", documentation: "The number of further private addresses of the network interface.", sets: ["NetworkInterfaces[0].SecondaryPrivateIpAddressCount"], with: { "NetworkInterfaces[0].DeviceIndex": ["0"] }, excludes: ["NetworkInterfaces"] }
    { name: "associate-public-ip-address", documentation: "Gives the network interface a public address.", with: { "NetworkInterfaces[0].DeviceIndex": ["0"], "NetworkInterfaces[0].AssociatePublicIpAddress": ["true"] }, excludes: ["NetworkInterfaces"] }
    { name: "no-associate-public-ip-address", documentation: "Gives the network interface no public address.", with: { "NetworkInterfaces[0].DeviceIndex": ["0"], "NetworkInterfaces[0].AssociatePublicIpAddress": ["false"] }, excludes: ["NetworkInterfaces"] }
])
apply RunInstances @moves(
    ifSet: ["NetworkInterfaces[0].PrivateIpAddresses", "NetworkInterfaces[0].SecondaryPrivateIpAddressCount", "NetworkInterfaces[0].AssociatePublicIpAddress"]
    members: [
        { member: "SubnetId", to: "NetworkInterfaces[0].SubnetId" }
        { member: "SecurityGroupIds", to: "NetworkInterfaces[0].Groups" }
        { member: "PrivateIpAddress", to: "NetworkInterfaces[0].PrivateIpAddresses[].PrivateIpAddress", with: { "NetworkInterfaces[0].PrivateIpAddresses[].Primary": ["true"] } }
        { member: "Ipv6AddressCount", to: "NetworkInterfaces[0].Ipv6AddressCount" }
        { member: "Ipv6Addresses", to: "NetworkInterfaces[0].Ipv6Addresses" }
        { member: "EnablePrimaryIpv6", to: "NetworkInterfaces[0].PrimaryIpv6" }
    ]
)
apply RunInstancesRequest$MinCount @hidden
apply RunInstancesRequest$MaxCount @hidden

// User data is given as it is.
apply RunInstancesRequest$UserData @base64

// Large accounts need pages.
apply DescribeSnapshots @pageSize(size: 1000, beside: ["OwnerIds", "RestorableByUserIds", "NextToken", "DryRun"])
apply DescribeVolumes @pageSize(size: 1000, beside: ["NextToken", "DryRun"])

// A rule of a security group.
apply AuthorizeSecurityGroupEgress @shortcuts([
    { name: "protocol", documentation: "The protocol: `tcp`, `udp`, `icmp`, a number, or `all`.", sets: ["IpPermissions[0].IpProtocol"], values: { all: "-1" }, excludes: ["IpPermissions"] }
    { name: "port", documentation: "A port, a range as in `22-25`, or `all`; for ICMP, the type and code.", sets: ["IpPermissions[0].FromPort", "IpPermissions[0].ToPort"], separator: "-", values: { all: "-1" }, expected: "of the form <from[-to]> (e.g. 22 or 22-25)", excludes: ["IpPermissions"] }
    { name: "cidr", documentation: "A range of addresses, as in `192.0.2.0/24`.", sets: ["IpPermissions[0].IpRanges[0].CidrIp"], excludes: ["IpPermissions"] }
    { name: "source-group", documentation: "The name or id of a security group.", sets: ["IpPermissions[0].UserIdGroupPairs[0].GroupName"], prefixes: { "sg-": "IpPermissions[0].UserIdGroupPairs[0].GroupId" }, excludes: ["IpPermissions"] }
    { name: "group-owner", documentation: "The account that owns that security group.", sets: ["IpPermissions[0].UserIdGroupPairs[0].UserId"], excludes: ["IpPermissions"] }
])

// A rule of a security group.
apply AuthorizeSecurityGroupIngress @shortcuts([
    { name: "protocol", documentation: "The protocol: `tcp`, `udp`, `icmp`, a number, or `all`.", sets: ["IpPermissions[0].IpProtocol"], values: { all: "-1" }, excludes: ["IpPermissions"] }
    { name: "port", documentation: "A port, a range as in `22-25`, or `all`; for ICMP, the type and code.", sets: ["IpPermissions[0].FromPort", "IpPermissions[0].ToPort"], separator: "-", values: { all: "-1" }, expected: "of the form <from[-to]> (e.g. 22 or 22-25)", excludes: ["IpPermissions"] }
    { name: "cidr", documentation: "A range of addresses, as in `192.0.2.0/24`.", sets: ["IpPermissions[0].IpRanges[0].CidrIp"], excludes: ["IpPermissions"] }
    { name: "source-group", documentation: "The name or id of a security group.", sets: ["IpPermissions[0].UserIdGroupPairs[0].GroupName"], prefixes: { "sg-": "IpPermissions[0].UserIdGroupPairs[0].GroupId" }, excludes: ["IpPermissions"] }
    { name: "group-owner", documentation: "The account that owns that security group.", sets: ["IpPermissions[0].UserIdGroupPairs[0].UserId"], excludes: ["IpPermissions"] }
])

// A rule of a security group.
apply RevokeSecurityGroupEgress @shortcuts([
    { name: "protocol", documentation: "The protocol: `tcp`, `udp`, `icmp`, a number, or `all`.", sets: ["IpPermissions[0].IpProtocol"], values: { all: "-1" }, excludes: ["IpPermissions"] }
    { name: "port", documentation: "A port, a range as in `22-25`, or `all`; for ICMP, the type and code.", sets: ["IpPermissions[0].FromPort", "IpPermissions[0].ToPort"], separator: "-", values: { all: "-1" }, expected: "of the form <from[-to]> (e.g. 22 or 22-25)", excludes: ["IpPermissions"] }
    { name: "cidr", documentation: "A range of addresses, as in `192.0.2.0/24`.", sets: ["IpPermissions[0].IpRanges[0].CidrIp"], excludes: ["IpPermissions"] }
    { name: "source-group", documentation: "The name or id of a security group.", sets: ["IpPermissions[0].UserIdGroupPairs[0].GroupName"], prefixes: { "sg-": "IpPermissions[0].UserIdGroupPairs[0].GroupId" }, excludes: ["IpPermissions"] }
    { name: "group-owner", documentation: "The account that owns that security group.", sets: ["IpPermissions[0].UserIdGroupPairs[0].UserId"], excludes: ["IpPermissions"] }
])

// A rule of a security group.
apply RevokeSecurityGroupIngress @shortcuts([
    { name: "protocol", documentation: "The protocol: `tcp`, `udp`, `icmp`, a number, or `all`.", sets: ["IpPermissions[0].IpProtocol"], values: { all: "-1" }, excludes: ["IpPermissions"] }
    { name: "port", documentation: "A port, a range as in `22-25`, or `all`; for ICMP, the type and code.", sets: ["IpPermissions[0].FromPort", "IpPermissions[0].ToPort"], separator: "-", values: { all: "-1" }, expected: "of the form <from[-to]> (e.g. 22 or 22-25)", excludes: ["IpPermissions"] }
    { name: "cidr", documentation: "A range of addresses, as in `192.0.2.0/24`.", sets: ["IpPermissions[0].IpRanges[0].CidrIp"], excludes: ["IpPermissions"] }
    { name: "source-group", documentation: "The name or id of a security group.", sets: ["IpPermissions[0].UserIdGroupPairs[0].GroupName"], prefixes: { "sg-": "IpPermissions[0].UserIdGroupPairs[0].GroupId" }, excludes: ["IpPermissions"] }
    { name: "group-owner", documentation: "The account that owns that security group.", sets: ["IpPermissions[0].UserIdGroupPairs[0].UserId"], excludes: ["IpPermissions"] }
])

// Pages with several tokens or results, which `@paginated` can't express.
apply DescribeVpcEndpointServices @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["ServiceDetails", "ServiceNames"], pageSize: "MaxResults")
