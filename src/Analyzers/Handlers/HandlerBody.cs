using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers.Handlers;

/// <summary>The body of a member of a handler class, or the initializer of one of its fields, as a rule is shown it.</summary>
/// <param name="Context">The context to report to.</param>
/// <param name="Class">The class.</param>
/// <param name="Kind">What the member is.</param>
/// <param name="Member">The member: a method, constructor, accessor or field.</param>
/// <param name="Code">What is in the body.</param>
internal readonly record struct HandlerBody(OperationBlockAnalysisContext Context, HandlerClass Class, HandlerKind Kind, ISymbol Member, BodyFacts Code)
{
    /// <summary>Whether the member is run for an event or a step: not a workflow, not a constructor, not an initializer.</summary>
    public bool RunsPerInvocation => Kind != HandlerKind.Workflow
        && Member is IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) };

    /// <summary>Reports at a node of the body.</summary>
    public void Report(DiagnosticDescriptor rule, SyntaxNode at, params object[] arguments) => Report(rule, at.GetLocation(), arguments);

    /// <summary>Reports at the name of the member.</summary>
    public void ReportAtName(DiagnosticDescriptor rule, params object[] arguments)
    {
        // The parts of a partial method may stand in two files; the body's is the one that was asked about.
        var tree = Code.Roots[0].Syntax.SyntaxTree;
        foreach (var place in Member.Locations)
        {
            if (place.SourceTree == tree)
            {
                Report(rule, place, arguments);
                return;
            }
        }
    }

    /// <summary>Reports at a place.</summary>
    public void Report(DiagnosticDescriptor rule, Location at, params object[] arguments) => Context.ReportDiagnostic(Diagnostic.Create(rule, at, arguments));
}
