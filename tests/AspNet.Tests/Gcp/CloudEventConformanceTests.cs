using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Portable.Gcp;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>The published conformance cases of the Functions Framework and of CloudEvents' HTTP binding, on a real host.</summary>
public sealed class CloudEventConformanceTests
{
    private const string EventJson = """
        {"specversion":"1.0","type":"com.example.someevent","time":"2018-04-05T03:56:24Z","id":"1234-1234-1234","source":"/mycontext/subcontext","datacontenttype":"application/json","data":{"message":"Hello World!"}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Folder => RepositoryFolder.SharedOrSkip(PublishedEvents);

    private const string PublishedEvents = "gcp/conformance-events";

    public static TheoryData<string> Events() => RepositoryFolder.FindShared(PublishedEvents) is { } folder
        ? [.. Directory.GetFiles(folder, "*-cloudevent-input.json").Select(path => Path.GetFileName(path).Replace("-cloudevent-input.json", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    [Fact]
    public void All_published_events_are_here() => Assert.Equal(17, Directory.GetFiles(Folder, "*-cloudevent-input.json").Length);

    // What a CloudEvent function must get of a CloudEvent is all of it: ValidateEvent in events/validators.go of the suite
    // (GoogleCloudPlatform/functions-framework-conformance, 86ea750) compares with the *input*, and exactly. The *-cloudevent-output.json
    // files are what a converted legacy event must become; those of Pub/Sub have no subscription because a legacy event names none.
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Events))]
    public async Task A_published_event_arrives_in_binary_mode(string name)
    {
        var input = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}-cloudevent-input.json"), Token))!.AsObject();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(input["data"]!.ToJsonString()) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(input["datacontenttype"]!.GetValue<string>());
        foreach (var (attribute, value) in input.Where(member => member.Key is not ("data" or "datacontenttype")))
        {
            request.Headers.Add("ce-" + attribute, value!.GetValue<string>());
        }

        await AssertAnswerAsync(input, request);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Events))]
    public async Task A_published_event_arrives_in_structured_mode(string name)
    {
        var input = await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}-cloudevent-input.json"), Token);
        await AssertAnswerAsync(JsonNode.Parse(input), Structured(input));
    }

    // What a first generation event becomes: all that the suite's output says, and the extension (bucket, topic) that Eventarc sets beside.
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Events))]
    public async Task A_published_first_generation_event_is_converted(string name)
    {
        var input = await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}-legacy-input.json"), Token);
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}-cloudevent-output.json"), Token))!;
        switch (expected["type"]!.GetValue<string>())
        {
            case "google.cloud.storage.object.v1.finalized": expected["bucket"] = "some-bucket"; break;
            case "google.cloud.pubsub.topic.v1.messagePublished": expected["topic"] = "gcf-test"; break;
        }

        await AssertAnswerAsync(expected, Json(input));
    }

    [Theory]
    [MemberData(nameof(FirstGeneration))]
    public async Task A_first_generation_event_is_converted(string input, string expected) => await AssertAnswerAsync(JsonNode.Parse(expected), Json(input));

    public static TheoryData<string, string> FirstGeneration() => new()
    {
        {
            """{"context":{"eventId":"1","timestamp":"2020-09-29T11:32:00Z","eventType":"google.storage.object.delete","resource":{"service":"storage.googleapis.com","name":"projects/_/buckets/b/objects/a/b#c#158762753"}},"data":{"name":"a/b#c"}}""",
            """{"specversion":"1.0","id":"1","type":"google.cloud.storage.object.v1.deleted","source":"//storage.googleapis.com/projects/_/buckets/b","subject":"objects/a/b#c","time":"2020-09-29T11:32:00Z","datacontenttype":"application/json","bucket":"b","data":{"name":"a/b#c"}}"""
        },
        {
            """{"eventId":"1","timestamp":"2020-09-29T11:32:00.123456Z","eventType":"providers/cloud.pubsub/eventTypes/topic.publish","resource":"projects/p/topics/t","data":{"data":"AQ==","messageId":"x"}}""",
            """{"specversion":"1.0","id":"1","type":"google.cloud.pubsub.topic.v1.messagePublished","source":"//pubsub.googleapis.com/projects/p/topics/t","time":"2020-09-29T11:32:00.123456Z","datacontenttype":"application/json","topic":"t","data":{"message":{"data":"AQ==","messageId":"1","publishTime":"2020-09-29T11:32:00.123456Z"}}}"""
        },
        {
            """{"context":{"eventId":"1","eventType":"providers/cloud.firestore/eventTypes/document.create","resource":"projects/p/databases/(default)/documents/a/b"},"data":{}}""",
            """{"specversion":"1.0","id":"1","type":"google.cloud.firestore.document.v1.created","source":"//firestore.googleapis.com/projects/p/databases/(default)","subject":"documents/a/b","datacontenttype":"application/json","data":{}}"""
        },
        {
            """{"eventId":"1","eventType":"providers/google.firebase.database/eventTypes/ref.update","domain":"europe-west1.firebasedatabase.app","resource":"projects/_/instances/i/refs/x/y","data":{"delta":1}}""",
            """{"specversion":"1.0","id":"1","type":"google.firebase.database.ref.v1.updated","source":"//firebasedatabase.googleapis.com/projects/_/locations/europe-west1/instances/i","subject":"refs/x/y","datacontenttype":"application/json","data":{"delta":1}}"""
        },
        {
            """{"eventId":"1","eventType":"providers/firebase.auth/eventTypes/user.delete","resource":"projects/p","data":{"uid":"u","metadata":{"createdAt":"x","other":1}}}""",
            """{"specversion":"1.0","id":"1","type":"google.firebase.auth.user.v1.deleted","source":"//firebaseauth.googleapis.com/projects/p","subject":"users/u","datacontenttype":"application/json","data":{"uid":"u","metadata":{"createTime":"x","other":1}}}"""
        },
        {
            """{"eventId":"1","eventType":"providers/google.firebase.analytics/eventTypes/event.log","resource":"projects/p/events/e","data":{"userDim":{"appInfo":{"appId":"app"}}}}""",
            """{"specversion":"1.0","id":"1","type":"google.firebase.analytics.log.v1.written","source":"//firebaseanalytics.googleapis.com/projects/p/apps/app","subject":"events/e","datacontenttype":"application/json","data":{"userDim":{"appInfo":{"appId":"app"}}}}"""
        },
        {
            """{"context":{"eventId":"1","eventType":"google.firebase.remoteconfig.update","resource":{"name":"projects/p"}},"data":{"v":1}}""",
            """{"specversion":"1.0","id":"1","type":"google.firebase.remoteconfig.remoteConfig.v1.updated","source":"//firebaseremoteconfig.googleapis.com/projects/p","datacontenttype":"application/json","data":{"v":1}}"""
        },
    };

    [Theory]
    [InlineData("""{"eventId":"1","eventType":"providers/cloud.pubsub/eventTypes/topic.publish","resource":"r"}""", "no data")]
    [InlineData("""{"eventType":"providers/cloud.pubsub/eventTypes/topic.publish","resource":"r","data":{}}""", "identifier")]
    [InlineData("""{"eventId":"1","eventType":"providers/cloud.pubsub/eventTypes/topic.publish","data":{}}""", "no resource")]
    [InlineData("""{"eventId":"1","eventType":"com.acme","resource":"r","data":{}}""", "of a type")]
    [InlineData("""{"eventId":"1","eventType":"providers/google.firebase.database/eventTypes/ref.write","resource":"r","data":{}}""", "no domain")]
    [InlineData("""{"eventId":"1","eventType":"providers/google.firebase.analytics/eventTypes/event.log","resource":"projects/p/events/e","data":{"userDim":{}}}""", "no application")]
    [InlineData("""{"eventId":"1","eventType":"providers/cloud.pubsub/eventTypes/topic.publish","resource":"a\r\nb","data":{}}""", "'source'")]
    [InlineData("""{"eventId":"\ud800","eventType":"providers/cloud.pubsub/eventTypes/topic.publish","resource":"r","data":{}}""", "not valid JSON")]
    [InlineData("""{"eventId":"1","eventType":"google.firebase.remoteconfig.update","resource":"r","data":{},"timestamp":"now"}""", "'time'")]
    [InlineData("{}", "no CloudEvent")]
    [InlineData("nope", "not valid JSON")]
    public async Task A_malformed_first_generation_event_is_400(string body, string reason) => await AssertRefusedAsync(Json(body), reason);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    public async Task The_binary_scenario_of_the_http_binding(string contentType)
    {
        var expected = JsonNode.Parse(EventJson)!;
        expected["datacontenttype"] = contentType;
        using var request = Binary();
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        await AssertAnswerAsync(expected, request);
    }

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    public async Task The_structured_scenario_of_the_http_binding(string contentType) =>
        await AssertAnswerAsync(JsonNode.Parse(EventJson), Structured(EventJson, contentType));

    [Fact]
    public async Task Extensions_and_encoded_values_are_read_in_both_modes()
    {
        using var binary = Binary();
        binary.Headers.Add("ce-traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        binary.Headers.Add("CE-Subject", "Euro%20%E2%82%AC%20%F0%9F%98%80");
        var expected = JsonNode.Parse(EventJson)!;
        expected["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        expected["subject"] = "Euro € 😀";
        await AssertAnswerAsync(expected, binary);

        var structured = JsonNode.Parse(EventJson)!;
        structured["attempt"] = 3;
        structured["urgent"] = true;
        structured["nothing"] = null;
        expected = structured.DeepClone();
        expected["attempt"] = "3";
        expected["urgent"] = "true";
        expected.AsObject().Remove("nothing");
        await AssertAnswerAsync(expected, Structured(structured.ToJsonString()));
    }

    [Fact]
    public async Task Quoted_values_are_unquoted_and_nanoseconds_are_times()
    {
        using var binary = Binary();
        binary.Headers.Remove("ce-time");
        binary.Headers.Add("ce-time", "2018-04-05T03:56:24.123456789Z");
        binary.Headers.TryAddWithoutValidation("ce-subject", """ "a \"quoted\" \\ name" """.Trim());
        var expected = JsonNode.Parse(EventJson)!;
        expected["time"] = "2018-04-05T03:56:24.1234567Z";
        expected["subject"] = """a "quoted" \ name""";
        await AssertAnswerAsync(expected, binary);
    }

    [Fact]
    public async Task A_text_as_data_of_another_media_type_is_the_data_itself()
    {
        var input = JsonNode.Parse(EventJson)!;
        input["datacontenttype"] = "text/plain";
        input["data"] = """{"message":"not escaped"}""";
        var expected = input.DeepClone();
        expected["data"] = JsonNode.Parse("""{"message":"not escaped"}"""); // the host answers with the data's bytes as JSON
        await AssertAnswerAsync(expected, Structured(input.ToJsonString()));
    }

    // Whatever a stranger puts into attributes: a clean refusal, and nothing of it in a header, a log line or a name.
    [Theory]
    [InlineData("subject", "a%0d%0aSet-Cookie:%20x=1", "control characters")]
    [InlineData("id", "%00", "control characters")]
    [InlineData("traceparent", "x%7f", "control characters")]
    [InlineData("subject", "%C2%85", "control characters")]
    [InlineData("bad_name", "x", "'bad_name'")]
    [InlineData("", "x", "not the name")]
    [InlineData("time", "2018-04-05", "'time'")]
    [InlineData("time", "2018-13-45T99:99:99Z", "'time'")]
    [InlineData("time", "2018-04-05T03:56:24.99999999999999999999999999999999999999Z", "'time'")]
    public async Task A_hostile_attribute_in_a_header_is_400(string attribute, string value, string reason)
    {
        using var binary = Binary();
        binary.Headers.Remove("ce-" + attribute);
        binary.Headers.TryAddWithoutValidation("ce-" + attribute, value);
        await AssertRefusedAsync(binary, reason);
    }

    [Fact]
    public async Task An_attribute_that_appears_twice_is_400_in_both_modes()
    {
        // HttpClient joins headers of one name; the server takes them from others as they come.
        var headers = new HeaderDictionary { ["ce-specversion"] = "1.0", ["ce-id"] = new(["1", "2"]), ["ce-source"] = "s", ["ce-type"] = "t" };
        Assert.Contains("more than once", Assert.Throws<CloudEventException>(() => CloudEventReader.Read("application/json", headers, default)).Message, StringComparison.Ordinal);
        await AssertRefusedAsync(Structured(EventJson.Replace("{\"specversion\"", "{\"id\":\"other\",\"specversion\"", StringComparison.Ordinal)), "more than once");
        await AssertRefusedAsync(Structured(EventJson.Replace("{\"specversion\"", "{\"data_base64\":\"\",\"specversion\"", StringComparison.Ordinal)), "more than one");
        await AssertRefusedAsync(Structured(EventJson.Replace("{\"specversion\"", "{\"x\":\"1\",\"x\":\"2\",\"specversion\"", StringComparison.Ordinal)), "more than once");
    }

    [Theory]
    [InlineData("\"subject\":\"a\\r\\nb\"", "control characters")]
    [InlineData("\"subject\":\"\\ud800\"", "not valid JSON")]
    [InlineData("\"Subject\":\"x\"", "'Subject'")]
    [InlineData("\"a\\u0000b\":\"x\"", "unprintable")]
    [InlineData("\"x\":[1]", "'x'")]
    [InlineData("\"time\":12", "'time'")]
    public async Task A_hostile_attribute_in_json_is_400(string member, string reason) =>
        await AssertRefusedAsync(Structured(EventJson.Replace("{\"specversion\"", "{" + member + ",\"specversion\"", StringComparison.Ordinal).Replace("\"time\":\"2018-04-05T03:56:24Z\",", "", StringComparison.Ordinal)), reason);

    [Fact]
    public async Task Attributes_without_end_are_400()
    {
        var many = string.Concat(Enumerable.Range(0, 300).Select(static i => $"\"x{i}\":1,"));
        await AssertRefusedAsync(Structured(EventJson.Replace("{\"specversion\"", "{" + many + "\"specversion\"", StringComparison.Ordinal)), "more than 256");
        await AssertRefusedAsync(Structured(EventJson.Replace("{\"specversion\"", "{\"x\":\"" + new string('a', 70_000) + "\",\"specversion\"", StringComparison.Ordinal)), "longer than");
        await AssertRefusedAsync(Structured(EventJson.Replace("{\"specversion\"", "{\"" + new string('a', 300) + "\":1,\"specversion\"", StringComparison.Ordinal)), "unprintable");
        await AssertRefusedAsync(Structured(EventJson.Replace("\"Hello World!\"", new string('[', 200) + new string(']', 200), StringComparison.Ordinal)), "not valid JSON");
    }

    [Fact]
    public async Task Binary_data_in_a_structured_event_is_decoded()
    {
        var input = JsonNode.Parse(EventJson)!.AsObject();
        input.Remove("data");
        input["data_base64"] = Convert.ToBase64String("""{"message":"Hello World!"}"""u8);
        await AssertAnswerAsync(JsonNode.Parse(EventJson), Structured(input.ToJsonString()));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    [InlineData("specversion")]
    public async Task A_missing_attribute_is_400_in_both_modes(string attribute)
    {
        using var binary = Binary();
        binary.Headers.Remove("ce-" + attribute);
        await AssertRefusedAsync(binary, attribute);
        var structured = JsonNode.Parse(EventJson)!.AsObject();
        structured.Remove(attribute);
        await AssertRefusedAsync(Structured(structured.ToJsonString()), attribute);
    }

    [Theory]
    [InlineData("specversion", "0.3", "0.3")]
    [InlineData("time", "yesterday", "'time'")]
    [InlineData("source", "http://[", "'source'")]
    [InlineData("id", "", "'id'")]
    public async Task A_malformed_attribute_is_400(string attribute, string value, string reason)
    {
        using var binary = Binary();
        binary.Headers.Remove("ce-" + attribute);
        binary.Headers.TryAddWithoutValidation("ce-" + attribute, value);
        await AssertRefusedAsync(binary, reason);
    }

    [Theory]
    [InlineData("[]", "application/cloudevents+json", "JSON object")]
    [InlineData("{", "application/cloudevents+json", "not valid JSON")]
    [InlineData("""{"specversion":"1.0","id":{},"type":"t","source":"s"}""", "application/cloudevents+json", "'id'")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"t","source":"s","data_base64":"***"}""", "application/cloudevents+json", "base64")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"t","source":"s","Bad_Name":"x"}""", "application/cloudevents+json", "'Bad_Name'")]
    [InlineData("[]", "application/cloudevents-batch+json", "Batches")]
    [InlineData("<e/>", "application/cloudevents+xml", "application/cloudevents+xml")]
    public async Task A_malformed_structured_event_is_400(string body, string contentType, string reason) =>
        await AssertRefusedAsync(Structured(body, contentType), reason);

    private static HttpRequestMessage Binary()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/someresource") { Content = new StringContent("""{"message":"Hello World!"}""", Encoding.UTF8, "application/json") };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-type", "com.example.someevent");
        request.Headers.Add("ce-time", "2018-04-05T03:56:24Z");
        request.Headers.Add("ce-id", "1234-1234-1234");
        request.Headers.Add("ce-source", "/mycontext/subcontext");
        return request;
    }

    private static HttpRequestMessage Json(string body) => new(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static HttpRequestMessage Structured(string json, string contentType = "application/cloudevents+json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/someresource") { Content = new StringContent(json) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return request;
    }

    private static async Task AssertAnswerAsync(JsonNode? expected, HttpRequestMessage request)
    {
        await using var host = await EventHost.StartAsync();
        using var response = await host.Http.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        var actual = JsonNode.Parse(text);
        Assert.True(JsonNode.DeepEquals(expected, actual), $"Expected {expected?.ToJsonString()}\nbut was  {actual?.ToJsonString()}");
    }

    private static async Task AssertRefusedAsync(HttpRequestMessage request, string reason)
    {
        await using var host = await EventHost.StartAsync();
        using var response = await host.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var detail = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["detail"]!.GetValue<string>();
        Assert.Contains(reason, detail, StringComparison.Ordinal);
    }
}
