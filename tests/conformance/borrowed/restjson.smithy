$version: "2"

/// Operations of Smithy's tests for restJson1 with cases that Alloy's tests borrow for simpleRestJson. The cases are
/// listed in the metadata of Alloy's `test-config.json`.
namespace swage.conformance

use alloy#simpleRestJson
use aws.protocoltests.restjson#AllQueryStringTypes
use aws.protocoltests.restjson#ConstantAndVariableQueryString
use aws.protocoltests.restjson#ConstantQueryString
use aws.protocoltests.restjson#DatetimeOffsets
use aws.protocoltests.restjson#DocumentType
use aws.protocoltests.restjson#DocumentTypeAsPayload
use aws.protocoltests.restjson#EmptyInputAndEmptyOutput
use aws.protocoltests.restjson#EndpointOperation
use aws.protocoltests.restjson#EndpointWithHostLabelOperation
use aws.protocoltests.restjson#FractionalSeconds
use aws.protocoltests.restjson#GreetingWithErrors
use aws.protocoltests.restjson#HostWithPathOperation
use aws.protocoltests.restjson#HttpEnumPayload
use aws.protocoltests.restjson#HttpPayloadWithStructure
use aws.protocoltests.restjson#HttpPrefixHeaders
use aws.protocoltests.restjson#HttpPrefixHeadersInResponse
use aws.protocoltests.restjson#HttpRequestWithFloatLabels
use aws.protocoltests.restjson#HttpRequestWithGreedyLabelInPath
use aws.protocoltests.restjson#HttpRequestWithLabels
use aws.protocoltests.restjson#HttpRequestWithLabelsAndTimestampFormat
use aws.protocoltests.restjson#HttpRequestWithRegexLiteral
use aws.protocoltests.restjson#HttpResponseCode
use aws.protocoltests.restjson#IgnoreQueryParamsInResponse
use aws.protocoltests.restjson#InputAndOutputWithHeaders
use aws.protocoltests.restjson#JsonBlobs
use aws.protocoltests.restjson#JsonEnums
use aws.protocoltests.restjson#JsonIntEnums
use aws.protocoltests.restjson#JsonLists
use aws.protocoltests.restjson#JsonMaps
use aws.protocoltests.restjson#JsonTimestamps
use aws.protocoltests.restjson#JsonUnions
use aws.protocoltests.restjson#NoInputAndNoOutput
use aws.protocoltests.restjson#NoInputAndOutput
use aws.protocoltests.restjson#OmitsNullSerializesEmptyString
use aws.protocoltests.restjson#OmitsSerializingEmptyLists
use aws.protocoltests.restjson#PostPlayerAction
use aws.protocoltests.restjson#PostUnionWithJsonName
use aws.protocoltests.restjson#QueryIdempotencyTokenAutoFill
use aws.protocoltests.restjson#QueryParamsAsStringListMap
use aws.protocoltests.restjson#QueryPrecedence
use aws.protocoltests.restjson#RecursiveShapes
use aws.protocoltests.restjson#SimpleScalarProperties
use aws.protocoltests.restjson#SparseJsonMaps
use aws.protocoltests.restjson#TestBodyStructure
use aws.protocoltests.restjson#TestPayloadStructure
use aws.protocoltests.restjson#TimestampFormatHeaders
use aws.protocoltests.restjson#UnitInputAndOutput

@simpleRestJson
service BorrowedRestJson {
    version: "2019-12-16"
    rename: {
        "aws.protocoltests.restjson.nested#GreetingStruct": "RenamedGreeting"
    }
    operations: [
        AllQueryStringTypes
        ConstantAndVariableQueryString
        ConstantQueryString
        DatetimeOffsets
        DocumentType
        DocumentTypeAsPayload
        EmptyInputAndEmptyOutput
        EndpointOperation
        EndpointWithHostLabelOperation
        FractionalSeconds
        GreetingWithErrors
        HostWithPathOperation
        HttpEnumPayload
        HttpPayloadWithStructure
        HttpPrefixHeaders
        HttpPrefixHeadersInResponse
        HttpRequestWithFloatLabels
        HttpRequestWithGreedyLabelInPath
        HttpRequestWithLabels
        HttpRequestWithLabelsAndTimestampFormat
        HttpRequestWithRegexLiteral
        HttpResponseCode
        IgnoreQueryParamsInResponse
        InputAndOutputWithHeaders
        JsonBlobs
        JsonEnums
        JsonIntEnums
        JsonLists
        JsonMaps
        JsonTimestamps
        JsonUnions
        NoInputAndNoOutput
        NoInputAndOutput
        OmitsNullSerializesEmptyString
        OmitsSerializingEmptyLists
        PostPlayerAction
        PostUnionWithJsonName
        QueryIdempotencyTokenAutoFill
        QueryParamsAsStringListMap
        QueryPrecedence
        RecursiveShapes
        SimpleScalarProperties
        SparseJsonMaps
        TestBodyStructure
        TestPayloadStructure
        TimestampFormatHeaders
        UnitInputAndOutput
    ]
}
