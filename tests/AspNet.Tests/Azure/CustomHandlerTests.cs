using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Portable.AspNet.Tests.Hosts;
using Portable.Azure;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Azure;

/// <summary>Invocations in the form that the Functions host posts them: scalars are JSON texts within the JSON.</summary>
public sealed class CustomHandlerTests
{
    [Fact]
    [Supports("Schedule trigger", "azure native")]
    public async Task A_timer_fires()
    {
        var orders = new OrdersApp();
        var (status, reply) = await PostAsync(orders, "Sweep", """{"Data":{"timer":{"IsPastDue":false}},"Metadata":{}}""");
        Assert.Equal(200, status);
        Assert.Equal(JsonValueKind.Object, reply.GetProperty("Outputs").ValueKind);
        Assert.Single(orders.Swept);
    }

    [Fact]
    public async Task A_failure_is_no_success_so_that_the_host_knows()
    {
        var orders = new OrdersApp { Sweep = _ => throw new InvalidOperationException("disk full"), Fulfil = (_, _) => throw new InvalidOperationException("no stock") };
        Assert.Equal(500, (await PostAsync(orders, "Sweep", """{"Data":{"timer":{}},"Metadata":{}}""")).Status);
        Assert.Equal(500, (await PostAsync(orders, "Fulfil", """{"Data":{"message":"{\"id\":\"7\",\"quantity\":2}"},"Metadata":{"DequeueCount":"2","Id":"\"m1\""}}""")).Status);
    }

    [Theory]
    [InlineData("""{"Data":{"message":"{\"id\":\"7\",\"quantity\":2}"},"Metadata":{"DequeueCount":"2","Id":"\"m1\""}}""")]
    [InlineData("""{"Data":{"message":{"id":"7","quantity":2}},"Metadata":{"DequeueCount":2,"Id":"m1"}}""")]
    public async Task A_message_arrives_whether_the_host_sends_it_as_text_or_as_an_object(string invocation)
    {
        var orders = new OrdersApp();
        Assert.Equal(200, (await PostAsync(orders, "Fulfil", invocation)).Status);
        var message = Assert.Single(orders.Fulfilled);
        Assert.Equal(("7", 2, "m1", 2), (message.Body.Id, message.Body.Quantity, message.Id, message.DeliveryCount));
    }

    [Fact]
    public async Task A_request_is_answered_in_the_output_binding()
    {
        var (status, reply) = await PostAsync(new OrdersApp(), "Place", """
            {"Data":{"req":{"Url":"http://localhost/orders","Method":"POST","Query":"{}","Headers":{"Content-Type":["application/json"]},"Params":{},"Body":"{\"id\":\"7\",\"quantity\":2}"}},"Metadata":{}}
            """);
        Assert.Equal(200, status);
        var res = reply.GetProperty("Outputs").GetProperty("res");
        Assert.Equal("201", res.GetProperty("statusCode").ToString());
        Assert.Contains("\"quantity\":2", res.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fulfil", "nonsense")]
    [InlineData("Fulfil", "{}")]
    [InlineData("Place", """{"Data":{},"Metadata":{}}""")]
    public async Task A_malformed_invocation_is_refused_and_not_a_crash(string function, string invocation) =>
        Assert.InRange((await PostAsync(new OrdersApp(), function, invocation)).Status, 400, 599);

    [Fact]
    public async Task An_unknown_function_is_404() => Assert.Equal(404, (await PostAsync(new OrdersApp(), "Nope", "{}")).Status);

    private static async Task<(int Status, JsonElement Reply)> PostAsync(OrdersApp orders, string function, string invocation)
    {
        orders.Log ??= new CapturedLog();
        await using var app = orders.Build("azure");
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = "/" + function;
        context.Request.ContentType = "application/json";
        context.Request.Headers["X-Azure-Functions-InvocationId"] = "i1";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(invocation));
        context.Request.ContentLength = context.Request.Body.Length;
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new CustomHandler(app, forwardsHttp: false).HandleAsync(context);
        JsonElement reply = default;
        if (body.Length > 0)
        {
            using var document = JsonDocument.Parse(body.ToArray());
            reply = document.RootElement.Clone();
        }

        return (context.Response.StatusCode, reply);
    }
}
