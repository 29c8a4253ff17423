$version: "2"

namespace example

use alloy#simpleRestJson

@simpleRestJson
service Store {
    version: "1"
    operations: [Put]
}

@http(method: "POST", uri: "/put")
operation Put {
    input := {
        shape: Shape
    }
}

union Shape {
    circle: Circle
    square: Square
}

structure Circle {
    radius: Integer
}

structure Square {
    side: Integer
}
