using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Size;

/// <summary>PORT307: what constructors, static initializers and <c>[Startup]</c> wait for, every cold start waits for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SlowStartAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.SlowStart,
        "Starting an instance does no heavy work",
        "{0} waits for {1}: every cold start pays for it, and when it fails the instance cannot answer at all; load it in the first invocation that needs it, and await it there",
        Categories.Size,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SlowStart));

    /// <summary>Creates the analyzer.</summary>
    public SlowStartAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var code = HandlerCode.Of(context.Compilation, types);
        context.RegisterOperationBlockAction(block =>
        {
            if (WhatRunsAtStart(block.OwningSymbol) is not { } what || block.OwningSymbol.ContainingType is not { } type)
            {
                return;
            }

            var isStarted = what == Configure
                ? IsStartup(type, types)
                : code.ClassOf(type, block.CancellationToken) is not null || IsStartup(type, types);
            if (isStarted || (what != Configure && block.OwningSymbol.IsStatic))
            {
                Find(block, types, isStarted, what);
            }
        });
    }

    private const string Configure = "'{0}.Configure'";

    // How a message names a member that runs before the first invocation.
    private static string? WhatRunsAtStart(ISymbol member) => member switch
    {
        IFieldSymbol { IsConst: false } or IPropertySymbol => "The initializer of '{0}.{1}'",
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "The constructor of '{0}'",
        IMethodSymbol { MethodKind: MethodKind.StaticConstructor } => "The static constructor of '{0}'",
        IMethodSymbol { Name: "Configure", MethodKind: MethodKind.Ordinary } => Configure,
        _ => null,
    };

    private static bool IsStartup(INamedTypeSymbol type, KnownTypes types) => Declarations.HasBases(type) && KnownTypes.Find(type, types.Startup) is not null;

    private static void Find(OperationBlockAnalysisContext context, KnownTypes types, bool isStarted, string what)
    {
        var body = BodyFacts.Of(context.OperationBlocks);
        var reported = ImmutableArray<SyntaxNode>.Empty;
        foreach (var member in body.Members)
        {
            Report(member, SlowCalls.Of(member));
        }

        foreach (var call in body.Calls)
        {
            Report(call, SlowCalls.Of(call));
        }

        foreach (var creation in body.Creations)
        {
            Report(creation, SlowCalls.Of(creation));
        }

        // What lies inside of a call that was spoken of has been spoken of.
        var reach = Reach.Of(context.Compilation);
        foreach (var call in body.Calls)
        {
            if (reach.TargetOf(call) is { } target)
            {
                Report(call, Through(target, Reach.Depth, reach, context.CancellationToken));
            }
        }

        foreach (var creation in body.Creations)
        {
            if (creation.Constructor is { DeclaringSyntaxReferences.Length: > 0 } constructor)
            {
                Report(creation, Through(constructor, Reach.Depth, reach, context.CancellationToken));
            }
        }

        void Report(IOperation operation, string? slow)
        {
            if (slow is null || IsDeferred(operation) || reported.Any(node => node.Span.Contains(operation.Syntax.Span)))
            {
                return;
            }

            if (!isStarted && !StaticReach.Contains(context.Compilation, types, context.OwningSymbol.ContainingType, context.CancellationToken))
            {
                return;
            }

            reported = reported.Add(operation.Syntax);
            var named = string.Format(System.Globalization.CultureInfo.InvariantCulture, what, context.OwningSymbol.ContainingType.Name, context.OwningSymbol.Name);
            context.ReportDiagnostic(Diagnostic.Create(Rule, operation.Syntax.GetLocation(), named, slow));
        }
    }

    // The first thing that a method of the project waits for, with the method's name.
    private static string? Through(IMethodSymbol method, int depth, Reach reach, CancellationToken cancellationToken)
    {
        if (reach.BodyOf(method, cancellationToken) is not { } body)
        {
            return null;
        }

        foreach (var member in body.Members)
        {
            if (SlowCalls.Of(member) is { } slow && !IsDeferred(member))
            {
                return In(slow);
            }
        }

        foreach (var call in body.Calls)
        {
            if (SlowCalls.Of(call) is { } slow && !IsDeferred(call))
            {
                return In(slow);
            }

            if (depth > 1 && !IsDeferred(call) && reach.TargetOf(call) is { } target && Through(target, depth - 1, reach, cancellationToken) is { } further)
            {
                return further;
            }
        }

        foreach (var creation in body.Creations)
        {
            if (SlowCalls.Of(creation) is { } slow && !IsDeferred(creation))
            {
                return In(slow);
            }
        }

        return null;

        string In(string slow) => method.MethodKind == MethodKind.Constructor ? $"{slow} (in new {method.ContainingType.Name})" : $"{slow} (in {method.ContainingType.Name}.{method.Name})";
    }

    // Factories and callbacks run later, if at all.
    private static bool IsDeferred(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }
}
