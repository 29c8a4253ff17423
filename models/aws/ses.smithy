$version: "2"

namespace com.amazonaws.ses

use swage.cli#name
use swage.cli#shortcuts

// Names of options as the AWS CLI has them.
apply SendEmailRequest$Source @name("from")

// The parts of a message.
apply SendEmail @shortcuts([
    { name: "to", documentation: "Addresses of recipients.", sets: ["Destination.ToAddresses"] }
    { name: "cc", documentation: "Addresses for copies.", sets: ["Destination.CcAddresses"] }
    { name: "bcc", documentation: "Addresses for copies that other recipients do not see.", sets: ["Destination.BccAddresses"] }
    { name: "subject", documentation: "The subject.", sets: ["Message.Subject.Data"] }
    { name: "text", documentation: "The body as plain text.", sets: ["Message.Body.Text.Data"] }
    { name: "html", documentation: "The body in HTML.", sets: ["Message.Body.Html.Data"] }
])
