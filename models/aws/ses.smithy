$version: "2"

namespace com.amazonaws.ses

use swage.cli#name

// Names of options as the AWS CLI has them.
apply SendEmailRequest$Source @name("from")
