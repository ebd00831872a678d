using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT029_UnusableValidationTests
{
    [Fact]
    public Task A_private_attribute() => Check.Reports("PORT029", Source("private", "public string [|Sku|] { get; set; } = \"\";"), "emitted code cannot make");

    [Fact]
    public Task A_visible_one() => Check.Silent(Source("internal", "public string Sku { get; set; } = \"\";"));

    private static string Source(string visibility, string member) => FunctionSource.With($$"""
        public sealed class Line
        {
            [Sku] {{member}}
            {{visibility}} sealed class SkuAttribute : System.ComponentModel.DataAnnotations.ValidationAttribute;
        }
        [Function, QueueTrigger("orders")] public static void Take(Line line) { }
        """);
}
