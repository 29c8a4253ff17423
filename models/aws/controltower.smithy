$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.controltower

use swage.cli#name

apply CreateLandingZoneInput$version @name("landing-zone-version")
apply UpdateLandingZoneInput$version @name("landing-zone-version")
