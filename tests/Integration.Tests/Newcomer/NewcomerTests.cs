using System.Net;
using System.Text;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Newcomer;

/// <summary>From an empty folder to a running program, with the packages.</summary>
public sealed class NewcomerTests(PackageFeed feed)
{
    private const string Shop = """
        using System.Security.Claims;
        using Portable;

        [Startup]
        public sealed class Startup : IPortableStartup
        {
            public void Configure(IPortableBuilder app)
            {
                app.AddOpenTelemetry();
                app.UseSqliteIdempotency("shop.db");
            }
        }

        public sealed record Order(string Id, int Quantity);
        public sealed record Accepted(string Id, int Placed);
        public sealed record View(string Sku);

        public sealed class Shop([Queue("orders")] IQueue<Order> orders)
        {
            private static int _placed;

            [Function, HttpTrigger("POST", "/orders"), AllowAnonymous, Idempotent(nameof(Order.Id))]
            public async Task<HttpResult<Accepted>> Place(Order order, CancellationToken cancellationToken)
            {
                await orders.Send(order, cancellationToken: cancellationToken);
                return HttpResult.Accepted(new Accepted(order.Id, Interlocked.Increment(ref _placed)));
            }

            [Function, HttpTrigger("GET", "/me"), Authorize]
            public string Me(ClaimsPrincipal user) => user.Identity?.Name ?? "nobody";

            [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
            public void Fulfil(Order order) => Console.WriteLine($"fulfil {order.Id}");

            [Function, StreamTrigger("views"), DeadLetter("views-dead")]
            public void Count(IReadOnlyList<StreamRecord<View>> views) => Console.WriteLine($"{views.Count} views");
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_example_of_the_readme_runs()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder);
        folder.Write("Hello/Program.cs", ReadmeExample.Code);
        (await DotNetAsync(folder, "build")).Succeeded();

        var port = Ports.Free();
        await using var program = RunningProcess.Start(folder.PathOf("Hello"), "dotnet", ["run", "--no-build", "--", "--port", $"{port}"], feed.Environment);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var hello = await program.SendWhenListeningAsync(http, () => new HttpRequestMessage(HttpMethod.Get, "/hello/Ada"), Stop);
        Assert.Equal(HttpStatusCode.OK, hello.StatusCode);
        Assert.Equal("""{"text":"Hello, Ada!"}""", await hello.Content.ReadAsStringAsync(Stop));

        using var message = new StringContent("""{"text":"hi"}""", Encoding.UTF8, "application/json");
        using var sent = await http.PostAsync("/_portable/queues/greetings", message, Stop);
        Assert.True(sent.IsSuccessStatusCode, $"{sent.StatusCode}\n{program.Output}");
    }

    [Fact]
    public async Task What_the_features_need_is_in_their_packages()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder, "Portable.Idempotency.Sqlite", "Portable.Jwt", "Portable.OpenTelemetry");
        folder.Write("Hello/Program.cs", Shop);
        (await DotNetAsync(folder, "build -warnaserror")).Succeeded();

        // A policy whose settings are missing ends the process at its start, so they are given.
        var environment = new Dictionary<string, string>(feed.Environment) { ["Portable__Jwt__Issuer"] = "https://issuer.example", ["Portable__Jwt__Audience"] = "shop" };
        var port = Ports.Free();
        await using var program = RunningProcess.Start(folder.PathOf("Hello"), "dotnet", ["run", "--no-build", "--", "--port", $"{port}"], environment);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var refused = await program.SendWhenListeningAsync(http, () => new HttpRequestMessage(HttpMethod.Get, "/me"), Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        for (var time = 1; time <= 2; time++)
        {
            using var order = new StringContent("""{"id":"a1","quantity":2}""", Encoding.UTF8, "application/json");
            using var accepted = await http.PostAsync("/orders", order, Stop);
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
            Assert.Equal("""{"id":"a1","placed":1}""", await accepted.Content.ReadAsStringAsync(Stop)); // the second time it is not run
        }
    }

    [Fact]
    public async Task What_an_output_lacks_is_a_diagnostic_at_its_place()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder, "Portable.Idempotency.Sqlite", "Portable.OpenTelemetry");
        folder.Write("Hello/Program.cs", Shop.Replace("[Queue(\"orders\")] ", "", StringComparison.Ordinal).Replace(", AllowAnonymous", "", StringComparison.Ordinal));

        var build = (await DotNetAsync(folder, "build")).Failed();

        Assert.Matches(@"Program\.cs\(\d+,\d+\): error PORT023: .*\[Queue\(""", build.Output);
        Assert.Matches(@"Program\.cs\(\d+,\d+\): warning PORT801: .*Place", build.Output);
        Assert.Matches(@"Program\.cs\(\d+,\d+\): error PORT802: .*Portable\.Jwt", build.Output);
    }

    [Fact]
    public async Task A_mistake_is_a_diagnostic_at_its_place()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder);
        folder.Write("Hello/Program.cs", ReadmeExample.Code.Replace("/hello/{name}", "/hello/{nam}", StringComparison.Ordinal));

        var build = (await DotNetAsync(folder, "build")).Failed();

        Assert.Matches(@"Program\.cs\(\d+,\d+\): error PORT006: .*nam", build.Output);
        Assert.Contains("https://", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_cloud_asks_for_its_package()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder);
        folder.Write("Hello/Program.cs", ReadmeExample.Code);

        var publish = (await DotNetAsync(folder, "publish -p:PortableCloud=gcp")).Failed();

        Assert.Contains("error PORT904: PortableCloud is 'gcp', but Portable.Gcp is not referenced.", publish.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_its_package_the_same_code_is_published_for_another_cloud()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder);
        folder.Write("Hello/Program.cs", ReadmeExample.Code);
        (await DotNetAsync(folder, $"add package Portable.Aws --version {await feed.VersionAsync()} --no-restore")).Succeeded();

        (await DotNetAsync(folder, "publish -p:PortableCloud=aws")).Succeeded();

        var deployable = FolderContent.Names(folder.PathOf("Hello", "bin", "deploy", "aws-managed"));
        Assert.Contains("Hello.dll", deployable);
        Assert.Contains("Amazon.Lambda.Core.dll", deployable);
        Assert.Contains("portable.json", deployable);
        Assert.True(File.Exists(folder.PathOf("Hello", "bin", "deploy", "aws-managed.zip")));
        (await DotNetAsync(folder, "build")).Succeeded(); // and back
    }

    private async Task CreateProjectAsync(TempFolder folder, params string[] more)
    {
        var version = await feed.VersionAsync();
        feed.Configure(folder);
        (await Command.DotNetAsync(folder.Path, "new console -n Hello --no-restore", Stop, feed.Environment)).Succeeded();
        foreach (var package in (string[])["Portable", "Portable.Local", .. more])
        {
            (await DotNetAsync(folder, $"add package {package} --version {version} --no-restore")).Succeeded();
        }
    }

    private Task<CommandResult> DotNetAsync(TempFolder folder, string arguments) => Command.DotNetAsync(folder.PathOf("Hello"), arguments, Stop, feed.Environment);
}
