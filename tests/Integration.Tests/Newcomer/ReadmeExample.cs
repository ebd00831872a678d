using System.Text.RegularExpressions;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Newcomer;

/// <summary>The example of the README, between its markers: what a newcomer pastes.</summary>
internal static partial class ReadmeExample
{
    public static string Code
    {
        get
        {
            var example = Example().Match(File.ReadAllText(Repository.PathOf("README.md")));
            Assert.True(example.Success, "README.md has no C# block between <!-- example --> and <!-- /example -->.");
            return example.Groups[1].Value;
        }
    }

    [GeneratedRegex(@"<!-- example -->\s*```csharp\n(.*?)```\s*<!-- /example -->", RegexOptions.Singleline)]
    private static partial Regex Example();
}
