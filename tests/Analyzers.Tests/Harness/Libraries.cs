using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Portable.Analyzers.Tests.Harness;

/// <summary>
/// Stand-ins for others' packages, as rules see them: names of types and members. Each is a file of <c>Harness/Libraries</c>, compiled to an assembly of the
/// file's name.
/// </summary>
internal static class Libraries
{
    private static readonly ConcurrentDictionary<string, MetadataReference> Built = new(StringComparer.Ordinal);

    /// <summary>The assembly of a stand-in, by the name of its file.</summary>
    public static MetadataReference Get(string name) => Built.GetOrAdd(name, static name =>
    {
        var file = Path.Combine(Repository.Root, "tests", "Analyzers.Tests", "Harness", "Libraries", name + ".cs");
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(File.ReadAllText(file), (CSharpParseOptions)Project.ParseOptions, file)],
            Project.FrameworkReferences,
            Project.CompilationOptions);
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    });
}
