namespace Portable;

/// <summary>Lets everybody in, said in so many words: an HTTP function without any policy is what rule PORT801 warns of.</summary>
/// <remarks>Not the attribute of the same name in <c>Microsoft.AspNetCore.Authorization</c>, which Portable does not read.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AllowAnonymousAttribute : Attribute;
