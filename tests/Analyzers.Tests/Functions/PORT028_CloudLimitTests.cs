using System.Collections.Immutable;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT028_CloudLimitTests
{
    [Theory]
    [InlineData("aws", "[[|Function(TimeoutSeconds = 901)|], QueueTrigger(\"orders\")] public static void Run(Order order) { }", "aws ends an invocation after 900 s (AWS Lambda quotas")]
    [InlineData("aws", "[[|Function(TimeoutSeconds = 31)|], HttpTrigger(\"GET\", \"/\")] public static string Run() => \"\";", "has a timeout of 31 s, and aws ends a request of an HTTP API after 30 s")]
    [InlineData("azure", "[[|Function(TimeoutSeconds = 231)|], HttpTrigger(\"GET\", \"/\")] public static string Run() => \"\";", "azure ends a request after 230 s")]
    [InlineData("gcp", "[[|Function(TimeoutSeconds = 601)|], QueueTrigger(\"orders\")] public static void Run(Order order) { }", "within 600 s")]
    [InlineData("gcp", "[[|Function(TimeoutSeconds = 3601)|], ScheduleTrigger(\"0 3 * * *\")] public static void Run() { }", "after 60 minutes")]
    public Task Beyond_what_a_cloud_gives(string clouds, string function, string message)
    {
        var marked = Marked.Parse(FunctionSource.With(function));
        return Check.Reports("PORT028", For(clouds, marked.Text), marked, message);
    }

    [Theory]
    [InlineData("aws", "[Function(TimeoutSeconds = 900), QueueTrigger(\"orders\", BatchSize = 10000)] public static void Run(Order order) { }")]
    [InlineData("aws", "[Function(TimeoutSeconds = 30), HttpTrigger(\"GET\", \"/\")] public static string Run() => \"\";")]
    [InlineData("gcp", "[Function(TimeoutSeconds = 3600), HttpTrigger(\"GET\", \"/\")] public static string Run() => \"\";")]
    [InlineData("azure", "[Function(TimeoutSeconds = 3600), QueueTrigger(\"orders\")] public static void Run(Order order) { }")]
    public Task Within_what_the_targeted_clouds_give(string clouds, string function) => Check.Silent(For(clouds, FunctionSource.With(function)));

    private static Project For(string clouds, string source) => new(source) { Properties = ImmutableDictionary<string, string>.Empty.Add("PortableTargetedClouds", clouds) };
}
