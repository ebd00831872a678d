using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Portable.AspNet.Tests.Hosts;
using Portable.Gcp;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Gcp;

public sealed class ScheduleAndStepsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("Schedule trigger", "gcp native")]
    public async Task Cloud_Scheduler_fires_by_an_http_call()
    {
        var orders = new OrdersApp();
        await using var gcp = await GcpFixture.StartAsync(orders, "Sweep");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/any/path") { Content = new StringContent("") };
        request.Headers.Add("X-CloudScheduler", "true");
        request.Headers.Add("X-CloudScheduler-JobName", "sweep");
        request.Headers.Add("X-CloudScheduler-ScheduleTime", "2026-05-01T03:00:00-07:00");
        request.Headers.Add("X-Cloud-Trace-Context", "105445aa7843bc8bf206b12000100000/1;o=1");
        using var response = await gcp.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero)], orders.Swept);
        var invocation = Assert.Single(orders.Invocations);
        Assert.Equal("00-105445aa7843bc8bf206b12000100000-0000000000000001-01", invocation.TraceParent);
        Assert.Equal("105445aa7843bc8bf206b12000100000", invocation.InvocationId);
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("structured")]
    public async Task An_executed_job_fires_as_an_event(string mode)
    {
        var orders = new OrdersApp();
        await using var gcp = await GcpFixture.StartAsync(orders, "Sweep");
        var data = new JsonObject { ["customData"] = "c3dlZXA=" };
        using var response = await gcp.Http.SendAsync(QueueFunctionTests.Request(mode, data, "google.cloud.scheduler.job.v1.executed"), Token);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([new DateTimeOffset(2021, 2, 5, 5, 0, 0, TimeSpan.Zero)], orders.Swept);

        using var other = await gcp.Http.SendAsync(QueueFunctionTests.Request(mode, [], "google.cloud.storage.object.v1.finalized"), Token);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    [Fact]
    public async Task A_failed_schedule_is_500()
    {
        var log = new CapturedLog();
        await using var gcp = await GcpFixture.StartAsync(new OrdersApp { Sweep = _ => throw new InvalidOperationException("disk full"), Log = log }, "Sweep");
        using var response = await gcp.Http.PostAsync("/", null, Token);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.StartsWith("Error: Sweep failed in invocation", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"step":"Price","input":{"id":"7","quantity":2},"run":"r","attempt":1}""", 200, """{"orderId":"7","totalCents":1000}""")]
    [InlineData("""{"step":"Charge","input":{"orderId":"7","totalCents":1},"run":"r","attempt":2}""", 200, "null")]
    [InlineData("""{"step":"Charge","input":{"orderId":"7","totalCents":-1},"attempt":2}""", 422, """{"code":"CardDeclined","message":"no funds","data":"{\u0022a\u0022:1}"}""")]
    [InlineData("""{"step":"Price","input":{"id":7}}""", 422, "BadInput")]
    [InlineData("""{"step":"Nothing"}""", 422, "UnknownStep")]
    [InlineData("""{"input":1}""", 400, "has the form")]
    [InlineData("nope", 400, "not valid JSON")]
    [Supports("Workflow steps", "gcp native")]
    public async Task A_step_answers_its_output_or_its_failure(string body, int status, string expected)
    {
        var orders = new OrdersApp { Charge = (quote, _) => quote.TotalCents < 0 ? throw new StepFailed("CardDeclined", "no funds", """{"a":1}""") : Task.CompletedTask };
        await using var gcp = await GcpFixture.StartAsync(orders, "order-fulfilment-steps");
        using var response = await gcp.Http.PostAsync("/", new StringContent(body, Encoding.UTF8, "application/json"), Token);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.All(orders.Invocations, invocation => Assert.Equal(2, invocation.Attempt));
    }

    [Theory]
    [InlineData("Find", "GET", "/orders/7", "", 200, """{"id":"7","quantity":1}""")]
    [InlineData("Find", "POST", "/orders/7", "", 405, "Method Not Allowed")]
    [InlineData("Find", "GET", "/other", "", 404, "No function")]
    [InlineData("Place", "POST", "/orders", "{", 400, "errors")]
    [InlineData("Fail", "GET", "/fail", "", 500, "The function failed.")]
    [InlineData("Sweep", "POST", "/", "", 204, "")]
    [InlineData("order-fulfilment-steps", "POST", "/", """{"step":"Price","input":{"id":"7","quantity":2}}""", 200, "1000")]
    [Supports("HTTP trigger", "gcp managed")]
    [Supports("Schedule trigger", "gcp managed")]
    [Supports("Workflow steps", "gcp managed")]
    public async Task The_vendors_framework_hands_over_requests(string target, string method, string path, string body, int status, string expected)
    {
        await using var app = new OrdersApp { Log = new CapturedLog() }.Build("gcp");
        var function = new GcpFunction(app, target);
        var context = new DefaultHttpContext();
        using var response = new MemoryStream();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = response;
        await function.HandleAsync(context);
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Contains(expected, Encoding.UTF8.GetString(response.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_function_names_the_others()
    {
        await using var app = new OrdersApp().Build("gcp", null, "Find", "Sweep");
        var unknown = Assert.Throws<InvalidOperationException>(() => new GcpFunction(app, "nothing"));
        Assert.Equal("There is no function 'nothing'; there is Find, Sweep.", unknown.Message);
    }
}
