//! Settings for built-in parameters that only some endpoint rules have.

use crate::support::{Folder, Ran, Server, finish, program};

/// Runs `find-bucket` through a proxy with these variables and keys of the profile.
fn find(proxy: &Server, variables: &[(&str, &str)], keys: &str, words: &[&str]) -> Ran {
    let folder = Folder::new("buckets");
    std::fs::create_dir_all(folder.0.join(".aws")).expect("a folder");
    folder.write(".aws/config", &format!("[default]\n{keys}\n"));
    let output = program("buckets", &folder.0)
        .env("http_proxy", &proxy.url)
        .envs(variables.iter().copied())
        .arg("find-bucket")
        .args(words)
        .output();
    finish(&output.expect("the example, which `cargo test` builds"))
}

/// The host of the request.
fn host(variables: &[(&str, &str)], keys: &str, words: &[&str]) -> String {
    let proxy = Server::new(&[("200 OK", "{}")]);
    let ran = find(&proxy, variables, keys, words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let line = proxy.requests()[0].line.clone();
    let url = line.strip_prefix("GET http://").expect("by the proxy");
    url.split(['.', '/']).next().unwrap_or_default().to_owned()
}

/// The message for invalid settings.
fn told(variables: &[(&str, &str)], keys: &str) -> String {
    let proxy = Server::new(&[("200 OK", "{}")]);
    let ran = find(&proxy, variables, keys, &[]);
    assert_eq!((ran.code, proxy.requests().len()), (255, 0));
    ran.stderr.trim().to_owned()
}

#[test]
fn buckets_are_in_the_path_if_configured_or_if_the_url_is_set() {
    let url = ["--endpoint-url", "http://own.test"];
    let style = |style: &str| format!("s3 =\n  addressing_style = {style}");
    assert_eq!(host(&[], "", &[]), "virtual");
    assert_eq!(host(&[], &style("auto"), &[]), "virtual");
    assert_eq!(host(&[], &style("path"), &[]), "path");
    assert_eq!(host(&[], "", &url), "path");
    assert_eq!(host(&[], &style("auto"), &url), "path");
    assert_eq!(host(&[], &style("virtual"), &url), "virtual");
    let accelerating = "http://s3-accelerate.dualstack.amazonaws.com";
    assert_eq!(host(&[], "", &["--endpoint-url", accelerating]), "virtual");
    let bucket = ["--bucket", "arn:aws:s3:eu-west-1:1:accesspoint/a"];
    assert_eq!(host(&[], &style("path"), &bucket), "virtual");
    assert_eq!(host(&[], &style("path"), &["--bucket", "arn:aws"]), "path");
    assert_eq!(
        told(&[], &style("Path")),
        "S3 addressing style Path is invalid. Valid options are: 'auto', 'virtual', and 'path'"
    );
}

#[test]
fn the_section_turns_endpoint_variants_on_and_off() {
    let both = "s3 =\n  use_accelerate_endpoint = TRUE\n  addressing_style = path";
    assert_eq!(host(&[], both, &[]), "accelerate");
    let dual_stack = "s3 =\n  use_dualstack_endpoint = true";
    assert_eq!(host(&[], dual_stack, &[]), "dual-stack");
    let off = "s3 =\n  use_dualstack_endpoint = false";
    assert_eq!(host(&[], off, &[]), "virtual");
    let general = "use_dualstack_endpoint = true\n";
    assert_eq!(host(&[], &(general.to_owned() + off), &[]), "dual-stack");
    let single = "s3 =\n  s3_disable_multiregion_access_points = true";
    assert_eq!(host(&[], single, &[]), "single-region");
    let variable = ("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "false");
    assert_eq!(host(&[variable], single, &[]), "virtual");
    assert_eq!(host(&[], "s3 = use_accelerate_endpoint", &[]), "virtual");
}

#[test]
fn variables_precede_keys_and_keys_precede_the_section() {
    let nested = "s3 =\n  use_arn_region = false\n";
    assert_eq!(host(&[], nested, &[]), "own-region");
    let key = nested.to_owned() + "s3_use_arn_region = true";
    assert_eq!(host(&[], &key, &[]), "virtual");
    let variable = ("AWS_S3_USE_ARN_REGION", "false");
    assert_eq!(host(&[variable], &key, &[]), "own-region");
    assert_eq!(host(&[variable], "s3 = text", &[]), "virtual");
    let variable = ("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "True");
    assert_eq!(host(&[variable], "", &[]), "plain-session");
    let key = "s3_disable_express_session_auth = maybe";
    let said = told(&[], key);
    assert!(
        said.ends_with("\"maybe\" for s3_disable_express_session_auth. Value must be a boolean")
    );
}

#[test]
fn global_endpoints_are_the_default() {
    let east = ["--region", "us-east-1"];
    assert_eq!(host(&[], "", &east), "global");
    assert_eq!(
        host(&[], "s3_us_east_1_regional_endpoint = legacy", &[]),
        "virtual"
    );
    let nested = "s3 =\n  us_east_1_regional_endpoint = regional";
    assert_eq!(host(&[], nested, &east), "virtual");
    let variable = ("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "legacy");
    assert_eq!(host(&[variable], nested, &east), "global");
    assert_eq!(
        host(&[], "sts_regional_endpoints = legacy", &[]),
        "sts-global"
    );
    let variable = ("AWS_STS_REGIONAL_ENDPOINTS", "regional");
    assert_eq!(
        host(&[variable], "sts_regional_endpoints = legacy", &[]),
        "virtual"
    );
    let valid = "is invalid. Valid options are: \"legacy\", \"regional\"";
    let said = told(&[("AWS_STS_REGIONAL_ENDPOINTS", "odd")], "");
    assert!(
        said.ends_with(&format!("STS regional endpoints option odd {valid}")),
        "{said}"
    );
    let said = told(&[], "s3_us_east_1_regional_endpoint = odd");
    assert!(
        said.ends_with(&format!(
            "S3 us-east-1 regional endpoint option odd {valid}"
        )),
        "{said}"
    );
}

#[test]
fn endpoints_are_discovered_if_configured() {
    let path = |variables: &[(&str, &str)], keys: &str| {
        let proxy = Server::new(&[("200 OK", "{}")]);
        let ran = find(&proxy, variables, keys, &[]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let line = proxy.requests()[0].line.clone();
        let path = line
            .split(' ')
            .nth(1)
            .and_then(|url| url.rsplit('/').next());
        path.unwrap_or_default().to_owned()
    };
    assert_eq!(path(&[], ""), "");
    assert_eq!(path(&[], "endpoint_discovery_enabled = auto"), "");
    let key = "endpoint_discovery_enabled = True";
    assert_eq!(path(&[], key), "endpoints");
    let variable = ("AWS_ENDPOINT_DISCOVERY_ENABLED", "false");
    assert_eq!(path(&[variable], key), "");
    assert_eq!(
        told(&[], "endpoint_discovery_enabled = odd"),
        "Unsupported configuration value for endpoint_discovery_enabled. Expected one of (\"true\", \"false\", \"auto\") \
         but got odd."
    );
}
