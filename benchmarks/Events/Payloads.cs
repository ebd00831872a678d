using System.Text;

namespace Portable.Benchmarks.Events;

/// <summary>Events as AWS sends them, every member included.</summary>
internal static class Payloads
{
    private const string Order = """{"id":"o-1042","customer":"Ada Lovelace","total":129.95,"lines":[{"sku":"a-1","quantity":2},{"sku":"b-7","quantity":1}],"note":"Leave it at the door."}""";

    private const string Headers = """
        "accept":"application/json","accept-encoding":"gzip, deflate, br","accept-language":"en-GB,en;q=0.9","authorization":"Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyLTEifQ.c2ln","content-length":"158","content-type":"application/json","host":"api.example.com","user-agent":"Mozilla/5.0 (X11; Linux x86_64)","x-amzn-trace-id":"Root=1-5759e988-bd862e3fe1be46a994272793","x-forwarded-for":"203.0.113.7","x-forwarded-port":"443","x-forwarded-proto":"https"
        """;

    public static byte[] HttpV2 { get; } = Bytes($$"""
        {"version":"2.0","routeKey":"POST /orders/{id}","rawPath":"/orders/o-1042","rawQueryString":"express=true&tag=a&tag=b","cookies":["session=abcdef0123456789","theme=dark"],"headers":{{{Headers}}},
        "queryStringParameters":{"express":"true","tag":"a,b"},"requestContext":{"accountId":"123456789012","apiId":"api1234567","authorizer":{"jwt":{"claims":{"sub":"user-1","iss":"https://issuer.example.com","scope":"orders:write"},"scopes":["orders:write"]} },
        "domainName":"api.example.com","domainPrefix":"api","http":{"method":"POST","path":"/orders/o-1042","protocol":"HTTP/1.1","sourceIp":"203.0.113.7","userAgent":"Mozilla/5.0 (X11; Linux x86_64)"},"requestId":"JKJaXmPLvHcESHA=","routeKey":"POST /orders/{id}","stage":"$default","time":"01/Mar/2026:03:00:00 +0000","timeEpoch":1772334000000},
        "pathParameters":{"id":"o-1042"},"body":{{Quote(Order)}},"isBase64Encoded":false}
        """);

    public static byte[] Rest { get; } = Bytes($$"""
        {"resource":"/orders/{id}","path":"/orders/o-1042","httpMethod":"POST","headers":{{{Headers}}},"multiValueHeaders":{{{Multi(Headers)}}},"queryStringParameters":{"express":"true","tag":"b"},"multiValueQueryStringParameters":{"express":["true"],"tag":["a","b"]},
        "pathParameters":{"id":"o-1042"},"stageVariables":null,"requestContext":{"resourceId":"roq9wj","resourcePath":"/orders/{id}","httpMethod":"POST","extendedRequestId":"JKJaXmPLvHcESHA=","requestTime":"01/Mar/2026:03:00:00 +0000","path":"/prod/orders/o-1042","accountId":"123456789012","protocol":"HTTP/1.1","stage":"prod","domainPrefix":"api1234567","requestTimeEpoch":1772334000000,"requestId":"deef4878-7910-11e6-8f14-25afc3e9ae33",
        "identity":{"cognitoIdentityPoolId":null,"accountId":null,"caller":null,"sourceIp":"203.0.113.7","userArn":null,"userAgent":"Mozilla/5.0 (X11; Linux x86_64)","user":null},"domainName":"api1234567.execute-api.eu-west-1.amazonaws.com","apiId":"api1234567"},"body":{{Quote(Order)}},"isBase64Encoded":false}
        """);

    public static byte[] LoadBalancer { get; } = Bytes($$"""
        {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders/6d0ecf831eec9f09"} },"httpMethod":"POST","path":"/orders/o-1042","multiValueQueryStringParameters":{"express":["true"],"tag":["a","b"]},"multiValueHeaders":{{{Multi(Headers)}}},"body":{{Quote(Order)}},"isBase64Encoded":false}
        """);

    public static byte[] S3 { get; } = Bytes("""
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-03-01T03:00:00.123Z","eventName":"ObjectCreated:Put","userIdentity":{"principalId":"AWS:AIDAEXAMPLE"},"requestParameters":{"sourceIPAddress":"203.0.113.7"},"responseElements":{"x-amz-request-id":"C3D13FE58DE4C810","x-amz-id-2":"FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD"},"s3":{"s3SchemaVersion":"1.0","configurationId":"uploads","bucket":{"name":"acme-uploads","ownerIdentity":{"principalId":"A3NL1KOZZKExample"},"arn":"arn:aws:s3:::acme-uploads"},"object":{"key":"photos/2026/New+File.jpg","size":1048576,"eTag":"d41d8cd98f00b204e9800998ecf8427e","versionId":"096fKKXTRTtl3on89fVO.nfljtsv6qko","sequencer":"0055AED6DCD90281E5"}}}]}
        """);

    public static byte[] Bus { get; } = Bytes($$"""
        {"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103","detail-type":"com.acme.order.placed","source":"portable.orders","account":"123456789012","time":"2026-03-01T03:00:00Z","region":"eu-west-1","resources":["urn:portable:id:5c1ff1f3-3f0b-4f1a-9c68-2b1f3d0c8a11","urn:portable:traceparent:00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","urn:portable:correlationid:c-1042"],"detail":{{Order}} }
        """);

    public static byte[] Schedule { get; } = Bytes("""
        {"version":"0","id":"cdc73f9d-aea9-11e3-9d5a-835b769c0d9c","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012","time":"2026-03-01T03:00:00Z","region":"eu-west-1","resources":["arn:aws:events:eu-west-1:123456789012:rule/nightly"],"detail":{}}
        """);

    public static byte[] Device { get; } = Bytes("""
        {"temperature":21.5,"humidity":48,"status":"ok","deviceId":"press-7","topic":"devices/press-7/telemetry","timestamp":1772334000123}
        """);

    public static byte[] Sqs(int count) => Records(count, static i => $$$"""
        {"messageId":"059f36b4-87a3-44ab-83d2-66197583{{{i:0000}}}","receiptHandle":"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a1BpR2Hyn6vCkUh1mNtYw6R3kJ7mFv9mV0d8W1Ck0Yd1mXqfJq0lqk4mQ0n3YF2kqJ6Q8p1h7u5y0JbX4x4m1s6yqk7J3T2O0Vh5mQ9n4F8mYxk2A1XWZ3K8vP5T7lQd0g4F2r1uS9e6wI3oL8hN5bV7cJ1xM4zR6tY2pD0sK9aG3fH5jE7qB8nU4mC6vW1yT2iO9lP5kX3rZ7dS0gA==","body":{{{Quote(Order)}}},"attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1772334000123","SenderId":"AIDAIENQZJOLO23YVJ4VO","ApproximateFirstReceiveTimestamp":"1772334000456"},"messageAttributes":{},"md5OfBody":"e4e68fb7bd0e697a0ae8f1bb342846b3","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:123456789012:orders","awsRegion":"eu-west-1"}
        """);

    public static byte[] Kinesis(int count)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(Order));
        return Records(count, i => $$$"""
            {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"customer-{{{i % 7}}}","sequenceNumber":"4959033827149025660855969253836157109592157598913658{{{i:0000}}}","data":"{{{data}}}","approximateArrivalTimestamp":1772334000.477},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:4959033827149025660855969253836157109592157598913658{{{i:0000}}}","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/orders","awsRegion":"eu-west-1","eventSourceARN":"arn:aws:kinesis:eu-west-1:123456789012:stream/orders"}
            """);
    }

    public static byte[] DynamoDb(int count)
    {
        const string Image = """{"id":{"S":"o-1042"},"customer":{"S":"Ada Lovelace"},"total":{"N":"129.95"},"paid":{"BOOL":true},"lines":{"L":[{"M":{"sku":{"S":"a-1"},"quantity":{"N":"2"}}},{"M":{"sku":{"S":"b-7"},"quantity":{"N":"1"}}}]},"labels":{"SS":["gift","express"]}}""";
        return Records(count, i => $$$"""
            {"eventID":"c4ca4238a0b923820dcc509a6f75{{{i:0000}}}","eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"eu-west-1","dynamodb":{"ApproximateCreationDateTime":1772334000,"Keys":{"id":{"S":"o-1042"}},"NewImage":{{{Image}}},"OldImage":{{{Image}}},"SequenceNumber":"140540000000000206328{{{i:0000}}}","SizeBytes":354,"StreamViewType":"NEW_AND_OLD_IMAGES"},"eventSourceARN":"arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000"}
            """);
    }

    private static byte[] Records(int count, Func<int, string> record) => Bytes("{\"Records\":[" + string.Join(',', Enumerable.Range(0, count).Select(record)) + "]}");

    private static string Multi(string headers) => System.Text.RegularExpressions.Regex.Replace(headers, "\":(\"[^\"]*\")", "\":[$1]");

    private static string Quote(string text) => "\"" + System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    // As the services write it: on one line.
    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json.Replace("\n", "", StringComparison.Ordinal));
}
