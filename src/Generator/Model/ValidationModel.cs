using Portable.Generator.Helpers;

namespace Portable.Generator.Model;

/// <summary>What a validated type is made of.</summary>
internal enum ValidatedShape
{
    /// <summary>An object with members.</summary>
    Object,

    /// <summary>A list, array or the like, of elements.</summary>
    List,

    /// <summary>A dictionary, of values.</summary>
    Dictionary,
}

/// <summary>A type with validation attributes, or with something in it that has some.</summary>
/// <param name="Type">The type.</param>
/// <param name="Identifier">A C# identifier of its own.</param>
/// <param name="Shape">What it is made of.</param>
/// <param name="Members">The members of an object that there is something to check in.</param>
/// <param name="Attributes">The attributes of the type itself, as C# expressions.</param>
/// <param name="IsValidatable">Whether it is an <c>IValidatableObject</c>.</param>
/// <param name="Element">The validated type of the elements or values.</param>
/// <param name="Derived">The validated types that JSON may make of it instead, the most derived first.</param>
internal sealed record ValidatedTypeModel(
    TypeRef Type,
    string Identifier,
    ValidatedShape Shape,
    EquatableArray<ValidatedMemberModel> Members,
    EquatableArray<string> Attributes,
    bool IsValidatable,
    string? Element = null,
    EquatableArray<string> Derived = default);

/// <summary>A member of a validated type.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Json">Its JSON name, where an attribute states it.</param>
/// <param name="Display">What messages call it, where an attribute states it.</param>
/// <param name="Attributes">Its attributes, as C# expressions, that it is required first.</param>
/// <param name="Compared">The member that it must be the same as.</param>
/// <param name="CompareMessage">The message when it is not, where the attribute states one.</param>
/// <param name="Type">The validated type of its value; <see langword="null"/> when there is nothing to check inside.</param>
internal sealed record ValidatedMemberModel(
    string Name,
    string? Json,
    string? Display,
    EquatableArray<string> Attributes,
    string? Compared,
    string? CompareMessage,
    string? Type);
