//! Prints the weather: `cargo run -- http://localhost:8080 Vienna`.

include!(concat!(env!("OUT_DIR"), "/weather.rs"));

use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(city)) = (arguments.next(), arguments.next()) else {
        return Err("usage: weather-report URL CITY".into());
    };
    println!("{}", report(&url, &city).await?);
    Ok(())
}

/// The weather of a city, from the service at a URL.
async fn report(url: &str, city: &str) -> Result<String, Box<dyn Error>> {
    let client = weather::Client::builder().endpoint_url(url).build()?;
    let forecast = client.get_forecast().city(city).send().await;
    let forecast = forecast.map_err(weather::Error::from)?;
    let sky = match forecast.sky {
        Some(weather::types::Sky::Clear) => ", clear",
        Some(weather::types::Sky::Cloudy) => ", cloudy",
        _ => "",
    };
    Ok(format!("{city}: {} °C{sky}", forecast.temperature))
}

#[cfg(test)]
mod tests {
    use super::report;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    /// A service that gives one answer; the URL is its own.
    fn service(status: &'static str, body: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            assert_eq!(
                lines.next().unwrap().unwrap(),
                "GET /cities/Vienna/forecast HTTP/1.1"
            );
            for line in lines {
                if line.unwrap().is_empty() {
                    break;
                }
            }
            write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
            .unwrap();
        });
        url
    }

    #[tokio::test]
    async fn an_answer_is_reported() {
        let url = service("200 OK", r#"{"temperature": 21, "sky": "cloudy"}"#);
        assert_eq!(
            report(&url, "Vienna").await.unwrap(),
            "Vienna: 21 °C, cloudy"
        );
    }

    #[tokio::test]
    async fn an_error_is_the_models() {
        let url = service(
            "404 Not Found",
            r#"{"__type": "NoSuchCity", "message": "unknown"}"#,
        );
        let error = report(&url, "Vienna").await.unwrap_err();
        let error = error.downcast::<super::weather::Error>().unwrap();
        assert!(
            matches!(*error, super::weather::Error::NoSuchCity(_)),
            "{error}"
        );
    }
}
