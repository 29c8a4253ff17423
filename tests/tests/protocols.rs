//! Which of a service's protocols its client speaks.

use swage_codegen::{Options, Source, generate, render_diagnostics};

/// The protocols that the generated service lists, or what is wrong.
fn chosen(offered: &str, protocol: Option<&str>) -> Result<String, String> {
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "a.b#Get": {{"type": "operation", "traits": {{"smithy.api#http": {{"method": "GET", "uri": "/"}}}}}},
            "a.b#Store": {{
                "type": "service", "version": "1", "operations": [{{"target": "a.b#Get"}}], "traits": {{{offered}}}
            }}
        }}}}"#
    );
    let sources = [Source {
        name: "model.json".to_owned(),
        text,
    }];
    let options = Options {
        protocol: protocol.map(str::to_owned),
        ..Options::default()
    };
    let generated = generate(&sources, &options)
        .map_err(|problems| render_diagnostics(&problems, &sources, false))?;
    let mut files = generated.files.iter();
    let service = files.find(|file| file.path == "src/service.rs");
    let text = &service.expect("the service").text;
    let line = text.lines().find(|line| line.contains("protocols: "));
    Ok(line.expect("its protocols").trim().to_owned())
}

const SEVERAL: &str =
    r#""aws.protocols#restXml": {}, "aws.protocols#awsJson1_1": {}, "aws.protocols#restJson1": {}"#;

#[test]
fn the_best_comes_first() {
    let all = "protocols: &[Protocol::AwsJson1_1, Protocol::RestJson1, Protocol::RestXml { no_error_wrapping: false }],";
    let found = chosen(SEVERAL, None).expect("it generates");
    let found: String = found.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(all.starts_with(&found), "{found}");
}

#[test]
fn another_can_be_chosen() {
    assert_eq!(
        chosen(SEVERAL, Some("restJson1")).as_deref(),
        Ok("protocols: &[Protocol::RestJson1],")
    );
}

#[test]
fn a_wrong_choice_is_told_the_right_ones() {
    for wrong in ["restjson1", "aws.protocols#restXml", "ec2Query", "soap", ""] {
        let told = chosen(SEVERAL, Some(wrong)).expect_err("it isn't offered");
        let message = format!("the service Store doesn't offer the protocol {wrong:?}");
        assert!(told.contains(&message), "{told}");
        let choices = "choose one that it offers: awsJson1_1, restJson1, restXml";
        assert!(told.contains(choices), "{told}");
        assert!(told.contains("model.json:3"), "{told}");
    }
}
