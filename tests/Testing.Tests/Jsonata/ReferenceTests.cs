using Portable.TestKit.ExternalTools;

namespace Portable.Testing.Tests.Jsonata;

/// <summary>The subset against the reference implementation, over a generated corpus and the numbers.</summary>
public sealed class ReferenceTests(NodeToolsFixture fixture) : IClassFixture<NodeToolsFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void A_generated_corpus_agrees(int seed)
    {
        var tools = fixture.Tools;
        var generator = new ExpressionGenerator(seed);
        List<string> differences = [];
        var skipped = 0;
        const int Count = 4_000;
        for (var i = 0; i < Count; i++)
        {
            var expression = generator.Expression(i % 4 + 1);
            var document = generator.Document();
            var ours = Agreement.Ours(expression, document);
            if (ours.StartsWith("not simulated", StringComparison.Ordinal))
            {
                skipped++;
                continue;
            }

            var reference = Agreement.Reference(tools, expression, document);
            if (!Agreement.Same(expression, document, ours, reference))
            {
                differences.Add($"{expression}\n  on {document}\n  ours      {ours}\n  reference {reference}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {Count} differ:\n{string.Join('\n', differences.OrderBy(static text => text.Length).Take(25))}");
        Assert.True(skipped < Count / 20, $"{skipped} of {Count} were not simulated.");
    }

    [Fact]
    public void Numbers_are_written_as_the_reference_writes_them()
    {
        var random = new Random(7);
        var numbers = Enumerable.Range(0, 2_000)
            .Select(i => i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(0, 25)), random.Next(0, 8)))
            .Where(double.IsFinite)
            .Select(static number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        var json = "[" + string.Join(',', numbers) + "]";
        foreach (var expression in new[] { "$", "$map($, $string)", "$map($, function($n){$round($n)})", "$map($, function($n){$n / 3})" })
        {
            Assert.Equal(Agreement.Reference(fixture.Tools, expression, json), Agreement.Ours(expression, json));
        }
    }
}
