$version: "2"

namespace example.weather

use aws.protocols#restJson1

/// Tells the weather.
@title("Weather")
@restJson1
@auth([])
service Weather {
    version: "2026-01-01"
    operations: [GetForecast]
    errors: [NoSuchCity]
}

/// Tells the weather of a day.
@readonly
@http(method: "GET", uri: "/cities/{city}/forecast")
operation GetForecast {
    input := {
        /// The city's name.
        @required
        @httpLabel
        city: String

        /// The day; without it, today.
        @httpQuery("day")
        day: String
    }

    output := {
        /// In degrees Celsius.
        @required
        temperature: Integer

        sky: Sky
    }
}

enum Sky {
    CLEAR = "clear"
    CLOUDY = "cloudy"
}

/// There is no such city.
@error("client")
@httpError(404)
structure NoSuchCity {
    message: String
}
