$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.rekognition

use swage.api#pages
use swage.cli#name
use swage.cli#shortcuts

apply CreateStreamProcessorRequest$Output @name("stream-processor-output")

// Images from files.
apply CompareFaces @shortcuts([
    { name: "source-image-bytes", documentation: "The source image itself, as a rule `fileb://` and a path.", sets: ["SourceImage.Bytes"] }
    { name: "target-image-bytes", documentation: "The target image itself, as a rule `fileb://` and a path.", sets: ["TargetImage.Bytes"] }
])
apply DetectCustomLabels @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply DetectFaces @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply DetectLabels @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply DetectModerationLabels @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply DetectProtectiveEquipment @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply DetectText @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply IndexFaces @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply RecognizeCelebrities @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply SearchFacesByImage @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])
apply SearchUsersByImage @shortcuts([{ name: "image-bytes", documentation: "The image itself, as a rule `fileb://` and a path.", sets: ["Image.Bytes"] }])

// Pages with several tokens or results, which `@paginated` can't express.
apply ListCollections @pages(inputTokens: ["NextToken"], outputTokens: ["NextToken"], results: ["CollectionIds", "FaceModelVersions"], pageSize: "MaxResults")
