$version: "2"

namespace com.amazonaws.glacier

use swage.api#headers
use swage.api#retries
use swage.api#sha256TreeHash
use swage.cli#noContentType
use swage.overlay#Service

// An upload that was too slow.
apply Service @retries(errors: ["RequestTimeoutException"])

// The version of the interface.
apply Glacier @headers("x-amz-glacier-version": "2012-06-01")

apply UploadArchive @sha256TreeHash("x-amz-sha256-tree-hash")
apply UploadMultipartPart @sha256TreeHash("x-amz-sha256-tree-hash")

// The account of the credentials.
apply AbortMultipartUploadInput$accountId @default("-")
apply AbortVaultLockInput$accountId @default("-")
apply AddTagsToVaultInput$accountId @default("-")
apply CompleteMultipartUploadInput$accountId @default("-")
apply CompleteVaultLockInput$accountId @default("-")
apply CreateVaultInput$accountId @default("-")
apply DeleteArchiveInput$accountId @default("-")
apply DeleteVaultAccessPolicyInput$accountId @default("-")
apply DeleteVaultInput$accountId @default("-")
apply DeleteVaultNotificationsInput$accountId @default("-")
apply DescribeJobInput$accountId @default("-")
apply DescribeVaultInput$accountId @default("-")
apply GetDataRetrievalPolicyInput$accountId @default("-")
apply GetJobOutputInput$accountId @default("-")
apply GetVaultAccessPolicyInput$accountId @default("-")
apply GetVaultLockInput$accountId @default("-")
apply GetVaultNotificationsInput$accountId @default("-")
apply InitiateJobInput$accountId @default("-")
apply InitiateMultipartUploadInput$accountId @default("-")
apply InitiateVaultLockInput$accountId @default("-")
apply ListJobsInput$accountId @default("-")
apply ListMultipartUploadsInput$accountId @default("-")
apply ListPartsInput$accountId @default("-")
apply ListProvisionedCapacityInput$accountId @default("-")
apply ListTagsForVaultInput$accountId @default("-")
apply ListVaultsInput$accountId @default("-")
apply PurchaseProvisionedCapacityInput$accountId @default("-")
apply RemoveTagsFromVaultInput$accountId @default("-")
apply SetDataRetrievalPolicyInput$accountId @default("-")
apply SetVaultAccessPolicyInput$accountId @default("-")
apply SetVaultNotificationsInput$accountId @default("-")
apply UploadArchiveInput$accountId @default("-")
apply UploadMultipartPartInput$accountId @default("-")

// The AWS CLI sends no content type for these payloads.
apply UploadArchive @noContentType
apply UploadMultipartPart @noContentType
