using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Generated;
using Portable.Local;

namespace Orders.Demo;

/// <summary>
/// <c>dotnet run --project samples/Orders -- demo [FOLDER]</c>: real sample input through every function and the workflow, on a free
/// port, then the entry points and definitions of all clouds in a folder to look at.
/// </summary>
internal static class DemoRun
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var model = await RiskModel.StartAsync(limit.Token);
        var app = PortableApplication.Create().With(builder =>
        {
            builder.Configuration["Portable:Endpoints:risk-model:Url"] = model.Address.ToString();
            builder.Services.AddLogging(static logging => logging.ClearProviders()); // the failures are meant; the table tells of them
        });
        await using var host = await LocalHost.StartAsync(app, new LocalHostOptions { Url = "http://127.0.0.1:0", RunTimers = false, Output = TextWriter.Null }, limit.Token);
        using var http = new HttpClient { BaseAddress = host.Address };

        Console.WriteLine($"The orders are on {host.Address}, a stand-in for the risk model is on {model.Address}");
        Console.WriteLine();

        var table = new DemoTable();
        await new HttpScenes(http, table).RunAsync(limit.Token);
        await new WarehouseScenes(host, http, table).RunAsync(limit.Token);
        await new MessageScenes(host, http, table).RunAsync(limit.Token);
        await new WorkflowScenes(host, table).RunAsync(limit.Token);
        table.Check("risk-model", "inference", "4 orders", "4 calls", $"{model.Calls} calls");
        table.Print(Console.Out);

        var folder = Path.GetFullPath(args is [var named, ..] ? named : Path.Combine("artifacts", "orders-demo"));
        table.CheckFunctions(app.Functions.Select(static function => function.Name), Console.Out);
        Console.WriteLine($"Emitted entry points and definitions: {folder}");
        var complete = EmittedFiles.Write(folder, Console.Out);
        Console.WriteLine();
        Console.WriteLine(table.Failed == 0 ? $"All {table.Passed} results are as expected." : $"{table.Failed} of {table.Passed + table.Failed} results are not as expected.");
        return table.Failed == 0 && complete ? 0 : 1;
    }
}
