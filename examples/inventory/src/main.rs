//! Lists an account's resources over ten services: `cargo run -- MODELS [ENDPOINT_URL]`.
//!
//! The services aren't compiled in: their models are read from a folder, such as `models`, or a clone of
//! `aws/api-models-aws`. Region and credentials are in the variables `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`
//! and `AWS_SESSION_TOKEN`.

use aws_credential_types::Credentials;
use serde_json::{Value, json};
use std::env::var;
use swage_client::dynamic::{Error, Service};
use swage_client::pack::Pack;

/// Services by the names of their commands, operations, and the lists in their outputs.
const RESOURCES: [(&str, &str, &str); 10] = [
    ("dynamodb", "ListTables", "/TableNames"),
    ("ec2", "DescribeVpcs", "/Vpcs"),
    ("iam", "ListUsers", "/Users"),
    ("kinesis", "ListStreams", "/StreamNames"),
    ("kms", "ListKeys", "/Keys"),
    ("lambda", "ListFunctions", "/Functions"),
    ("s3", "ListBuckets", "/Buckets"),
    ("secrets-manager", "ListSecrets", "/SecretList"),
    ("sns", "ListTopics", "/Topics"),
    ("sqs", "ListQueues", "/QueueUrls"),
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let models = arguments
        .next()
        .ok_or("usage: inventory MODELS [ENDPOINT_URL]")?;
    for line in inventory(tables(&models)?, arguments.next().as_deref()).await {
        println!("{line}");
    }
    Ok(())
}

/// The tables of all services whose models are in a folder.
fn tables(models: &str) -> Result<Pack, Box<dyn std::error::Error>> {
    let mut settings = swage::Settings::default();
    settings.models = vec![models.into()];
    settings.builtin_overlays = false;
    let services = swage::pack::services(&settings)?;
    let pack = swage::pack::pack(&services, |_, _| ())?;
    Ok(Pack::open(pack.bytes.leak())?)
}

/// A line for each resource, or for the error of a service.
async fn inventory(tables: Pack, url: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, operation, list) in RESOURCES {
        match resources(tables, name, operation, list, url).await {
            Ok(found) => lines.extend(found.iter().map(|found| format!("{name} {found}"))),
            Err(error) => lines.push(format!("{name}: {error}")),
        }
    }
    lines
}

/// The resources on all pages of an operation.
async fn resources(
    tables: Pack,
    name: &str,
    operation: &str,
    list: &str,
    url: Option<&str>,
) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
    let service = Service::new(tables.service(name)?)?;
    let mut settings = service
        .settings()
        .region(var("AWS_REGION").unwrap_or_else(|_| "us-east-1".to_owned()))
        .set_endpoint_url(url.map(str::to_owned));
    settings = match (var("AWS_ACCESS_KEY_ID"), var("AWS_SECRET_ACCESS_KEY")) {
        (Ok(id), Ok(secret)) => {
            let token = var("AWS_SESSION_TOKEN").ok();
            settings.credentials_provider(Credentials::from_keys(id, secret, token))
        }
        _ => settings.anonymous(),
    };
    let client = service.client(settings)?;
    let mut pages = match client.pages(operation, json!({})) {
        // The model has it, but not in pages.
        Err(Error::NoPages(_)) => {
            let output = client.call(operation, json!({})).await?;
            return Ok(elements(&output, list));
        }
        pages => pages?,
    };
    let mut found = Vec::new();
    while let Some(page) = pages.try_next().await? {
        found.extend(elements(&page, list));
    }
    Ok(found)
}

/// The elements of a list in an output, which may lack it.
fn elements(output: &Value, list: &str) -> Vec<Value> {
    let list = output.pointer(list).and_then(Value::as_array);
    list.cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{inventory, tables};
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{TcpListener, TcpStream};

    /// What a request has, and the response to it.
    const ANSWERS: [(&str, &str, &str); 11] = [
        (
            "\"ExclusiveStartTableName\"",
            "200 OK",
            r#"{"TableNames": ["b"]}"#,
        ),
        (
            ".ListTables",
            "200 OK",
            r#"{"TableNames": ["a"], "LastEvaluatedTableName": "a"}"#,
        ),
        (
            "Action=DescribeVpcs",
            "200 OK",
            "<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>",
        ),
        (
            "Action=ListUsers",
            "403 Forbidden",
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
        ),
        (
            ".ListStreams",
            "200 OK",
            r#"{"StreamNames": ["s"], "HasMoreStreams": false}"#,
        ),
        (".ListKeys", "200 OK", r#"{"Keys": [{"KeyId": "k"}]}"#),
        (
            "/2015-03-31/functions",
            "200 OK",
            r#"{"Functions": [{"FunctionName": "f"}]}"#,
        ),
        (
            ".ListSecrets",
            "200 OK",
            r#"{"SecretList": [{"Name": "n"}]}"#,
        ),
        (
            "Action=ListTopics",
            "200 OK",
            "<ListTopicsResponse><ListTopicsResult><Topics><member><TopicArn>t</TopicArn></member></Topics>\
             </ListTopicsResult></ListTopicsResponse>",
        ),
        (".ListQueues", "200 OK", "{}"),
        (
            "GET /?x-id=ListBuckets",
            "200 OK",
            "<ListAllMyBucketsResult><Buckets><Bucket><Name>pictures</Name></Bucket></Buckets></ListAllMyBucketsResult>",
        ),
    ];

    fn serve(stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut stream = stream;
        loop {
            let (mut text, mut length) = (String::new(), 0);
            while !text.ends_with("\r\n\r\n") {
                let start = text.len();
                if reader.read_line(&mut text)? == 0 {
                    return Ok(());
                }
                let line = text[start..].to_ascii_lowercase();
                if let Some(value) = line.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap_or(0);
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            text.push_str(&String::from_utf8_lossy(&body));
            let mut answers = ANSWERS.iter();
            let found = answers.find(|(part, _, _)| text.contains(part));
            let (_, status, body) = found.unwrap_or(&("", "404 Not Found", ""));
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}"
            )?;
        }
    }

    #[tokio::test]
    async fn ten_services_are_asked() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                std::thread::spawn(move || serve(stream));
            }
        });
        let lines = inventory(tables("models").unwrap(), Some(&url)).await;
        assert_eq!(
            lines,
            [
                "dynamodb \"a\"",
                "dynamodb \"b\"",
                "ec2 {\"VpcId\":\"vpc-1\"}",
                "iam: AccessDenied: no (status 403)",
                "kinesis \"s\"",
                "kms {\"KeyId\":\"k\"}",
                "lambda {\"FunctionName\":\"f\"}",
                "s3 {\"Name\":\"pictures\"}",
                "secrets-manager {\"Name\":\"n\"}",
                "sns {\"TopicArn\":\"t\"}",
            ]
        );
    }
}
