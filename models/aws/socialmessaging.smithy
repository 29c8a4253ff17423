$version: "2"

namespace com.amazonaws.socialmessaging

use swage.cli#aliases

// Names that commands had before.
apply DeleteWhatsAppMessageMedia @aliases(["delete-whatsapp-media-message"])
