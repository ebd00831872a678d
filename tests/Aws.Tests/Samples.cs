using System.Text;
using System.Text.Json;

namespace Portable.Aws.Tests;

/// <summary>Events in the forms that AWS documents.</summary>
internal static class Samples
{
    public const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    public const string TraceParent = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01";

    public const string Schedule = """
        {"version":"0","id":"cdc73f9d-aea9-11e3-9d5a-835b769c0d9c","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012",
         "time":"2026-03-01T03:00:00Z","region":"us-east-1","resources":["arn:aws:events:us-east-1:123456789012:rule/nightly"],"detail":{}}
        """;

    /// <summary>A request of an HTTP API or function URL.</summary>
    public static string Http(
        string method, string path, string query = "", string? body = null, bool base64 = false, string stage = "$default", string routeKey = "$default",
        string? headers = null, string? pathParameters = null, string? cookies = null)
    {
        var text = new StringBuilder();
        text.Append("{\"version\":\"2.0\",\"routeKey\":").Append(Quote(routeKey))
            .Append(",\"rawPath\":").Append(Quote(path))
            .Append(",\"rawQueryString\":").Append(Quote(query));
        if (cookies is not null)
        {
            text.Append(",\"cookies\":").Append(cookies);
        }

        text.Append(",\"headers\":").Append(headers ?? """{"accept":"*/*","content-type":"application/json"}""")
            .Append(",\"requestContext\":{\"accountId\":\"123456789012\",\"authorizer\":{\"jwt\":{\"claims\":{\"method\":\"no\"},\"scopes\":[\"a\"]}},")
            .Append("\"http\":{\"method\":").Append(Quote(method)).Append(",\"path\":").Append(Quote(path))
            .Append(",\"protocol\":\"HTTP/1.1\",\"sourceIp\":\"203.0.113.7\",\"userAgent\":\"agent\"},\"requestId\":\"id\",\"stage\":").Append(Quote(stage)).Append('}');
        if (pathParameters is not null)
        {
            text.Append(",\"pathParameters\":").Append(pathParameters);
        }

        if (body is not null)
        {
            text.Append(",\"body\":").Append(Quote(body));
        }

        return text.Append(",\"isBase64Encoded\":").Append(base64 ? "true" : "false").Append('}').ToString();
    }

    /// <summary>A batch of SQS.</summary>
    public static string Sqs(bool fifo, params (string Id, string Body)[] messages) =>
        "{\"Records\":[" + string.Join(',', messages.Select(message => $$$"""
            {"messageId":{{{Quote(message.Id)}}},"receiptHandle":"handle","body":{{{Quote(message.Body)}}},"md5OfBody":"x",
             "attributes":{"ApproximateReceiveCount":"2","SentTimestamp":"1520621625029","SenderId":"sender","ApproximateFirstReceiveTimestamp":"1520621634884"},
             "messageAttributes":{"Tenant":{"stringValue":"blue","dataType":"String","stringListValues":[],"binaryValue":null},"Raw":{"binaryValue":"AQID","dataType":"Binary"}},
             "eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-west-2:123456789012:orders{{{(fifo ? ".fifo" : "")}}}","awsRegion":"us-west-2"}
            """)) + "]}";

    /// <summary>A step's request.</summary>
    public static string Step(string step, string input, int attempt = 1) =>
        $$"""{"step":{{Quote(step)}},"input":{{input}},"run":"arn:run:1","attempt":{{attempt}}}""";

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
