$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.sagemaker

use swage.cli#name

apply DeleteImageVersionRequest$Version @name("version-number")
apply DescribeImageVersionRequest$Version @name("version-number")
apply ListAliasesRequest$Version @name("version-number")
apply UpdateImageVersionRequest$Version @name("version-number")
