using System.Text.Json;
using System.Text.Json.Serialization;

namespace Traps;

/// <summary>What the traps take and give.</summary>
public sealed record Order(string Id, int Cents, IReadOnlyList<string> Parts);

public sealed record Receipt(string Id, string Status);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Order)), JsonSerializable(typeof(Receipt)), JsonSerializable(typeof(Functions.PORT029.Article))]
[JsonSerializable(typeof(Limits.ScannedParcel)), JsonSerializable(typeof(Retries.Port202Payment)), JsonSerializable(typeof(Retries.Port203Order))]
[JsonSerializable(typeof(Workflows.OpenParcel)), JsonSerializable(typeof(Workflows.LabelledParcel))]
internal sealed partial class TrapsJson : JsonSerializerContext;
