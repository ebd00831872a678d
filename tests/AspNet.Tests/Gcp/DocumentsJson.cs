using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Portable.AspNet.Tests.Gcp;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class DocumentsJson : JsonSerializerContext;
