$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.clouddirectory

use swage.cli#name

apply PublishSchemaRequest$Version @name("schema-version")
