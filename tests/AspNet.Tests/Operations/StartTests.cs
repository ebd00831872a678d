namespace Portable.AspNet.Tests.Operations;

/// <summary>A process that cannot work ends at its start, with a sentence that says what is missing.</summary>
public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("local", "PORTABLE_PORT")]
    [InlineData("gcp", "PORT")]
    [InlineData("azure", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    public async Task A_missing_setting_is_named(string host, string portVariable)
    {
        await using var process = HostProcess.Start(new Dictionary<string, string> { [portVariable] = "0", ["PORTABLE_SECRET_PAYMENT_KEY"] = "sk_live_51" }, "settings-" + host);
        Assert.Equal(1, await process.WaitForExitAsync());
        Assert.Equal(["The setting 'Payments:Url' is missing: set the environment variable Payments__Url, or 'Payments:Url' in appsettings.json."], process.Lines);
    }

    [Theory]
    [InlineData("local", "PORTABLE_PORT")]
    [InlineData("gcp", "PORT")]
    [InlineData("azure", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    public async Task A_missing_secret_is_named(string host, string portVariable)
    {
        await using var process = HostProcess.Start(new Dictionary<string, string> { [portVariable] = "0", ["Payments__Url"] = "http://payments" }, "settings-" + host);
        Assert.Equal(1, await process.WaitForExitAsync());
        Assert.StartsWith("The secret 'payment-key' is missing: it is looked for in the environment variable PORTABLE_SECRET_PAYMENT_KEY and in the user secrets", Assert.Single(process.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_both_it_serves_and_shows_neither()
    {
        var (process, http) = await HostProcess.ServeAsync(
            new Dictionary<string, string> { ["PORT"] = "0", ["Payments__Url"] = "http://payments", ["PORTABLE_SECRET_PAYMENT_KEY"] = "sk_live_51" }, "settings-gcp");
        await using (process)
        using (http)
        {
            Assert.Equal("10 characters", await http.GetStringAsync("/pay", Token));
            Assert.DoesNotContain(process.Lines, static line => line.Contains("sk_live", StringComparison.Ordinal));
        }
    }
}
