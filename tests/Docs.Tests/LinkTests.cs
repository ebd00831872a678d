using System.Text.RegularExpressions;

namespace Portable.Docs.Tests;

public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_in_the_docs_leads_somewhere()
    {
        var broken = new List<string>();
        foreach (var file in Repository.Files("", "*.md"))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(file)))
            {
                var target = link.Groups[1].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target)))
                {
                    broken.Add($"{Path.GetRelativePath(Repository.Root, file)}: {target}");
                }
            }
        }

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
