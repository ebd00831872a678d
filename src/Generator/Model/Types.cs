using Portable.Generator.Helpers;

namespace Portable.Generator.Model;

/// <summary>A type, as emitted code names it.</summary>
/// <param name="FullName">With <c>global::</c> and nullability removed from references; <c>int?</c> stays a nullable value type.</param>
/// <param name="Name">The simple name, for messages and file names.</param>
/// <param name="IsValueType">Whether it is a struct or enum.</param>
internal sealed record TypeRef(string FullName, string Name, bool IsValueType)
{
    /// <summary>Whether it is a nullable value type.</summary>
    public bool IsNullableValue => IsValueType && FullName.EndsWith("?", StringComparison.Ordinal);

    /// <summary>The <c>T</c> of <c>T?</c>, or the type itself. Contexts rarely name <c>int?</c>, and null needs no contract.</summary>
    public TypeRef Underlying => IsNullableValue ? this with { FullName = FullName.Substring(0, FullName.Length - 1) } : this;
}

/// <summary>How emitted code makes the object that a handler method belongs to.</summary>
/// <param name="Type">The type that declares the method.</param>
/// <param name="IsStatic">Whether the method is static, so that no object is needed.</param>
/// <param name="Dependencies">The constructor's parameters: services of the invocation, and what it sends to.</param>
/// <param name="HasInference">Whether the type has <c>[Inference]</c> methods, so that its emitted <c>InferenceClient</c> property is set.</param>
internal sealed record ActivationModel(TypeRef Type, bool IsStatic, EquatableArray<DependencyModel> Dependencies, bool HasInference)
{
    /// <summary>Whether making the object takes services.</summary>
    public bool UsesServices => !IsStatic && (Dependencies.Count > 0 || HasInference);
}

/// <summary>A retry policy as an attribute states it; see <c>RetryAttribute</c>.</summary>
internal sealed record RetryModel(int MaxAttempts, int IntervalSeconds, double BackoffRate, int MaxIntervalSeconds, EquatableArray<string> On, bool Jitter = false);

/// <summary>How JSON names the members of types: what the user's context says, or Portable's default, camel case.</summary>
internal enum JsonNaming
{
    Exact,
    CamelCase,
    SnakeCaseLower,
    SnakeCaseUpper,
    KebabCaseLower,
    KebabCaseUpper,
}

/// <summary>A <c>JsonSerializerContext</c> of the user's and the types it names.</summary>
/// <param name="LeavesOutDefaults">Whether it writes no members that are 0, false or the like, so that JSON of the types may lack any member.</param>
internal sealed record JsonContextModel(string FullName, JsonNaming Naming, EquatableArray<string> Types, bool LeavesOutDefaults = false);
