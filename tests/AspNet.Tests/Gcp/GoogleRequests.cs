using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>Requests as Google Cloud's services send them.</summary>
internal static class GoogleRequests
{
    public const string Published = "google.cloud.pubsub.topic.v1.messagePublished";

    /// <summary>The envelope of a message.</summary>
    public static JsonObject Message(string body, params (string Name, string Value)[] attributes)
    {
        var given = new JsonObject();
        foreach (var (name, value) in attributes)
        {
            given[name] = value;
        }

        return new JsonObject
        {
            ["subscription"] = "projects/p/subscriptions/s",
            ["message"] = new JsonObject
            {
                ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(body)),
                ["attributes"] = given,
                ["messageId"] = "message-id",
                ["publishTime"] = "2021-02-05T04:06:14.109Z",
                ["orderingKey"] = "customer-7",
            },
        };
    }

    /// <summary>A push of Pub/Sub.</summary>
    public static HttpRequestMessage Push(JsonObject envelope) => new(HttpMethod.Post, "/") { Content = new StringContent(envelope.ToJsonString(), Encoding.UTF8, "application/json") };

    /// <summary>An event in binary mode, as Eventarc sends it.</summary>
    public static HttpRequestMessage Event(string type, byte[] data, string contentType = "application/json", params (string Name, string Value)[] attributes)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(data) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", "event-id");
        request.Headers.Add("ce-source", "//source");
        request.Headers.Add("ce-type", type);
        request.Headers.Add("ce-time", "2021-02-05T05:00:00Z");
        foreach (var (name, value) in attributes)
        {
            request.Headers.TryAddWithoutValidation("ce-" + name, value);
        }

        return request;
    }

    /// <summary>An event around a message.</summary>
    public static HttpRequestMessage Event(JsonObject envelope) => Event(Published, Encoding.UTF8.GetBytes(envelope.ToJsonString()));
}
