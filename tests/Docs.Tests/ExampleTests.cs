using System.Text.RegularExpressions;

namespace Portable.Docs.Tests;

/// <summary>The workflows that the documents print are files of a test project, which compiles them and runs them on every engine.</summary>
public sealed class ExampleTests
{
    [Theory]
    [InlineData("README.md", "ReadmeWorkflow.cs")]
    [InlineData("docs/workflows.md", "DocsWorkflow.cs")]
    public void A_document_prints_the_code_that_the_tests_run(string document, string file)
    {
        var path = Path.Combine(Repository.Root, document);
        var text = File.ReadAllText(path);
        var match = Regex.Match(text, "<!-- workflow -->\n.*?<!-- /workflow -->", RegexOptions.Singleline);
        Assert.True(match.Success, $"{document} has no <!-- workflow --> block.");

        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests/Testing.Tests/Documents", file)).ReplaceLineEndings("\n");
        var code = source[(source.IndexOf(";\n\n", StringComparison.Ordinal) + 3)..]; // behind the namespace
        var expected = $"<!-- workflow -->\n```csharp\n{code}```\n<!-- /workflow -->";
        if (match.Value != expected && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, text.Replace(match.Value, expected, StringComparison.Ordinal));
            return;
        }

        Assert.Equal(expected, match.Value);
    }
}
