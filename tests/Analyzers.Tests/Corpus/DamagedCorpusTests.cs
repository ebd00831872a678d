using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Corpus;

/// <summary>
/// No analyzer throws on the corpus with words missing, as code is while someone edits it: 20,000 variants, always the same. Many are compiled at once, each in
/// a namespace of its own, for what a compilation costs before it reads a line.
/// </summary>
public sealed class DamagedCorpusTests
{
    private const int Variants = 20_000;
    private const int PerCompilation = 100;

    private static readonly Snippet[] Corpus = [.. Snippet.Of("Guilty").Concat(Snippet.Of("Innocent")).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];

    public static TheoryData<int> Compilations => [.. Enumerable.Range(0, Variants / PerCompilation)];

    [Theory, MemberData(nameof(Compilations))]
    public async Task Words_are_missing(int seed)
    {
        var random = new Random(seed);
        var sources = new string[PerCompilation];
        for (var i = 0; i < sources.Length; i++)
        {
            sources[i] = Damaged(Corpus[random.Next(Corpus.Length)], i, random);
        }

        await Check.Run(new Project([.. sources, Snippet.Prelude + "\n#pragma warning disable\n"]));
    }

    private static string Damaged(Snippet snippet, int number, Random random)
    {
        var text = Regex.Replace(Marked.Parse(snippet.Source).Text, @"^namespace \w+;", $"namespace Shop{number};\nusing Shop;", RegexOptions.Multiline);
        var tokens = SyntaxFactory.ParseTokens(text).ToList();
        for (var missing = random.Next(1, 6); missing > 0 && tokens.Count > 1; missing--)
        {
            tokens.RemoveAt(random.Next(tokens.Count - 1));
        }

        return string.Concat(tokens.Select(token => token.ToFullString()));
    }
}
