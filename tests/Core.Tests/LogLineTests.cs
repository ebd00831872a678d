using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Runtime;

namespace Portable.Core.Tests;

/// <summary>The lines that functions log: one per message, with what the invocation is known by.</summary>
public sealed class LogLineTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public void A_line_of_lambda_has_the_names_that_lambda_reads()
    {
        var line = Line("aws", logger => logger.LogWarning(new EventId(7), new InvalidOperationException("no\nway"), "Order {OrderId} waits", 42), Context());
        Assert.Equal("WARN", line.GetProperty("level").GetString());
        Assert.True(line.GetProperty("timestamp").TryGetDateTimeOffset(out _));
        Assert.Equal("Order 42 waits", line.GetProperty("message").GetString());
        Assert.Equal("Orders.Place", line.GetProperty("category").GetString());
        Assert.Equal(7, line.GetProperty("eventId").GetInt32());
        Assert.Equal("Place", line.GetProperty("function").GetString());
        Assert.Equal("i-1", line.GetProperty("invocationId").GetString());
        Assert.Equal("c-1", line.GetProperty("correlationId").GetString());
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", line.GetProperty("traceId").GetString());
        Assert.Equal("00f067aa0ba902b7", line.GetProperty("spanId").GetString());
        Assert.Equal("System.InvalidOperationException", line.GetProperty("errorType").GetString());
        Assert.Contains("no\nway", line.GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.Equal("42", line.GetProperty("properties").GetProperty("OrderId").GetString());
    }

    [Fact]
    public void A_line_of_google_has_the_names_that_its_logging_reads()
    {
        var line = Line("gcp", logger => logger.LogCritical("Down"), Context(), project: "shop");
        Assert.Equal("CRITICAL", line.GetProperty("severity").GetString());
        Assert.True(line.GetProperty("time").TryGetDateTimeOffset(out _));
        Assert.Equal("projects/shop/traces/4bf92f3577b34da6a3ce929d0e0e4736", line.GetProperty("logging.googleapis.com/trace").GetString());
        Assert.Equal("00f067aa0ba902b7", line.GetProperty("logging.googleapis.com/spanId").GetString());
        Assert.False(line.TryGetProperty("properties", out _));
    }

    [Fact]
    public void A_line_outside_of_invocations_names_none()
    {
        var line = Line("azure", logger => logger.LogInformation("Started"), null);
        Assert.False(line.TryGetProperty("function", out _));
        Assert.Equal("INFO", line.GetProperty("level").GetString());
    }

    [Fact]
    public void Text_is_for_people_and_one_line_where_a_line_is_an_entry()
    {
        var written = new StringWriter { NewLine = "\n" };
        Logger(written, new TextLines(oneLine: true), Context()).LogError(new InvalidOperationException("no\nway"), "Failed");
        var line = written.ToString();
        Assert.StartsWith("error Orders.Place[0] (Place i-1 c-1) Failed | System.InvalidOperationException: no | way", line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_logs_in_an_invocation_logs_as_part_of_it()
    {
        var written = new StringWriter();
        await using var app = new PortableApp("aws", [new MessageFunction("Fulfil", new QueueSource("q"), call => call.ForEachAsync(static received => received, async (inner, _) =>
        {
            await Task.Yield();
            Service(inner.Context.Services).LogInformation("from a service");
        }))], [], builder => builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(new LineLoggerProvider(written, JsonLines.Of("aws", static _ => null)))));
        ReceivedMessage[] batch = [new("1", default, Attributes: new Dictionary<string, string> { ["portable-correlation-id"] = "c-1" }), new("2", default)];
        await new FunctionInvoker(app).InvokeAsync((MessageFunction)app.Functions[0], batch, new InvocationContext(app, "Fulfil", "i-1"));
        var lines = written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["c-1", "i-1"], lines.Select(line => line.GetProperty("correlationId").GetString()));
        Assert.All(lines, line => Assert.Equal("Fulfil", line.GetProperty("function").GetString()));
        Service(app.Services).LogInformation("afterwards");
        Assert.DoesNotContain("invocationId", written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Scopes_are_properties()
    {
        var written = new StringWriter();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(new LineLoggerProvider(written, JsonLines.Of("aws", static _ => null))));
        var logger = factory.CreateLogger("C");
        using (logger.BeginScope(new Dictionary<string, object> { ["Tenant"] = "a" }))
        {
            logger.LogInformation("In {Place}", "it");
        }

        var properties = JsonDocument.Parse(written.ToString()).RootElement.GetProperty("properties");
        Assert.Equal("a", properties.GetProperty("Tenant").GetString());
        Assert.Equal("it", properties.GetProperty("Place").GetString());
    }

    [Theory]
    [InlineData("aws", null, typeof(JsonLines))]
    [InlineData("local", null, typeof(TextLines))]
    [InlineData("aws", "text", typeof(TextLines))]
    [InlineData("local", "JSON", typeof(JsonLines))]
    public void The_format_is_that_of_the_cloud_unless_said_otherwise(string cloud, string? said, Type expected) =>
        Assert.IsType(expected, LineFormat.Of(cloud, name => name == "PORTABLE_LOG_FORMAT" ? said : name == "AWS_LAMBDA_LOG_FORMAT" ? "Text" : null));

    [Fact]
    public void Levels_are_those_of_the_configuration_of_any_application()
    {
        var settings = new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Orders"] = "Debug", ["Logging:LogLevel:Orders.Payments"] = "none", ["Logging:LogLevel:Bad"] = "loud" };
        Check(LogLevels.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        Check(LogLevels.From(settings.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value)));

        static void Check(LogLevels levels)
        {
            Assert.Equal(LogLevel.Warning, levels.Of("Other"));
            Assert.Equal(LogLevel.Debug, levels.Of("Orders.Functions"));
            Assert.Equal(LogLevel.None, levels.Of("Orders.Payments.Client"));
            Assert.Equal(LogLevel.Warning, levels.Of("Bad"));
        }
    }

    [Theory]
    [InlineData("DEBUG", null, LogLevel.Debug)]
    [InlineData("FATAL", null, LogLevel.Critical)]
    [InlineData(null, null, LogLevel.Information)]
    [InlineData("DEBUG", "Error", LogLevel.Error)]
    public void Lambdas_level_is_the_default_that_configuration_overrides(string? lambda, string? configured, LogLevel expected)
    {
        var settings = new Dictionary<string, string?> { ["AWS_LAMBDA_LOG_LEVEL"] = lambda, ["Logging:LogLevel:Default"] = configured };
        Assert.Equal(expected, LogLevels.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Default);
    }

    [Fact]
    public void Levels_filter_with_and_without_services()
    {
        var plain = new StringWriter();
        using var provider = new LineLoggerProvider(plain, new TextLines(true)) { Levels = LogLevels.From(new Dictionary<string, string?> { ["Logging__LogLevel__Default"] = "Error" }) };
        provider.CreateLogger("C").LogWarning("not this");
        Assert.Empty(plain.ToString());

        var app = new PortableApp("aws", [], [], builder => builder.Configuration["Logging:LogLevel:Orders"] = "Error");
        Assert.False(app.CreateLogger("Orders.X").IsEnabled(LogLevel.Warning));
        Assert.True(app.CreateLogger("Other").IsEnabled(LogLevel.Warning));
        Assert.False(app.CreateLogger("Other").IsEnabled(LogLevel.Debug));
    }

    [Fact]
    public void What_is_secret_is_not_written()
    {
        var mask = new SecretMask();
        mask.Add("p\"ss+wörd");
        mask.Add("p\"ss");
        mask.Add("a"); // too short to be told from other text
        var written = new StringWriter();
        var logger = new LineLoggerProvider(written, JsonLines.Of("aws", static _ => null)) { Mask = mask }.CreateLogger("C");
        logger.LogError(new InvalidOperationException("could not sign in with p\"ss+wörd"), "Tried {Password}", "p\"ss+wörd");
        Assert.DoesNotContain("ss+w", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("Tried ***", written.ToString(), StringComparison.Ordinal);
        Assert.Equal("a lamp", mask.Apply("a lamp"));
    }

    private static ILogger Service(IServiceProvider services) => ((ILoggerFactory)services.GetService(typeof(ILoggerFactory))!).CreateLogger("Service");

    private static InvocationContext Context() => new(PortableApp.WithoutServices("aws", [], []), "Place", "i-1", traceParent: Trace, correlationId: "c-1");

    private static ILogger Logger(StringWriter written, LineFormat format, InvocationContext? context) =>
        new LineLoggerProvider(written, format) { Invocation = context }.CreateLogger("Orders.Place");

    private static JsonElement Line(string cloud, Action<ILogger> log, InvocationContext? context, string? project = null)
    {
        var written = new StringWriter();
        log(Logger(written, JsonLines.Of(cloud, name => name == "GOOGLE_CLOUD_PROJECT" ? project : null), context));
        return JsonDocument.Parse(Assert.Single(written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries))).RootElement;
    }
}
