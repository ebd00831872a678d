using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Workflows;

/// <summary>PORT735: a workflow whose shape is another one than the file of shapes says, so that runs under way may not find what they go on with.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkflowShapeAnalyzer : PortableAnalyzer
{
    /// <summary>The property of a diagnostic with the line that the file should have.</summary>
    public const string LineProperty = "Line";

    /// <summary>The property of a diagnostic with the version to raise to, where that is a way out.</summary>
    public const string VersionProperty = "Version";

    /// <summary>The property of a diagnostic with the line that the file should have besides when the version is raised.</summary>
    public const string RaisedLineProperty = "RaisedLine";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.WorkflowShape,
        "A run that is under way finds its workflow as it left it",
        "Workflow '{0}' {1}",
        Categories.Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.WorkflowShape));

    /// <summary>Creates the analyzer.</summary>
    public WorkflowShapeAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var file = context.Options.AdditionalFiles.FirstOrDefault(static text => Path.GetFileName(text.Path) == WorkflowShapes.FileName);
        if (file?.GetText(context.CancellationToken) is not { } text)
        {
            return; // nobody has written shapes down
        }

        var shapes = WorkflowShapes.Parse(text.Lines.Select(static line => line.ToString()));
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind != HandlerKind.Workflow || KnownTypes.Find(body.Member, types.Workflow) is not { } attribute || Readings.FirstText(attribute) is not { } name)
            {
                return;
            }

            var version = Readings.Number(attribute, "Version", 1);
            var parts = new List<string>();
            Read(body.Code, types, reach, parts, new HashSet<ISymbol>(SymbolEqualityComparer.Default), body.Context.CancellationToken);
            Compare(body, shapes, name, version, parts);
            foreach (var earlier in shapes.All)
            {
                if (earlier.Key.Name == name && earlier.Key.Version != version && earlier.Value.FirstOrDefault(part => !IsThere(body.Class.Type, part, types)) is { } missing)
                {
                    Report(body, $"has no step '{missing}' any more, which runs of version {earlier.Key.Version} that are under way ask for: keep the step until they have ended, and then take the line '{name} v{earlier.Key.Version}' out of {WorkflowShapes.FileName}", null, null);
                }
            }
        });
    }

    private static void Compare(HandlerBody body, WorkflowShapes shapes, string name, int version, List<string> parts)
    {
        var line = WorkflowShapes.Line(name, version, parts);
        if (shapes.Of(name, version) is not { } known)
        {
            Report(body, $"is not in {WorkflowShapes.FileName} with version {version}, so that nobody would notice a change that breaks runs under way: add '{line}'", line, null);
        }
        else if (!known.SequenceEqual(parts, StringComparer.Ordinal))
        {
            var gone = known.Except(parts, StringComparer.Ordinal).ToList();
            var added = parts.Except(known, StringComparer.Ordinal).ToList();
            var change = gone.Count > 0 ? $"no longer has '{string.Join("', '", gone)}'" : added.Count > 0 ? $"has '{string.Join("', '", added)}' besides" : "has its parts in another order";
            Report(
                body,
                $"{change}, unlike version {version} in {WorkflowShapes.FileName}: a run that began before may not find what it goes on with; raise Version to {version + 1}, or write the new shape down where no run is under way",
                line,
                (version + 1).ToString(CultureInfo.InvariantCulture),
                WorkflowShapes.Line(name, version + 1, parts));
        }
    }

    /// <summary>The steps, events and children of a body and of the workflow's own functions, each once, in the order of the code.</summary>
    private static void Read(BodyFacts code, KnownTypes types, Reach reach, List<string> parts, HashSet<ISymbol> seen, CancellationToken cancellationToken)
    {
        foreach (var call in code.Calls)
        {
            if (FlowCalls.IsFlow(call))
            {
                foreach (var step in FlowCalls.StepsOf(call, types))
                {
                    Add(step.Method.Name);
                }

                if (call.TargetMethod.Name is "Event" or "Child" or "RunChild" or "RunStep" && NameOf(call, types) is { } name)
                {
                    Add(call.TargetMethod.Name switch { "Event" => "event ", "RunStep" => "", _ => "child " } + name);
                }
            }
            else if (TakesFlow(call.TargetMethod) && seen.Add(call.TargetMethod.OriginalDefinition) && reach.TargetOf(call) is { } own && reach.BodyOf(own, cancellationToken) is { } inner)
            {
                Read(inner, types, reach, parts, seen, cancellationToken);
            }
        }

        void Add(string part)
        {
            if (!parts.Contains(part))
            {
                parts.Add(part);
            }
        }
    }

    private static bool TakesFlow(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (PortableTypes.IsPortable(parameter.Type, "IWorkflow"))
            {
                return true;
            }
        }

        return false;
    }

    // The constant text of the call, or the name of the workflow that it names by method.
    private static string? NameOf(IInvocationOperation call, KnownTypes types)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && argument.Value.ConstantValue is { HasValue: true, Value: string text })
            {
                return text;
            }

            if (FlowCalls.MethodOf(argument.Value) is { } reference && KnownTypes.Find(reference.Method, types.Workflow) is { } workflow)
            {
                return Readings.FirstText(workflow);
            }
        }

        return null;
    }

    // Only steps can be looked for: an event or a child of an earlier version asks nothing of this class.
    private static bool IsThere(INamedTypeSymbol type, string part, KnownTypes types)
    {
        if (part.IndexOf(' ') >= 0)
        {
            return true;
        }

        foreach (var member in type.GetMembers(part))
        {
            if (KnownTypes.Find(member, types.Step) is not null || KnownTypes.Find(member, types.Inference) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static void Report(HandlerBody body, string clause, string? line, string? version, string? raised = null) => body.Context.ReportDiagnostic(Diagnostic.Create(
        Rule,
        body.Member.Locations[0],
        ImmutableDictionary<string, string?>.Empty.Add(LineProperty, line).Add(VersionProperty, version).Add(RaisedLineProperty, raised),
        body.Member.Name,
        clause));
}
