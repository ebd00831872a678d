using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>
/// Writes how an event becomes the CloudEvents SDK's own type, for projects that refer to it and take it as a parameter: no binary of ours does.
/// </summary>
internal static class CloudEventEmitter
{
    public const string Reader = "global::Portable.Generated.PortableCloudEvents.Read";

    public static EmittedFile Emit() => new("PortableCloudEvents.g.cs", CodeFile.Begin("Portable.Generated")
        .Line("/// <summary>Makes events of the CloudEvents SDK.</summary>")
        .Line(CodeFile.Generated)
        .Open("internal static class PortableCloudEvents")
        .Line("/// <summary>The event with its attributes; JSON data as a JsonElement, other data as bytes.</summary>")
        .Open("public static global::CloudNative.CloudEvents.CloudEvent Read(global::Portable.Runtime.ReceivedMessage received)")
        .Line("var description = global::Portable.Runtime.MessageReaders.Description(received);")
        .Open("var cloudEvent = new global::CloudNative.CloudEvents.CloudEvent")
        .Line("Id = received.Id,")
        .Line("Source = new global::System.Uri(description.Source, global::System.UriKind.RelativeOrAbsolute),")
        .Line("Type = description.Type,")
        .Line("Subject = description.Subject,")
        .Line("Time = received.EnqueuedAt,")
        .Line("DataContentType = description.DataContentType,")
        .Line("DataSchema = description.DataSchema is { } schema ? new global::System.Uri(schema, global::System.UriKind.RelativeOrAbsolute) : null,")
        .Line("Data = global::Portable.Runtime.MessageReaders.Data(received, description),")
        .Close(";")
        .Open("foreach (var attribute in received.Attributes ?? global::System.Collections.Immutable.ImmutableDictionary<string, string>.Empty)")
        .Open("if (global::Portable.Runtime.MessageReaders.IsExtension(attribute.Key))")
        .Line("cloudEvent[attribute.Key] = attribute.Value;")
        .Close()
        .Close()
        .Line()
        .Line("return cloudEvent;")
        .Close()
        .Close()
        .ToString());
}
