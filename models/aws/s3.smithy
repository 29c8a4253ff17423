$version: "2"

metadata swageVersions = [
    { target: "com.amazonaws.s3#CompleteMultipartUploadRequest$SSECustomerKey", since: "2022-02-24" }
    { target: "com.amazonaws.s3#CreateSession", since: "2023-11-28" }
    { target: "com.amazonaws.s3#GetObjectAttributesRequest", since: "2022-02-24" }
    { target: "com.amazonaws.s3#ListPartsRequest$SSECustomerKey", since: "2022-02-24" }
    { target: "com.amazonaws.s3#WriteGetObjectResponse", since: "2021-03-18" }
]

namespace com.amazonaws.s3

use aws.customizations#s3UnwrappedXmlOutput
use swage.api#ascii
use swage.api#customerKey
use swage.api#expectContinue
use swage.api#headerText
use swage.api#ignoreDefaults
use swage.api#pages
use swage.api#percentEncoded
use swage.api#regionRedirects
use swage.api#retries
use swage.api#sessionCredentials
use swage.api#sigv4Verbatim
use swage.api#timestamp
use swage.api#unsignedWithoutProvider
use swage.cli#name
use swage.cli#noContentType
use swage.cli#percentEncoding
use swage.overlay#Service

// An object's `Expires` is whatever its owner set. Newer models have it as a string.
apply Expires @timestamp
apply GetObjectOutput$Expires @headerText("ExpiresString")
apply HeadObjectOutput$Expires @headerText("ExpiresString")

// The document is the location itself.
apply GetBucketLocation @s3UnwrappedXmlOutput

// What a response leaves out is not the same as zero or false.
apply Service @ignoreDefaults

// Keys of objects hold any character, and are signed as they are sent.
apply Service @sigv4Verbatim

// Public buckets are read without credentials.
apply Service @unsignedWithoutProvider

// Responses name the region of a bucket in another region. Large bodies wait until S3 accepts the request.
apply Service @regionRedirects(header: "x-amz-bucket-region", resource: "Bucket", member: "Region", lookup: "HeadBucket", errors: ["IllegalLocationConstraintException"], creation: "CreateBucket")
apply Service @expectContinue(minLength: 2097152)

// A body that was changed on the way.
apply Service @retries(errors: ["BadDigest", "RequestTimeout"])

// Sessions for directory buckets (S3 Express One Zone).
apply CreateSession @sessionCredentials(authScheme: "sigv4-s3express", resource: "Bucket", credentials: "Credentials", tokenHeader: "X-Amz-S3session-Token", setting: "expressCredentialsProvider")

// The key of the source is given as it is.
apply CopyObjectRequest$CopySource @percentEncoded(parameter: "versionId")
apply UploadPartCopyRequest$CopySource @percentEncoded(parameter: "versionId")

// Keys for encryption are given as they are.
apply CompleteMultipartUploadRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply CopyObjectRequest$CopySourceSSECustomerKey @customerKey("CopySourceSSECustomerKeyMD5")
apply CopyObjectRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply CreateMultipartUploadRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply GetObjectRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply GetObjectAttributesRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply HeadObjectRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply ListPartsRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply PutObjectRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply SelectObjectContentRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply UploadPartRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")
apply UploadPartCopyRequest$CopySourceSSECustomerKey @customerKey("CopySourceSSECustomerKeyMD5")
apply UploadPartCopyRequest$SSECustomerKey @customerKey("SSECustomerKeyMD5")

// S3 stores nothing but ASCII.
apply CopyObjectRequest$Metadata @ascii
apply CopyObjectRequest$Tagging @ascii
apply CreateMultipartUploadRequest$Metadata @ascii
apply CreateMultipartUploadRequest$Tagging @ascii
apply PutObjectRequest$Metadata @ascii
apply PutObjectRequest$Tagging @ascii

// The AWS CLI sends no content type for these payloads.
apply PutBucketPolicy @noContentType
apply PutObject @noContentType
apply UploadPart @noContentType
apply WriteGetObjectResponse @noContentType

// XML can't hold every key.
apply ListObjects @percentEncoding(member: "EncodingType", value: "url", paths: ["Delimiter", "Marker", "NextMarker", "Contents[].Key", "CommonPrefixes[].Prefix"])
apply ListObjectsV2 @percentEncoding(member: "EncodingType", value: "url", paths: ["Delimiter", "Prefix", "StartAfter", "Contents[].Key", "CommonPrefixes[].Prefix"])
apply ListObjectVersions @percentEncoding(member: "EncodingType", value: "url", paths: ["KeyMarker", "NextKeyMarker", "Prefix", "Delimiter", "Versions[].Key", "DeleteMarkers[].Key", "CommonPrefixes[].Prefix"])

// The service's name in the AWS CLI.
apply Service @name("s3api")

// Pages with several tokens or results, which `@paginated` can't express.
apply ListMultipartUploads @pages(inputTokens: ["KeyMarker", "UploadIdMarker"], outputTokens: ["NextKeyMarker", "NextUploadIdMarker"], results: ["Uploads", "CommonPrefixes"], moreResults: "IsTruncated", pageSize: "MaxUploads")
apply ListObjectVersions @pages(inputTokens: ["KeyMarker", "VersionIdMarker"], outputTokens: ["NextKeyMarker", "NextVersionIdMarker"], results: ["Versions", "DeleteMarkers", "CommonPrefixes"], moreResults: "IsTruncated", pageSize: "MaxKeys")
apply ListObjects @pages(inputTokens: ["Marker"], outputTokens: ["NextMarker || Contents[-1].Key"], results: ["Contents", "CommonPrefixes"], moreResults: "IsTruncated", pageSize: "MaxKeys")
apply ListObjectsV2 @pages(inputTokens: ["ContinuationToken"], outputTokens: ["NextContinuationToken"], results: ["Contents", "CommonPrefixes"], moreResults: "IsTruncated", pageSize: "MaxKeys")
