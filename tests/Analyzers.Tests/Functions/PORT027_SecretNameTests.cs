using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT027_SecretNameTests
{
    [Theory]
    [InlineData("PaymentKey")]
    [InlineData("payment_key")]
    [InlineData("payment--key")]
    [InlineData("payment-")]
    [InlineData("1key")]
    [InlineData("prod/payment")]
    [InlineData("")]
    public Task A_name_that_not_every_cloud_takes(string name) => Check.Reports(
        "PORT027", FunctionSource.With($"[Function, HttpTrigger(\"GET\", \"/a\")] public static string Get([[|Secret(\"{name}\")|]] string key) => \"\";"), "lower-case letters, digits and single hyphens");

    [Fact]
    public Task Of_a_property() =>
        Check.Reports("PORT027", FunctionSource.With("") + """public sealed class Options { [[|Secret("Payment")|]] public string Key { get; set; } = ""; }""", "the secret 'Payment'");

    [Fact]
    public Task A_name_that_every_cloud_takes() =>
        Check.Silent(FunctionSource.With("""[Function, HttpTrigger("GET", "/a")] public static string Get([Secret("payment-key-2")] string key) => "";"""));
}
