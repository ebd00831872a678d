using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Size;

public sealed class PORT307_SlowStartTests
{
    [Theory]
    [InlineData("", "private readonly string _rates = [|File.ReadAllText(\"rates.json\")|];", "The initializer of 'OrderFunctions._rates' waits for File.ReadAllText: every cold start")]
    [InlineData("", "private static string[] Files { get; } = [|Directory.GetFiles(\"templates\")|];", "The initializer of 'OrderFunctions.Files' waits for Directory.GetFiles")]
    [InlineData("", "private static readonly HttpClient Http = new();\nprivate static readonly string Rates = [|Http.GetStringAsync(\"https://shop.example\").Result|];", "HttpClient.GetStringAsync(...).Result")]
    [InlineData("", "private static readonly HttpClient Http = new();\nstatic OrderFunctions()\n{\n    [|Http.GetStringAsync(\"https://shop.example\").ConfigureAwait(false).GetAwaiter().GetResult()|];\n}", "The static constructor of 'OrderFunctions' waits for HttpClient.GetStringAsync(...).GetAwaiter().GetResult()")]
    [InlineData("", "static OrderFunctions()\n{\n    [|Thread.Sleep(100)|];\n}", "Thread.Sleep")]
    [InlineData("", "static OrderFunctions()\n{\n    using var reader = [|new StreamReader(\"rates.json\")|];\n    [|Task.Delay(100).Wait()|];\n}", "new StreamReader")]
    [InlineData("", "private readonly string _rates = [|Load()|];\nprivate static string Load() => Read().Trim();\nprivate static string Read() => File.ReadAllText(\"rates.json\");", "waits for File.ReadAllText (in OrderFunctions.Read)")]
    [InlineData("", "private readonly Table _table = [|new Table()|];\nprivate sealed class Table { public Table() => Rows = File.ReadAllLines(\"rows.csv\"); public string[] Rows { get; } }", "File.ReadAllLines (in new Table)")]
    [InlineData("// library: StackExchange.Redis", "private static readonly StackExchange.Redis.IConnectionMultiplexer Redis = [|StackExchange.Redis.ConnectionMultiplexer.Connect(\"cache\")|];", "ConnectionMultiplexer.Connect")]
    [InlineData("// library: Azure.Storage.Blobs", "private static readonly Azure.Storage.Blobs.BlobContainerClient Blobs = new(\"\", \"orders\");\nstatic OrderFunctions()\n{\n    [|Blobs.CreateIfNotExists()|];\n}", "BlobContainerClient.CreateIfNotExists")]
    [InlineData("// library: Google.Cloud.Storage.V1", "private static readonly Google.Cloud.Storage.V1.StorageClient Storage = Google.Cloud.Storage.V1.StorageClient.Create();\nstatic OrderFunctions()\n{\n    [|Storage.UploadObject(\"b\", \"o\", \"text/plain\", Stream.Null)|];\n}", "StorageClient.UploadObject")]
    [InlineData("// library: Microsoft.Data.SqlClient", "static OrderFunctions()\n{\n    using var connection = new Microsoft.Data.SqlClient.SqlConnection(\"Server=shop\");\n    [|connection.Open()|];\n    using var command = connection.CreateCommand();\n    [|command.ExecuteScalar()|];\n}", "SqlConnection.Open")]
    public Task A_handler_class_starts_slowly(string library, string members, string message) =>
        Check.Reports("PORT307", HandlerSource.With("", members, usings: library), message);

    [Fact]
    public Task The_startup_class_starts_slowly() => Check.Reports("PORT307", Started("var rates = [|File.ReadAllText(\"rates.json\")|];\n        Console.WriteLine(rates);"), "'Start.Configure' waits for File.ReadAllText");

    [Fact]
    public Task A_static_initializer_that_handlers_reach() => Check.Reports(
        "PORT307",
        HandlerSource.With("Page.Print(order);") + """


        public static class Page
        {
            public static void Print(Order order) => Console.WriteLine(Texts.Head + order.Id);
        }

        public static class Texts
        {
            public static readonly string Head = [|File.ReadAllText("head.html")|];
        }

        public static class Unused
        {
            public static readonly string Head = File.ReadAllText("head.html");
        }
        """,
        "The initializer of 'Texts.Head'");

    [Theory]
    [InlineData("private static readonly Lazy<Task<string>> Rates = new(() => File.ReadAllTextAsync(\"rates.json\"));")]
    [InlineData("private static readonly Lazy<string> Rates = new(() => File.ReadAllText(\"rates.json\"));")]
    [InlineData("private static readonly Task<string> Rates = File.ReadAllTextAsync(\"rates.json\");")]
    [InlineData("private static readonly string? Region = Environment.GetEnvironmentVariable(\"REGION\");")]
    [InlineData("private static readonly bool HasRates = File.Exists(\"rates.json\");")]
    [InlineData("private static readonly Stream? Head = typeof(OrderFunctions).Assembly.GetManifestResourceStream(\"head.html\");")]
    [InlineData("private static readonly int Ready = Task.FromResult(1).Result;")]
    [InlineData("private static string Read() => File.ReadAllText(\"rates.json\");")]
    [InlineData("private string Rates => File.ReadAllText(\"rates.json\");")]
    [InlineData("private static readonly Func<string> Read = () => File.ReadAllText(\"rates.json\");")]
    public Task A_handler_class_starts_quickly(string members) => Check.Silent(HandlerSource.With("", members));

    [Theory]
    [InlineData("app.Services.AddSingleton(_ => File.ReadAllText(\"rates.json\"));")]
    [InlineData("app.Services.AddSingleton(new HttpClient { Timeout = TimeSpan.FromSeconds(2) });")]
    [InlineData("Console.WriteLine(Environment.GetEnvironmentVariable(\"REGION\"));")]
    public Task The_startup_class_registers(string statement) => Check.Silent(Started(statement));

    [Fact]
    public Task A_class_without_handlers_may() =>
        Check.Silent(HandlerSource.Beside("public sealed class Tool { private readonly string _text = File.ReadAllText(\"a\"); public void Configure() => Console.WriteLine(_text + File.ReadAllText(\"b\")); }"));

    private static string Started(string statements) => HandlerSource.With("", usings: "using Microsoft.Extensions.DependencyInjection;")
        .Replace("public void Configure(IPortableBuilder app) => app.UseMemoryIdempotency();", $$"""
            public void Configure(IPortableBuilder app)
                {
                    app.UseMemoryIdempotency();
                    {{statements}}
                }
            """, StringComparison.Ordinal);
}
