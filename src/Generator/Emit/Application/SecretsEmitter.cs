using Portable.Generator.Model;

namespace Portable.Generator.Emit.Application;

/// <summary>Writes what the application knows of its secrets: names, and where the cloud keeps them.</summary>
internal static class SecretsEmitter
{
    private const string Names = "global::System.Collections.Generic.IReadOnlyList<string>";

    /// <summary>The expression that makes the definition.</summary>
    public const string Definition = "global::Portable.Generated.PortableSecrets.Create()";

    public static EmittedFile Emit(ApplicationModel application, Options options)
    {
        var writer = CodeFile.Begin("Portable.Generated")
            .Line("/// <summary>The secrets of this application, by name.</summary>")
            .Line(CodeFile.Generated)
            .Open("internal static class PortableSecrets")
            .Line("/// <summary>The names, and where the cloud keeps the values.</summary>")
            .Line("public static global::Portable.Runtime.SecretsDefinition Create() => new(");
        writer.Indentation++;
        writer.Line($"source: {(options.HasHost ? $"new global::{Source(options.Cloud)}()" : "null")},");
        writer.Line($"functions: new global::System.Collections.Generic.Dictionary<string, {Names}>").Line("{");
        writer.Indentation++;
        foreach (var (name, secrets) in Owners(application))
        {
            writer.Line($"[{CodeFile.Text(name)}] = [{List(secrets)}],");
        }

        writer.Indentation--;
        writer.Line("},").Line($"options: [{List(application.SecretProperties.Select(static property => property.Name).Distinct(StringComparer.Ordinal))}]{(application.SecretProperties.Count == 0 ? ");" : ",")}");
        if (application.SecretProperties.Count > 0)
        {
            writer.Line("bind: static (services, secrets) =>").Line("{");
            writer.Indentation++;
            foreach (var property in application.SecretProperties)
            {
                writer.Line($"global::Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.PostConfigure(services, ({property.Owner} options) => options.{CodeFile.Name(property.Property)} = secrets.Get({CodeFile.Text(property.Name)}));");
            }

            writer.Indentation--;
            writer.Line("});");
        }

        writer.Indentation--;
        return new EmittedFile("PortableSecrets.g.cs", writer.Close().ToString());
    }

    private static IEnumerable<(string Name, IEnumerable<string> Secrets)> Owners(ApplicationModel application) =>
        application.Functions.Where(static function => function.Secrets.Count > 0).Select(static function => (function.Name, function.Secrets.AsEnumerable()))
            .Concat(application.Workflows.Where(static workflow => workflow.Secrets.Count > 0).Select(static workflow => (workflow.StepsName, workflow.Secrets.AsEnumerable())));

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(static name => CodeFile.Text(name)));

    private static string Source(Cloud cloud) => cloud switch
    {
        Cloud.Aws => "Portable.Aws.AwsSecrets",
        Cloud.Gcp => "Portable.Gcp.GoogleSecrets",
        Cloud.Azure => "Portable.Azure.KeyVaultSecrets",
        _ => "Portable.Runtime.UserSecrets",
    };
}
