using Microsoft.AspNetCore.Http;
using Portable.Gcp;

namespace Portable.Fuzz.Targets;

/// <summary>Readers that several adapters share.</summary>
internal static class CoreTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } = [new("cloudevents", ["cloudevents/*.http"], CloudEvents)];

    private static FuzzProbe CloudEvents() => static input =>
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in input.Headers())
        {
            headers.Append(name, value);
        }

        try
        {
            var read = CloudEventReader.Read(headers["Content-Type"], headers, input.Body);
            return read.Id.Length > 0 && read.Source.Length > 0 && read.Type.Length > 0 ? FuzzOutcome.Handled : FuzzOutcome.Broken("an event without id, source or type");
        }
        catch (CloudEventException e)
        {
            return FuzzOutcome.Rejected(e.Message);
        }
    };
}
