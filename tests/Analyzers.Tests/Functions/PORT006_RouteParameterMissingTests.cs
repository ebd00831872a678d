using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT006_RouteParameterMissingTests
{
    [Theory]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/orders/{id}\")] public static void [|Run|](string orderId) { }", "has '{id}' in its route and no parameter 'id'")]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/orders\")] public static void Run([FromRoute] string [|id|]) { }", "the route '/orders' has no parameter '{id}'")]
    public Task Route_and_parameters_do_not_meet(string function, string message) => Check.Reports("PORT006", FunctionSource.With(function), message);

    [Fact]
    public Task By_name_ignoring_case_or_by_attribute() => Check.Silent(FunctionSource.With(
        """
        [Function, HttpTrigger("GET", "/orders/{ID}")] public static void One(string id) { }
        [Function, HttpTrigger("GET", "/customers/{id}")] public static void Two([FromRoute(Name = "id")] string customer) { }
        """));
}
