namespace Portable.Generator.Emit;

/// <summary>A file of emitted C#.</summary>
/// <param name="Name">The hint name: <c>Orders.OrderFunctions_Place.g.cs</c>.</param>
/// <param name="Text">The whole text.</param>
internal readonly record struct EmittedFile(string Name, string Text);
