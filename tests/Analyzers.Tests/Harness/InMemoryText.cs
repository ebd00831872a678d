using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Portable.Analyzers.Tests.Harness;

/// <summary>A file beside the sources that analyzers may read.</summary>
internal sealed class InMemoryText(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
