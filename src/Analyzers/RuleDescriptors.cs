using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Portable.Analyzers;

/// <summary>
/// Every rule, of all tables. The parser states what is wrong and the way out in whole
/// clauses, so most messages are "the thing" and "the clause".
/// </summary>
internal static class RuleDescriptors
{
    /// <summary>Every rule by its id.</summary>
    public static ImmutableDictionary<string, DiagnosticDescriptor> All { get; } =
        FunctionRules.All
            .Concat(DeliveryRules.All)
            .Concat(OutputRules.All)
            .Concat(SecretRules.All)
            .Concat(SecurityRules.All)
            .Concat(WorkflowRules.All)
            .Concat(AzureRules.All)
            .ToImmutableDictionary(static descriptor => descriptor.Id);

    /// <summary>The page that explains a rule.</summary>
    public static string HelpLink(string id) => $"https://github.com/portable-dotnet/portable/blob/main/docs/rules/{id}.md";
}
