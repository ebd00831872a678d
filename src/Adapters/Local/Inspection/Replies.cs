using System.Text.Json.Serialization.Metadata;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>The answers that all of <c>/_portable/</c> shares.</summary>
internal static class Replies
{
    public static HttpReply Accepted<T>(T value, JsonTypeInfo<T> type, string location) => HttpReply.From(HttpResult.Accepted(value).WithHeader("Location", location), type);

    public static HttpReply NotFound() => HttpReply.Problem(404, "There is nothing at this address; GET /_portable/ lists what there is.");

    public static HttpReply NotAllowed(string methods) => HttpReply.Problem(405, $"This address takes {methods}.", headers: [new("Allow", methods)]);

    public static HttpReply Missing(string kind, string name, IEnumerable<string> names) => HttpReply.Problem(404, $"There is no {kind} '{name}'; there is {Names.List(names)}.");
}
