using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Core.Tests;

/// <summary>Secrets at run time: where they are looked for, when they are read again, what is said when they are missing, and that nothing shows them.</summary>
[Collection("listeners")]
public sealed class SecretTests
{
    private readonly StringWriter _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_environment_comes_before_the_store()
    {
        var source = new Source { ["payment-key"] = "of the store", ["other-key"] = "of the store" };
        var secrets = Store(source, environment: new() { ["PORTABLE_SECRET_PAYMENT_KEY"] = "of the environment" });
        Assert.Equal("of the environment", await secrets.GetAsync("payment-key", Token));
        Assert.Equal("of the store", await secrets.GetAsync("other-key", Token));
        Assert.Equal(["other-key"], source.Asked);
    }

    [Fact]
    public async Task What_is_missing_is_named_with_the_places_it_was_looked_for_in()
    {
        var secrets = Store(new Source(), new SecretsDefinition(new Source(), new Dictionary<string, IReadOnlyList<string>> { ["Pay"] = ["payment-key", "b-key"], ["Look"] = ["c-key"] }));
        var e = await Assert.ThrowsAsync<MissingSecretException>(async () => await secrets.LoadAsync(Function("Pay"), Token));
        Assert.Equal(
            "The secret 'b-key' is missing: it is looked for in the environment variable PORTABLE_SECRET_B_KEY and in the store as b-key. "
            + "The secret 'payment-key' is missing: it is looked for in the environment variable PORTABLE_SECRET_PAYMENT_KEY and in the store as payment-key.",
            e.Message);
    }

    [Fact]
    public async Task A_function_needs_its_own_secrets_and_those_of_options()
    {
        var source = new Source { ["payment-key"] = "1", ["db-password"] = "2" };
        var secrets = Store(source, new SecretsDefinition(source, new Dictionary<string, IReadOnlyList<string>> { ["Pay"] = ["payment-key"], ["Look"] = ["c-key"] }, ["db-password"]));
        await secrets.LoadAsync(Function("Pay"), Token);
        Assert.Equal(["db-password", "payment-key"], source.Asked);
        Assert.True(secrets.IsFresh(Function("Pay")));
        Assert.False(secrets.IsFresh(Function("Look")));
    }

    [Fact]
    public async Task A_rotated_secret_arrives_after_a_while_and_an_outage_leaves_the_old_one()
    {
        var clock = new ManualTimeProvider();
        var source = new Source { ["payment-key"] = "first" };
        var secrets = Store(source, clock: clock);
        Assert.Equal("first", await secrets.GetAsync("payment-key", Token));
        source["payment-key"] = "second";
        Assert.Equal("first", await secrets.GetAsync("payment-key", Token));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("second", await secrets.GetAsync("payment-key", Token));

        source.Broken = true;
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("second", await secrets.GetAsync("payment-key", Token));
        Assert.Equal(3, source.Asked.Count);
        Assert.Equal("second", await secrets.GetAsync("payment-key", Token)); // not asked again at once
        Assert.Equal(3, source.Asked.Count);
        source.Broken = false;
        source["payment-key"] = "third";
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("third", await secrets.GetAsync("payment-key", Token));
    }

    [Fact]
    public async Task How_long_a_value_is_kept_is_a_setting()
    {
        var clock = new ManualTimeProvider();
        var source = new Source { ["a"] = "1" };
        var secrets = Store(source, clock: clock, environment: new() { ["PORTABLE_SECRETS_SECONDS"] = "10" });
        await secrets.GetAsync("a", Token);
        clock.Advance(TimeSpan.FromSeconds(10));
        await secrets.GetAsync("a", Token);
        Assert.Equal(2, source.Asked.Count);
    }

    [Fact]
    public async Task Many_readers_read_once()
    {
        var source = new Source { ["a"] = "1" };
        var secrets = Store(source);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => secrets.GetAsync("a", Token).AsTask()));
        Assert.Single(source.Asked);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_given_up()
    {
        var clock = new ManualTimeProvider();
        var source = new Source { Hangs = true };
        var reading = Store(source, clock: clock).GetAsync("a", Token).AsTask();
        await source.Reached.Task.WaitAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(5));
        var e = await Assert.ThrowsAsync<MissingSecretException>(() => reading);
        Assert.Equal("The secret 'a' could not be read: the store as a did not answer within 5 seconds.", e.Message);
    }

    [Fact]
    public async Task A_reference_that_Azure_has_not_resolved_is_no_secret()
    {
        var secrets = Store(null, environment: new() { ["PORTABLE_SECRET_A"] = "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/a)" });
        var e = await Assert.ThrowsAsync<MissingSecretException>(async () => await secrets.GetAsync("a", Token));
        Assert.Contains("has not resolved", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_have_their_secrets_after_the_configuration()
    {
        var source = new Source { ["db-password"] = "hunter22" };
        await using var app = Application(source, [], options: ["db-password"]);
        await app.StartAsync(Function("Other"), cancellationToken: Token);
        var options = app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        Assert.Equal("hunter22", options.Password);
        Assert.Equal("db.internal", options.Host);
    }

    [Fact]
    public async Task An_invocation_waits_for_its_secrets_and_fails_without_them()
    {
        var source = new Source { ["payment-key"] = "sk_live_51" };
        await using var app = Application(source, [new HttpFunction("Pay", "GET", "/", call => new(HttpReply.Text(call.Context.Services.GetSecret("payment-key"))))]);
        Assert.Equal(200, (await Request(app)).StatusCode);

        source.Clear();
        await using var without = Application(source, app.Functions);
        Assert.Equal(500, (await Request(without)).StatusCode);
        Assert.Contains("The secret 'payment-key' is missing", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_logged_or_traced_shows_a_secret()
    {
        const string Secret = "sk_live_\"51H&8x<ü>";
        using var watcher = new Watcher("Pay");
        await using var app = Application(new Source { ["payment-key"] = Secret }, [new HttpFunction("Pay", "GET", "/", call =>
        {
            var key = call.Context.Services.GetSecret("payment-key");
            var logger = call.Context.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Careless");
            using var scope = logger.BeginScope(new Dictionary<string, object> { ["Scope"] = key });
            logger.LogWarning("The key is {Key}", key);
            logger.LogInformation("In JSON: {Json}", JsonSerializer.Serialize(new { key }));
            throw new InvalidOperationException($"could not sign in with {key}", new ArgumentException(key));
        })]);
        var reply = await Request(app);
        Assert.Equal(500, reply.StatusCode);
        string[] shown = [_log.ToString(), System.Text.Encoding.UTF8.GetString(reply.Body.Span), .. watcher.Spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value?.ToString() ?? "")];
        Assert.NotEmpty(watcher.Spans);
        Assert.Contains(shown, text => text.Contains("The key is ***", StringComparison.Ordinal));
        Assert.Contains(shown, text => text.Contains("could not sign in with ***", StringComparison.Ordinal));
        Assert.DoesNotContain(shown, text => text.Contains("51H", StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_secrets_are_a_file_outside_of_the_project()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "secrets.json");
        await File.WriteAllTextAsync(file, """{ "payment-key": "of the user", "number": 1, /* a comment */ }""", Token);
        var source = new UserSecrets(file);
        Assert.Equal("of the user", await source.FindAsync("payment-key", Token));
        Assert.Null(await source.FindAsync("number", Token));
        Assert.Null(await source.FindAsync("other", Token));
        await File.WriteAllTextAsync(file, "{ \"payment-key\": \"sk_live", Token);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.FindAsync("payment-key", Token));
        Assert.DoesNotContain("sk_live", e.Message, StringComparison.Ordinal);
        Assert.Null(await new UserSecrets(null).FindAsync("payment-key", Token));
        Assert.Contains("dotnet user-secrets set payment-key", new UserSecrets(null).Place("payment-key"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../etc")]
    public void An_identifier_of_user_secrets_is_no_path(string? id) => Assert.Null(UserSecrets.FileOf(id));

    [Fact]
    public void The_file_of_user_secrets_is_where_the_sdk_puts_it() =>
        Assert.EndsWith(Path.Combine("my-id", "secrets.json"), UserSecrets.FileOf("my-id")!, StringComparison.Ordinal);

    [Fact]
    public void A_setting_that_is_missing_is_named()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Payments:Url"] = "http://p", ["Empty"] = "" }).Build();
        Assert.Equal("http://p", configuration.Require("Payments:Url"));
        Assert.Equal(
            "The setting 'Payments:Key' is missing: set the environment variable Payments__Key, or 'Payments:Key' in appsettings.json.",
            Assert.Throws<MissingSettingException>(() => configuration.Require("Payments:Key")).Message);
        Assert.Throws<MissingSettingException>(() => configuration.Require("Empty"));
    }

    private static FunctionDefinition Function(string name) => new HttpFunction(name, "GET", "/", static _ => new(HttpReply.Status(204)));

    private static SecretStore Store(ISecretSource? source, SecretsDefinition? definition = null, ManualTimeProvider? clock = null, Dictionary<string, string>? environment = null) =>
        new(definition ?? new SecretsDefinition(source), PortableApp.WithoutServices("aws", [], [], clock ?? new ManualTimeProvider()), name => environment?.GetValueOrDefault(name));

    private static async Task<HttpReply> Request(PortableApp app) =>
        await new FunctionInvoker(app).InvokeAsync((HttpFunction)app.Functions[0], new FakeEnvelope(), new InvocationContext(app, "Pay", "i-1"));

    private PortableApp Application(Source source, IReadOnlyList<FunctionDefinition> functions, string[]? options = null) => new(
        "aws",
        functions,
        [],
        builder =>
        {
            builder.Configuration["Db:Host"] = "db.internal";
            builder.Services.Configure<DatabaseOptions>(bound => (bound.Host, bound.Password) = (builder.Configuration["Db:Host"]!, "of the configuration"));
            builder.Services.AddLogging(logging => logging.ClearProviders());
            builder.Services.AddSingleton<ILoggerProvider>(services => new LineLoggerProvider(_log, JsonLines.Of("aws", static _ => null)) { Mask = services.GetRequiredService<SecretMask>() });
        },
        telemetry: ActivityTelemetry.Instance,
        secrets: new SecretsDefinition(source, new Dictionary<string, IReadOnlyList<string>> { ["Pay"] = ["payment-key"] }, options, static (services, secrets) =>
            services.PostConfigure<DatabaseOptions>(bound => bound.Password = secrets.Get("db-password"))));

    public sealed class DatabaseOptions
    {
        public string Host { get; set; } = "";

        public string Password { get; set; } = "";
    }

    private sealed class Source : Dictionary<string, string>, ISecretSource
    {
        public List<string> Asked { get; } = [];

        public bool Broken { get; set; }

        public bool Hangs { get; init; }

        public TaskCompletionSource Reached { get; } = new();

        public string Place(string name) => $"the store as {name}";

        public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken)
        {
            Asked.Add(name);
            Reached.TrySetResult();
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Broken ? throw new InvalidOperationException("The store is down.") : this.GetValueOrDefault(name);
        }
    }
}
