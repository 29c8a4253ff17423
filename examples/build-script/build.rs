fn main() -> Result<(), swage::Error> {
    swage::Builder::new()
        .model("models/weather.smithy")
        .name("weather")
        .out_dir()
}
