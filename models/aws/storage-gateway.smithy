$version: "2"

namespace com.amazonaws.storagegateway

use swage.cli#aliases
use swage.cli#name
use swage.overlay#Service

// Names that options had before.
apply DescribeCachediSCSIVolumesInput$VolumeARNs @aliases(["volume-ar-ns"])
apply DescribeStorediSCSIVolumesInput$VolumeARNs @aliases(["volume-ar-ns"])
apply DescribeTapeArchivesInput$TapeARNs @aliases(["tape-ar-ns"])
apply DescribeTapesInput$TapeARNs @aliases(["tape-ar-ns"])
apply DescribeVTLDevicesInput$VTLDeviceARNs @aliases(["vtl-device-ar-ns"])

// The service's name in the AWS CLI.
apply Service @name("storagegateway")
