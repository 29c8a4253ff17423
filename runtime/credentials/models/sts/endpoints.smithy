$version: "2.0"

namespace com.amazonaws.sts

use smithy.rules#endpointRuleSet
use smithy.rules#endpointTests

apply SecurityTokenService @endpointRuleSet({
    version: "1.0"
    parameters: {
        Region: { type: "string", builtIn: "AWS::Region", required: false, documentation: "The region to call." }
        UseDualStack: { type: "boolean", builtIn: "AWS::UseDualStack", required: true, default: false, documentation: "Whether the endpoint must be reachable by IPv4 and IPv6." }
        UseFIPS: { type: "boolean", builtIn: "AWS::UseFIPS", required: true, default: false, documentation: "Whether the endpoint must meet FIPS 140." }
        Endpoint: { type: "string", builtIn: "SDK::Endpoint", required: false, documentation: "The URL to use instead." }
        UseGlobalEndpoint: { type: "boolean", builtIn: "AWS::STS::UseGlobalEndpoint", required: true, default: false, documentation: "Whether regions that are older than regional endpoints use the global one." }
    }
    rules: [
        {
            conditions: [
                { fn: "booleanEquals", argv: [{ ref: "UseGlobalEndpoint" }, true] }
                { fn: "not", argv: [{ fn: "isSet", argv: [{ ref: "Endpoint" }] }] }
                { fn: "isSet", argv: [{ ref: "Region" }] }
                { fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, false] }
                { fn: "booleanEquals", argv: [{ ref: "UseDualStack" }, false] }
            ]
            type: "tree"
            rules: [
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "ap-northeast-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "ap-south-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "ap-southeast-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "ap-southeast-2"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "ca-central-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "eu-central-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "eu-north-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "eu-west-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "eu-west-2"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "eu-west-3"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "sa-east-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "us-east-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "us-east-2"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "us-west-1"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "us-west-2"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                {
                    conditions: [{ fn: "aws.partition", argv: [{ ref: "Region" }], assign: "Partition" }]
                    type: "tree"
                    rules: [
                        { conditions: [], endpoint: { url: "https://sts.{Region}.{Partition#dnsSuffix}" }, type: "endpoint" }
                    ]
                }
            ]
        }
        {
            conditions: [{ fn: "isSet", argv: [{ ref: "Endpoint" }] }]
            type: "tree"
            rules: [
                { conditions: [{ fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] }], error: "An endpoint URL and FIPS endpoints can't be used together.", type: "error" }
                { conditions: [{ fn: "booleanEquals", argv: [{ ref: "UseDualStack" }, true] }], error: "An endpoint URL and dual-stack endpoints can't be used together.", type: "error" }
                { conditions: [], endpoint: { url: { ref: "Endpoint" } }, type: "endpoint" }
            ]
        }
        {
            conditions: [{ fn: "isSet", argv: [{ ref: "Region" }] }]
            type: "tree"
            rules: [
                {
                    conditions: [{ fn: "aws.partition", argv: [{ ref: "Region" }], assign: "Partition" }]
                    type: "tree"
                    rules: [
                        {
                            conditions: [
                                { fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] }
                                { fn: "booleanEquals", argv: [{ ref: "UseDualStack" }, true] }
                            ]
                            type: "tree"
                            rules: [
                                {
                                    conditions: [
                                        { fn: "booleanEquals", argv: [{ fn: "getAttr", argv: [{ ref: "Partition" }, "supportsFIPS"] }, true] }
                                        { fn: "booleanEquals", argv: [{ fn: "getAttr", argv: [{ ref: "Partition" }, "supportsDualStack"] }, true] }
                                    ]
                                    type: "tree"
                                    rules: [
                                        { conditions: [], endpoint: { url: "https://sts-fips.{Region}.{Partition#dualStackDnsSuffix}" }, type: "endpoint" }
                                    ]
                                }
                                { conditions: [], error: "The region's partition has no endpoints that both meet FIPS 140 and are dual-stack.", type: "error" }
                            ]
                        }
                        {
                            conditions: [{ fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] }]
                            type: "tree"
                            rules: [
                                {
                                    conditions: [{ fn: "booleanEquals", argv: [{ fn: "getAttr", argv: [{ ref: "Partition" }, "supportsFIPS"] }, true] }]
                                    type: "tree"
                                    rules: [
                                        { conditions: [{ fn: "stringEquals", argv: [{ fn: "getAttr", argv: [{ ref: "Partition" }, "name"] }, "aws-us-gov"] }], endpoint: { url: "https://sts.{Region}.amazonaws.com" }, type: "endpoint" }
                                        { conditions: [], endpoint: { url: "https://sts-fips.{Region}.{Partition#dnsSuffix}" }, type: "endpoint" }
                                    ]
                                }
                                { conditions: [], error: "The region's partition has no endpoints that meet FIPS 140.", type: "error" }
                            ]
                        }
                        {
                            conditions: [{ fn: "booleanEquals", argv: [{ ref: "UseDualStack" }, true] }]
                            type: "tree"
                            rules: [
                                {
                                    conditions: [{ fn: "booleanEquals", argv: [{ fn: "getAttr", argv: [{ ref: "Partition" }, "supportsDualStack"] }, true] }]
                                    type: "tree"
                                    rules: [
                                        { conditions: [], endpoint: { url: "https://sts.{Region}.{Partition#dualStackDnsSuffix}" }, type: "endpoint" }
                                    ]
                                }
                                { conditions: [], error: "The region's partition has no dual-stack endpoints.", type: "error" }
                            ]
                        }
                        { conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "aws-global"] }], endpoint: { url: "https://sts.amazonaws.com", properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] } }, type: "endpoint" }
                        { conditions: [], endpoint: { url: "https://sts.{Region}.{Partition#dnsSuffix}" }, type: "endpoint" }
                    ]
                }
            ]
        }
        { conditions: [], error: "No region is set.", type: "error" }
    ]
})

apply SecurityTokenService @endpointTests({
    version: "1.0"
    testCases: [
        {
            documentation: "a region"
            params: { UseGlobalEndpoint: false, Region: "eu-west-1", UseFIPS: false, UseDualStack: false }
            expect: { endpoint: { url: "https://sts.eu-west-1.amazonaws.com" } }
        }
        {
            documentation: "a region of China"
            params: { UseGlobalEndpoint: false, Region: "cn-north-1", UseFIPS: false, UseDualStack: false }
            expect: { endpoint: { url: "https://sts.cn-north-1.amazonaws.com.cn" } }
        }
        {
            documentation: "FIPS"
            params: { UseGlobalEndpoint: false, Region: "us-east-1", UseFIPS: true, UseDualStack: false }
            expect: { endpoint: { url: "https://sts-fips.us-east-1.amazonaws.com" } }
        }
        {
            documentation: "FIPS in GovCloud"
            params: { UseGlobalEndpoint: false, Region: "us-gov-west-1", UseFIPS: true, UseDualStack: false }
            expect: { endpoint: { url: "https://sts.us-gov-west-1.amazonaws.com" } }
        }
        {
            documentation: "dual-stack"
            params: { UseGlobalEndpoint: false, Region: "us-east-1", UseFIPS: false, UseDualStack: true }
            expect: { endpoint: { url: "https://sts.us-east-1.api.aws" } }
        }
        {
            documentation: "a URL"
            params: { UseGlobalEndpoint: false, Region: "us-east-1", UseFIPS: false, UseDualStack: false, Endpoint: "https://example.com" }
            expect: { endpoint: { url: "https://example.com" } }
        }
        {
            documentation: "a URL and FIPS"
            params: { UseGlobalEndpoint: false, Region: "us-east-1", UseFIPS: true, UseDualStack: false, Endpoint: "https://example.com" }
            expect: { error: "An endpoint URL and FIPS endpoints can't be used together." }
        }
        {
            documentation: "no region"
            params: { UseGlobalEndpoint: false, UseFIPS: false, UseDualStack: false }
            expect: { error: "No region is set." }
        }
        {
            documentation: "the global endpoint in an old region"
            params: { UseGlobalEndpoint: true, Region: "us-west-2", UseFIPS: false, UseDualStack: false }
            expect: {
                endpoint: {
                    url: "https://sts.amazonaws.com"
                    properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] }
                }
            }
        }
        {
            documentation: "the global endpoint in a newer region"
            params: { UseGlobalEndpoint: true, Region: "ap-east-1", UseFIPS: false, UseDualStack: false }
            expect: { endpoint: { url: "https://sts.ap-east-1.amazonaws.com" } }
        }
        {
            documentation: "the region of the global endpoint"
            params: { UseGlobalEndpoint: false, Region: "aws-global", UseFIPS: false, UseDualStack: false }
            expect: {
                endpoint: {
                    url: "https://sts.amazonaws.com"
                    properties: { authSchemes: [{ name: "sigv4", signingName: "sts", signingRegion: "us-east-1" }] }
                }
            }
        }
    ]
})
