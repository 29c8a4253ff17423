//! Generates a client as progenitor's README does in a build script: `progenitor-bench SPEC OUT`.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(spec), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: progenitor-bench SPEC OUT".into());
    };
    let spec: openapiv3::OpenAPI = serde_json::from_slice(&std::fs::read(spec)?)?;
    let tokens = progenitor::Generator::default().generate_tokens(&spec)?;
    std::fs::write(out, prettyplease::unparse(&syn::parse2(tokens)?))?;
    Ok(())
}
