using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT108: a thread that handler code starts is frozen with the process between invocations.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BackgroundThreadAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.BackgroundThread,
        "A handler starts no threads of its own",
        "'{0}' starts a thread with {1}: the platform freezes it when the invocation ends; await the work, or send a message to a function that does it",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.BackgroundThread));

    /// <summary>Creates the analyzer.</summary>
    public BackgroundThreadAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var thread = context.Compilation.GetTypeByMetadataName("System.Threading.Thread");
        var pool = context.Compilation.GetTypeByMetadataName("System.Threading.ThreadPool");
        OnHandlerBodies(context, types, body =>
        {
            foreach (var creation in body.Code.Creations)
            {
                if (SymbolEqualityComparer.Default.Equals(creation.Type, thread))
                {
                    body.Report(Rule, creation.Syntax, body.Member.Name, "new Thread");
                }
            }

            foreach (var call in body.Code.Calls)
            {
                if (call.TargetMethod.Name is "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, pool))
                {
                    body.Report(Rule, call.Syntax, body.Member.Name, "ThreadPool." + call.TargetMethod.Name);
                }
            }
        });
    }
}
