using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portable;
using Portable.Generated;
using Portable.Idempotency.Tests.App;
using Portable.Runtime;

// A process of the drill: KIND ADDRESS EFFECTS-FOLDER SKEW-SECONDS. Then one command a line on standard input, "KEY MODE COUNT LEASE-SECONDS": as many requests
// at once; each answer is a line "STATUS BODY", and "end" the last.
var (kind, address, folder) = (args[0], args[1], args[2]);
var time = new SkewedTime(TimeSpan.FromSeconds(int.Parse(args[3], CultureInfo.InvariantCulture)));
await using var app = PortableApplication.Create().With(
    builder =>
    {
        Stores.Use(builder, kind, address);
        builder.ConfigureIdempotency(static options =>
        {
            options.WaitForOther = TimeSpan.FromSeconds(60);
            options.StoreTimeout = TimeSpan.FromSeconds(30); // two processors for eight processes and the server
            options.LeaseMargin = TimeSpan.Zero;
        });
        builder.Services.AddSingleton<IEffects>(new FileEffects(folder));
    },
    time);
var place = (HttpFunction)app.FindFunction("place")!;
var invoker = new FunctionInvoker(app);
Console.Out.WriteLine("ready");
while (Console.In.ReadLine() is { } line)
{
    var command = line.Split(' ');
    var (key, mode, count) = (command[0], command[1], int.Parse(command[2], CultureInfo.InvariantCulture));
    var lease = TimeSpan.FromSeconds(int.Parse(command[3], CultureInfo.InvariantCulture));
    var replies = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
    {
        await Task.Yield();
        return await invoker.InvokeAsync(place, new Request(key, mode), new InvocationContext(app, "place", $"{key}-{i}", deadline: time.GetUtcNow() + lease));
    }));
    foreach (var reply in replies)
    {
        Console.Out.WriteLine($"{reply.StatusCode} {Encoding.UTF8.GetString(reply.Body.Span)}");
    }

    Console.Out.WriteLine("end");
}

return 0;
