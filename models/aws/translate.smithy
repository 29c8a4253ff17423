$version: "2"

namespace com.amazonaws.translate

use swage.cli#shortcuts

// Documents from files.
apply ImportTerminology @shortcuts([{ name: "data-file", documentation: "The terminology itself, as a rule `fileb://` and a path.", sets: ["TerminologyData.File"], only: "a file", required: true }])
apply TranslateDocument @shortcuts([{ name: "document-content", documentation: "The document itself, as a rule `fileb://` and a path.", sets: ["Document.Content"], only: "a file", required: true }])
