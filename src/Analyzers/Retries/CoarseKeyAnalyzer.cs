using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.Analyzers.Retries;

/// <summary>PORT203: a key that is the same for messages that differ, or differs for one and the same message.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CoarseKeyAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.CoarseKey,
        "An idempotency key tells messages apart",
        "'{0}' has the key '{1}', {2}; use what identifies the work, such as the number of the order",
        Categories.Retries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.CoarseKey));

    // Headers whose value is the caller's or the moment's and never one request's.
    private static readonly string[] SharedHeaders =
        ["Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Date", "Host", "Origin", "Referer", "User-Agent", "X-Api-Key", "X-Forwarded-For"];

    // What whole groups of messages have in common. It is a mistake for certain where the payload has an identifier of its own beside it.
    private static readonly string[] SharedMembers =
        ["Region", "Tenant", "TenantId", "Country", "CountryCode", "Currency", "Language", "Locale", "Culture", "Status", "Type", "Kind", "Category", "Version", "Environment", "Source"];

    /// <summary>Creates the analyzer.</summary>
    public CoarseKeyAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, context.Compilation.GetTypeByMetadataName("Portable.IdempotentAttribute"), (symbol, method, attribute) =>
        {
            IdempotencyKeys? key;
            if (KnownTypes.Find(method, types.Step) is not null)
            {
                key = IdempotencyKeys.OfStep(method, attribute, symbol.CancellationToken);
            }
            else if (HandlerCode.Of(symbol.Compilation, types).FunctionOf(method, symbol.CancellationToken).Model is { Idempotency: { } idempotency } function)
            {
                key = IdempotencyKeys.OfFunction(method, attribute, function, symbol.CancellationToken);
                if (idempotency.Source == KeySource.Header && IsShared(SharedHeaders, idempotency.Text, StringComparison.OrdinalIgnoreCase))
                {
                    Report(symbol, method, Generator.Workflows.Reading.Readings.LocationOf(attribute, method, symbol.CancellationToken), idempotency.Text,
                        "a header that says who asks and not what for: of several requests only the first is done");
                }
            }
            else
            {
                return;
            }

            if (key is not null && ProblemOf(key) is { } problem)
            {
                Report(symbol, method, key.At, key.Text, problem);
            }
        });

    /// <summary>What is wrong with a key; <see langword="null"/> when nothing is.</summary>
    internal static string? ProblemOf(IdempotencyKeys key)
    {
        var coarse = 0;
        var timed = 0;
        var constant = 0;
        foreach (var part in key.Parts)
        {
            if (part.IsMadeUp)
            {
                return $"and '{part.Text}' is made up anew where a message does not say it: its duplicate has another key and is not recognised";
            }

            var type = KeyMember.WithoutNull(part.Type);
            constant += part.IsConstant ? 1 : 0;
            coarse += type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean } ? 1 : 0;
            timed += type is { Name: "DateOnly" or "DateTimeOffset", ContainingNamespace.Name: "System" } ? 1 : 0;
        }

        return constant == key.Parts.Length ? "which is the same for every message: after the first none is handled"
            : constant + coarse == key.Parts.Length ? "which has only a few values: of the messages that share one only the first is handled"
            : constant + coarse + timed == key.Parts.Length ? "which is a time: of two messages of the same moment one is not handled"
            : key is { Parts: [{ Path: [IPropertySymbol { Name: var name } only] }], Payload: { } payload } && IsShared(SharedMembers, name, StringComparison.Ordinal) && HasIdentifier(payload, only)
                ? "which many messages have in common: only the first of them is handled"
            : null;
    }

    private static void Report(SymbolAnalysisContext symbol, IMethodSymbol method, Location at, string key, string problem) =>
        symbol.ReportDiagnostic(Diagnostic.Create(Rule, at, method.Name, key, problem));

    private static bool IsShared(string[] names, string name, StringComparison comparison)
    {
        foreach (var shared in names)
        {
            if (string.Equals(shared, name, comparison))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasIdentifier(ITypeSymbol payload, ISymbol but)
    {
        for (var level = payload; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false } property && property.Name.EndsWith("Id", StringComparison.Ordinal) && !SymbolEqualityComparer.Default.Equals(property, but) && !IsShared(SharedMembers, property.Name, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
