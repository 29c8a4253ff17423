$version: "2"

namespace com.amazonaws.cloudfront

use swage.cli#otherCommands
use swage.cli#shortcuts
use swage.overlay#Service

// Paths without JSON.
apply CreateInvalidation @shortcuts([
    { name: "paths", documentation: "The paths of what is invalidated.", sets: ["InvalidationBatch.Paths.Items"], counts: ["InvalidationBatch.Paths.Quantity"], ids: ["InvalidationBatch.CallerReference"], excludes: ["InvalidationBatch"] }
])

// A distribution of one origin without JSON.
apply CreateDistribution @shortcuts([
    {
        name: "origin-domain-name"
        documentation: "The domain of the origin, such as that of a bucket: `my-bucket.s3.amazonaws.com`."
        sets: ["DistributionConfig.Origins.Items[0].DomainName"]
        ids: ["DistributionConfig.CallerReference", "DistributionConfig.Origins.Items[0].Id", "DistributionConfig.DefaultCacheBehavior.TargetOriginId"]
        with: {
            "DistributionConfig.Origins.Quantity": ["1"]
            "DistributionConfig.Origins.Items[0].OriginPath": [""]
            "DistributionConfig.DefaultCacheBehavior.ForwardedValues.QueryString": ["false"]
            "DistributionConfig.DefaultCacheBehavior.ForwardedValues.Cookies.Forward": ["none"]
            "DistributionConfig.DefaultCacheBehavior.TrustedSigners.Enabled": ["false"]
            "DistributionConfig.DefaultCacheBehavior.TrustedSigners.Quantity": ["0"]
            "DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy": ["allow-all"]
            "DistributionConfig.DefaultCacheBehavior.MinTTL": ["0"]
            "DistributionConfig.Enabled": ["true"]
            "DistributionConfig.Comment": [""]
        }
        cases: [
            { suffix: ".s3.amazonaws.com", with: { "DistributionConfig.Origins.Items[0].S3OriginConfig.OriginAccessIdentity": [""] } }
            { suffix: "", with: {
                "DistributionConfig.Origins.Items[0].CustomOriginConfig.HTTPPort": ["80"]
                "DistributionConfig.Origins.Items[0].CustomOriginConfig.HTTPSPort": ["443"]
                "DistributionConfig.Origins.Items[0].CustomOriginConfig.OriginProtocolPolicy": ["http-only"]
            } }
        ]
        excludes: ["DistributionConfig"]
    }
    { name: "default-root-object", documentation: "The object for requests of the root, such as `index.html`.", sets: ["DistributionConfig.DefaultRootObject"], excludes: ["DistributionConfig"] }
])

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "sign": "a library that signs URLs: no operation does"
})
