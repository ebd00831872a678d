using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT107: a lock keeps out the threads of one process, and the same function runs in many.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockAnalyzer : PortableAnalyzer
{
    private const string WayOut = "make the work idempotent, use an ordered queue ([QueueTrigger(Ordered = true)]), or take a lease in a store";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.ProcessLock,
        "A lock of the process guards nothing outside it",
        "'{0}' {1}: other processes run the same code at the same time and are not kept out; {2}",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ProcessLock));

    /// <summary>Creates the analyzer.</summary>
    public LockAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind == HandlerKind.Workflow)
            {
                return;
            }

            foreach (var creation in body.Code.Creations)
            {
                if (creation.Type is { Name: "Mutex" or "Semaphore" or "EventWaitHandle" } type && IsThreading(type) && IsNamed(creation.Arguments))
                {
                    body.Report(Rule, creation.Syntax, NameOf(body.Member), $"makes a named {type.Name}, which is known on one machine alone", WayOut);
                }
            }

            if (body.RunsPerInvocation)
            {
                foreach (var guarded in body.Code.Locks)
                {
                    Look(body, reach, MemberOf(guarded.LockedValue), guarded.LockedValue.Syntax, guarded.Body.Syntax.SpanStart, guarded.Body.Syntax.Span.End);
                }

                foreach (var call in body.Code.Calls)
                {
                    if (Acquired(call) is { } member)
                    {
                        Look(body, reach, member, call.Syntax, call.Syntax.Span.End, int.MaxValue);
                    }
                }
            }
        });
    }

    private static void Look(HandlerBody body, Reach reach, ISymbol? member, SyntaxNode at, int start, int end)
    {
        if (member is null || WritesMemory(body.Code, start, end))
        {
            return;
        }

        foreach (var call in reach.From(body.Code, body.Context.CancellationToken))
        {
            if (call.HasSideEffect && call.At.SpanStart >= start && call.At.SpanStart < end)
            {
                body.Report(Rule, at, NameOf(body.Member), $"holds '{member.Name}' while it calls '{call.What}'", WayOut);
                return;
            }
        }
    }

    // A lock around a field that is set guards that field: a token that is fetched once, a table that is loaded.
    private static bool WritesMemory(BodyFacts body, int start, int end)
    {
        foreach (var target in body.Written)
        {
            if (target is IFieldReferenceOperation or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } && target.Syntax.SpanStart >= start && target.Syntax.SpanStart < end)
            {
                return true;
            }
        }

        return false;
    }

    // The lock that a call takes, where it is kept in a field.
    private static ISymbol? Acquired(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType is not { } type || !IsThreading(type))
        {
            return null;
        }

        switch (type.Name, method.Name)
        {
            case ("Monitor", "Enter" or "TryEnter") when call.Arguments.Length > 0:
                return MemberOf(call.Arguments[0].Value);
            case ("Lock", "Enter" or "EnterScope" or "TryEnter"):
            case ("ReaderWriterLockSlim" or "ReaderWriterLock", "EnterWriteLock" or "TryEnterWriteLock" or "AcquireWriterLock"):
                return call.Instance is null ? null : MemberOf(call.Instance);
            case ("SemaphoreSlim", "Wait" or "WaitAsync"):
            case ("WaitHandle" or "Mutex" or "Semaphore", "WaitOne"):
                return call.Instance is not null && MemberOf(call.Instance) is IFieldSymbol field && LetsOneIn(field, call) ? field : null;
            default:
                return null;
        }
    }

    // One that lets several in bounds how much is done at once, in this process, and that is all that it is for. A named one is reported where it is made.
    private static bool LetsOneIn(IFieldSymbol field, IOperation use)
    {
        foreach (var reference in field.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax { Initializer.Value: { } value } declared && use.SemanticModel is { } model && model.SyntaxTree == declared.SyntaxTree)
            {
                var creation = model.GetOperation(value) is IConversionOperation conversion ? conversion.Operand : model.GetOperation(value);
                return creation is IObjectCreationOperation { Type.Name: var type } made && (type == "Mutex" ? !IsNamed(made.Arguments) : made.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: 1 } }, ..] && !IsNamed(made.Arguments));
            }
        }

        return false;
    }

    private static ISymbol? MemberOf(IOperation value) => value switch
    {
        IConversionOperation conversion => MemberOf(conversion.Operand),
        IFieldReferenceOperation field when field.Field.DeclaringSyntaxReferences.Length > 0 => field.Field,
        ITypeOfOperation type => type.TypeOperand,
        IInstanceReferenceOperation self => self.Type,
        _ => null,
    };

    private static bool IsNamed(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { Name: "name", Type.SpecialType: SpecialType.System_String } && argument.Value.ConstantValue is not { HasValue: true, Value: null or "" })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsThreading(ITypeSymbol type) => type.ContainingNamespace is { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static string NameOf(ISymbol member) => (member as IMethodSymbol)?.AssociatedSymbol?.Name ?? (member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } ? member.ContainingType.Name : member.Name);
}
