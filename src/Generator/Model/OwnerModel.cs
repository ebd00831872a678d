namespace Portable.Generator.Model;

/// <summary>Who answers for a function.</summary>
/// <param name="Name">The owner.</param>
/// <param name="Alert">Where the owner hears of failures; <see langword="null"/> when not stated.</param>
internal sealed record OwnerModel(string Name, string? Alert);
