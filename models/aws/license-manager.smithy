$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.licensemanager

use swage.cli#name

apply DeleteGrantRequest$Version @name("grant-version")
apply GetGrantRequest$Version @name("grant-version")
apply GetLicenseRequest$Version @name("license-version")
