$version: "2"

namespace com.amazonaws.polly

use swage.api#presignedQuery

// The URL of what is spoken, for players.
apply SynthesizeSpeech @presignedQuery
