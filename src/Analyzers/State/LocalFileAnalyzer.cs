using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT103: of a function's file system, only the scratch folder can be written to.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LocalFileAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.LocalFile,
        "Files are written to the scratch folder alone",
        "'{0}' writes to {1} by '{2}': where functions run, only the scratch folder can be written to; take Path.GetTempPath() for what the invocation itself needs, and a bucket (IBlobStore) for what is to last",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.LocalFile));

    /// <summary>Creates the analyzer.</summary>
    public LocalFileAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => OnHandlerBodies(context, types, static body =>
    {
        if (body.Kind == HandlerKind.Workflow)
        {
            return;
        }

        foreach (var call in body.Code.Calls)
        {
            if (WrittenPath.Of(call) is { } path)
            {
                Look(body, path, $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}");
            }
        }

        foreach (var creation in body.Code.Creations)
        {
            if (WrittenPath.Of(creation) is { } path)
            {
                Look(body, path, $"new {creation.Type!.Name}");
            }
        }
    });

    private static void Look(HandlerBody body, IOperation path, string by)
    {
        if (WrittenPath.PlaceOf(path, body.Code) is { } place)
        {
            body.Report(Rule, path.Syntax, body.Member.Name, place, by);
        }
    }
}
