$version: "2.0"

namespace com.amazonaws.sso

use smithy.rules#endpointRuleSet
use smithy.rules#endpointTests

apply SingleSignOn @endpointRuleSet({
    version: "1.0"
    parameters: {
        Region: { type: "string", builtIn: "AWS::Region", required: false, documentation: "The region to call." }
        UseDualStack: { type: "boolean", builtIn: "AWS::UseDualStack", required: true, default: false, documentation: "Whether the endpoint must be reachable by IPv4 and IPv6." }
        UseFIPS: { type: "boolean", builtIn: "AWS::UseFIPS", required: true, default: false, documentation: "Whether the endpoint must meet FIPS 140." }
        Endpoint: { type: "string", builtIn: "SDK::Endpoint", required: false, documentation: "The URL to use instead." }
    }
    rules: [
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
                                        { conditions: [], endpoint: { url: "https://portal.sso-fips.{Region}.{Partition#dualStackDnsSuffix}" }, type: "endpoint" }
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
                                        { conditions: [{ fn: "stringEquals", argv: [{ fn: "getAttr", argv: [{ ref: "Partition" }, "name"] }, "aws-us-gov"] }], endpoint: { url: "https://portal.sso.{Region}.amazonaws.com" }, type: "endpoint" }
                                        { conditions: [], endpoint: { url: "https://portal.sso-fips.{Region}.{Partition#dnsSuffix}" }, type: "endpoint" }
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
                                        { conditions: [], endpoint: { url: "https://portal.sso.{Region}.{Partition#dualStackDnsSuffix}" }, type: "endpoint" }
                                    ]
                                }
                                { conditions: [], error: "The region's partition has no dual-stack endpoints.", type: "error" }
                            ]
                        }
                        { conditions: [], endpoint: { url: "https://portal.sso.{Region}.{Partition#dnsSuffix}" }, type: "endpoint" }
                    ]
                }
            ]
        }
        { conditions: [], error: "No region is set.", type: "error" }
    ]
})

apply SingleSignOn @endpointTests({
    version: "1.0"
    testCases: [
        {
            documentation: "a region"
            params: { Region: "eu-west-1", UseFIPS: false, UseDualStack: false }
            expect: { endpoint: { url: "https://portal.sso.eu-west-1.amazonaws.com" } }
        }
        {
            documentation: "a region of China"
            params: { Region: "cn-north-1", UseFIPS: false, UseDualStack: false }
            expect: { endpoint: { url: "https://portal.sso.cn-north-1.amazonaws.com.cn" } }
        }
        {
            documentation: "FIPS"
            params: { Region: "us-east-1", UseFIPS: true, UseDualStack: false }
            expect: { endpoint: { url: "https://portal.sso-fips.us-east-1.amazonaws.com" } }
        }
        {
            documentation: "FIPS in GovCloud"
            params: { Region: "us-gov-west-1", UseFIPS: true, UseDualStack: false }
            expect: { endpoint: { url: "https://portal.sso.us-gov-west-1.amazonaws.com" } }
        }
        {
            documentation: "dual-stack"
            params: { Region: "us-east-1", UseFIPS: false, UseDualStack: true }
            expect: { endpoint: { url: "https://portal.sso.us-east-1.api.aws" } }
        }
        {
            documentation: "a URL"
            params: { Region: "us-east-1", UseFIPS: false, UseDualStack: false, Endpoint: "https://example.com" }
            expect: { endpoint: { url: "https://example.com" } }
        }
        {
            documentation: "a URL and FIPS"
            params: { Region: "us-east-1", UseFIPS: true, UseDualStack: false, Endpoint: "https://example.com" }
            expect: { error: "An endpoint URL and FIPS endpoints can't be used together." }
        }
        {
            documentation: "no region"
            params: { UseFIPS: false, UseDualStack: false }
            expect: { error: "No region is set." }
        }
    ]
})
