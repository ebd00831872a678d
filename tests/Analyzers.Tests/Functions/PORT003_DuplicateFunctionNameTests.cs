using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT003_DuplicateFunctionNameTests
{
    [Fact]
    public Task Two_methods_of_one_name() => Check.Reports(
        "PORT003",
        """
        using Portable;
        [AllowAnonymous] public static class Orders
        {
            [Function, HttpTrigger("GET", "/orders")] public static string [|Get|]() => "";
        }
        [AllowAnonymous] public static class Customers
        {
            [Function, HttpTrigger("GET", "/customers")] public static string [|Get|]() => "";
        }
        """,
        "The function name 'Get' is also the name of Customers.Get");

    [Fact]
    public Task Case_does_not_tell_functions_apart() => Check.Reports(
        "PORT003",
        """
        using Portable;
        [AllowAnonymous] public static class Orders
        {
            [Function([|"GET-ORDERS"|]), HttpTrigger("GET", "/orders")] public static string All() => "";
            [Function([|"get-orders"|]), HttpTrigger("GET", "/all")] public static string Again() => "";
        }
        """);

    [Fact]
    public Task The_steps_of_a_workflow_are_a_function_too() => Check.Reports(
        "PORT003",
        """
        using Portable;
        [AllowAnonymous] public sealed class Fulfilment
        {
            [Workflow("fulfilment")]
            public async Task Run(IWorkflow flow) => await flow.Step(Pack);

            [Step]
            public Task Pack() => Task.CompletedTask;

            [Function([|"Fulfilment-Steps"|]), HttpTrigger("GET", "/steps")]
            public static string Steps() => "";
        }
        """,
        "the steps of workflow 'fulfilment'");

    [Fact]
    public Task Methods_that_are_no_functions_do_not_count() => Check.Silent(
        """
        using Portable;
        [AllowAnonymous] public static class Orders
        {
            [Function, HttpTrigger("GET", "/orders")] public static string Get() => "";
            [Function("GetOne"), HttpTrigger("GET", "/orders/{id}")] public static string Find(string id) => id;
            public static string GET() => "";
        }
        """);
}
