using Portable.Generator.Helpers;

namespace Portable.Generator.Model;

/// <summary>What identifies the calls of a function, and how long it is remembered; see <c>IdempotentAttribute</c>.</summary>
/// <param name="Application">The name of the assembly: two applications that share a store share no key.</param>
/// <param name="Source">Where the key comes from.</param>
/// <param name="Text">The template or the header; empty for the message's id.</param>
/// <param name="Parts">The values of the template, in its order.</param>
/// <param name="ExpiresAfterHours">How long a result is kept.</param>
/// <param name="RunsWithoutStore">Whether the function runs when the store is out.</param>
/// <param name="ValidatesPayload">Whether another payload under the same key is an error.</param>
internal sealed record IdempotencyModel(
    string Application, KeySource Source, string Text, EquatableArray<KeyPart> Parts, int ExpiresAfterHours, bool RunsWithoutStore, bool ValidatesPayload);

internal enum KeySource
{
    Template,
    Header,
    MessageId,
}

/// <summary>One value of a template.</summary>
/// <param name="Parameter">The parameter that it is, or whose member it is; <see langword="null"/> for a message.</param>
/// <param name="IsBody">Whether <paramref name="Path"/> begins at the body of the message instead of the message itself.</param>
/// <param name="Path">The members, as C#: <c>.Customer?.Id</c>; empty for the parameter itself.</param>
/// <param name="Cast">The type that the value is converted to before it becomes text, or <see langword="null"/>.</param>
/// <param name="IsText">Whether the value is a text already.</param>
internal sealed record KeyPart(string? Parameter, bool IsBody, string Path, string? Cast, bool IsText);
