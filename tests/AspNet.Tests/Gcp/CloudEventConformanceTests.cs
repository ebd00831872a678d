using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
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
