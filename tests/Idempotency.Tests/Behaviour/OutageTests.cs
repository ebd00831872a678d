using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portable.Generated;
using Portable.Idempotency.Tests.App;
using Portable.Runtime;
using Portable.TestKit.ExternalTools;

namespace Portable.Idempotency.Tests.Behaviour;

/// <summary>Stores whose server is not there.</summary>
public sealed class OutageTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("dynamodb")]
    [InlineData("redis")]
    [InlineData("blob")]
    public async Task Nothing_runs_and_the_caller_is_told_to_come_again(string kind)
    {
        var port = RedisServer.FreePort().ToString(CultureInfo.InvariantCulture);
        var address = kind switch
        {
            "sqlite" => Path.Combine(AppContext.BaseDirectory, "Portable.Core.dll", "no-folder", "x.db"), // below a file
            "dynamodb" => $"http://127.0.0.1:{port}/",
            "redis" => $"127.0.0.1:{port},abortConnect=false",
            _ => $"AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:{port}/a",
        };
        var effects = new MemoryEffects();
        await using var app = PortableApplication.Create().With(builder =>
        {
            Stores.Use(builder, kind, address);
            builder.ConfigureIdempotency(static options => options.StoreTimeout = TimeSpan.FromSeconds(2));
            builder.Services.AddSingleton<IEffects>(effects);
        });
        var invoker = new FunctionInvoker(app);

        var reply = await invoker.InvokeAsync((HttpFunction)app.FindFunction("place")!, new Request("k", "work"), new InvocationContext(app, "place", "1"));
        Assert.Equal(503, reply.StatusCode);
        var outcome = await invoker.InvokeAsync((MessageFunction)app.FindFunction("handle")!, [new ReceivedMessage("m", """{"id":"a"}"""u8.ToArray())], new InvocationContext(app, "handle", "2"));
        Assert.Equal("m", Assert.Single(outcome.Failed).Id);
        Assert.Empty(outcome.Poison);
        Assert.Empty(effects.Keys);

        reply = await invoker.InvokeAsync((HttpFunction)app.FindFunction("reckless")!, new Request("k", "work"), new InvocationContext(app, "reckless", "3"));
        Assert.Equal(200, reply.StatusCode);
        Assert.Single(effects.Keys);
    }

    [Fact]
    public async Task An_application_without_a_store_says_what_to_do()
    {
        await using var app = PortableApplication.Create();
        var outcome = await new FunctionInvoker(app).InvokeAsync(
            (MessageFunction)app.FindFunction("handle")!, [new ReceivedMessage("m", """{"id":"a"}"""u8.ToArray())], new InvocationContext(app, "handle", "1"));
        Assert.Contains("has no store to remember its work in", Assert.Single(outcome.Failed).Reason, StringComparison.Ordinal);
    }
}
