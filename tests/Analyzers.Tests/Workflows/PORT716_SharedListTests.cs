using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT716_SharedListTests
{
    [Theory]
    [InlineData("var other = [|names|]; names.Add(\"a\");", "makes another name for 'names'")]
    [InlineData("foreach (var n in [|names|]) { names.Add(n); }", "while going over it")]
    [InlineData("List<string> more = [|given|]; more.Add(\"a\");", "has another name too")]
    [InlineData("var bag = new Bag([|names|]); names.Add(\"a\"); await flow.Step(Keep, bag);", "copy it where it is used")]
    [InlineData("[|given|].Add(\"a\");", "made outside")]
    public Task A_list_with_two_names(string statement, string message) => Check.Reports("PORT716", Source(statement), message);

    [Theory]
    [InlineData("names.Add(\"a\"); if (names.Count > 1) { await flow.Step(Keep, new Bag(names)); } names.Add(names[0]); await flow.Step(Keep, new Bag(names));")]
    [InlineData("List<string> copy = [.. given]; copy.Add(\"a\"); foreach (var n in copy) { names.Add(n); } await flow.Step(Keep, new Bag([.. names]));")]
    [InlineData("names.AddRange(given); await flow.Map(names, Echo);")]
    public Task A_list_with_one(string statement) => Check.Silent(Source(statement));

    private static string Source(string statement) => $$"""
        using Portable;
        public sealed record Bag(List<string> Names);
        public static class W
        {
            [Workflow("w")]
            public static async Task Run(IWorkflow flow, List<string> given)
            {
                var names = new List<string>();
                {{statement}}
                await flow.Map(names, Echo);
            }

            [Step] public static Task Keep(Bag bag) => Task.CompletedTask;
            [Step] public static Task Echo(string text) => Task.CompletedTask;
        }
        """;
}
