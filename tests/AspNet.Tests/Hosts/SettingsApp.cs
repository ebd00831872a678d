using Portable.Runtime;

namespace Portable.AspNet.Tests.Hosts;

/// <summary>An application that cannot work without a setting and a secret.</summary>
public static class SettingsApp
{
    public static PortableApp Build(string cloud) => new(
        cloud,
        [new HttpFunction("Pay", "GET", "/pay", static call => new(HttpReply.Text(call.Context.Services.GetSecret("payment-key").Length + " characters")))],
        [],
        static app => app.Configuration.Require("Payments:Url"),
        secrets: new SecretsDefinition(new UserSecrets(), new Dictionary<string, IReadOnlyList<string>> { ["Pay"] = ["payment-key"] }));
}
