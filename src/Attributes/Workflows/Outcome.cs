using System.Text.Json.Serialization;

namespace Portable;

/// <summary>What became of one element of <c>flow.TryMap</c>.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="Value">The result; the type's default when it failed.</param>
/// <param name="Failure">The failure; <see langword="null"/> when it succeeded.</param>
public sealed record Outcome<T>([property: JsonPropertyName("value")] T? Value, [property: JsonPropertyName("failure")] Failure? Failure);

/// <summary>A failure as data: the same on every engine.</summary>
/// <param name="Code">The error code; see <see cref="StepFailed.Code"/>.</param>
/// <param name="Message">What happened, for people to read.</param>
/// <param name="Data">Data as JSON text, or <see langword="null"/>.</param>
public sealed record Failure([property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("message")] string Message, [property: JsonPropertyName("data")] string? Data = null);
