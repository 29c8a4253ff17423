$version: "2.0"
$operationInputSuffix: "Request"
metadata owners = [{name: "Things", size: 1.5e3}]
namespace things
use aws.protocols#restJson1

/// Keeps **things**.
@restJson1
@title("Things")
service Things { version: "1", operations: [Put, Get], resources: [Box], rename: {"things#Old": "New"} }

resource Box { identifiers: {id: String}, properties: {size: Integer}, read: Get }

@mixin
structure Named { @required @length(min: 1) name: String }

@http(method: "PUT", uri: "/things/{id}/{rest+}?v=1", code: 201)
@idempotent
operation Put {
    input := with [Named] {
        @httpLabel @required id: String
        @httpLabel @required rest: String
        @httpQuery("n") n: Integer = 5
        $name
        tags: Tags
    }
    output := {
        kind: Kind = "a"
        when: Timestamp, either: Either
    }
    errors: [Gone]
}

@readonly
@http(method: "GET", uri: "/boxes/{id}")
operation Get { input := for Box { @httpLabel @required $id }, output := for Box { $size } }

@error("client") @httpError(410) structure Gone { message: String }
enum Kind {
    A = "a",
    B }
intEnum Level {
    LOW = 1
}
union Either { text: String, number: Long, nothing: Unit }
list Names { member: String }
@sparse map Tags { key: String, value: Names }
structure Old { text: String = """
    two
      lines \u00e9 \
    """
}
apply Put @documentation("<p>Puts <code>a thing</code></p>")
apply Things @tags(["x", "y"])
