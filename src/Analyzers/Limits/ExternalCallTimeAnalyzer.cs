using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Limits;

/// <summary>
/// PORT409: a call that leaves the process and may last longer than the function that waits for it. A timeout that never comes or comes too late is a
/// warning; a token that is not passed on is information, because the client may have a timeout of its own that cannot be seen.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExternalCallTimeAnalyzer : PortableAnalyzer
{
    /// <summary>The property of a diagnostic that names the token to pass on.</summary>
    public const string TokenProperty = "Token";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.ExternalCallTime,
        "A call to the outside ends before its function does",
        "'{0}' {1}",
        Categories.Limits,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ExternalCallTime));

    /// <summary>Where clients are told how long a call may take: the type's namespace and name, the property, how long a unit of an integer is, and the value that means without end.</summary>
    private static readonly (string Namespace, string Type, string Property, TimeSpan Unit, TimeSpan Endless)[] Timeouts =
    [
        ("System.Net.Http", "HttpClient", "Timeout", TimeSpan.Zero, ConstantDurations.Infinite),
        ("Amazon.Runtime", "ClientConfig", "Timeout", TimeSpan.Zero, ConstantDurations.Infinite),
        ("Azure.Core", "RetryOptions", "NetworkTimeout", TimeSpan.Zero, ConstantDurations.Infinite),
        ("System.Data.Common", "DbCommand", "CommandTimeout", TimeSpan.FromSeconds(1), TimeSpan.Zero),
        ("System.Data", "IDbCommand", "CommandTimeout", TimeSpan.FromSeconds(1), TimeSpan.Zero),
        ("Microsoft.Data.SqlClient", "SqlCommand", "CommandTimeout", TimeSpan.FromSeconds(1), TimeSpan.Zero),
    ];

    /// <summary>Creates the analyzer.</summary>
    public ExternalCallTimeAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var token = context.Compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
        var source = context.Compilation.GetTypeByMetadataName("System.Threading.CancellationTokenSource");
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind == HandlerKind.Workflow)
            {
                return; // an engine runs it, and PORT705 says what it may wait for
            }

            foreach (var written in body.Code.Written)
            {
                if (written is IPropertyReferenceOperation property && written.Parent is ISimpleAssignmentOperation assignment && IsTimeout(property.Property) is { } timeout
                    && ConstantDurations.Of(assignment.Value, timeout.Unit) is { } duration)
                {
                    CheckClient(body, types, assignment, $"{property.Property.ContainingType.Name}.{property.Property.Name}", duration, duration == timeout.Endless);
                }
            }

            foreach (var creation in body.Code.Creations)
            {
                if (SymbolEqualityComparer.Default.Equals(creation.Type, source) && creation.Arguments.Length > 0)
                {
                    CheckLater(body, types, creation.Arguments[0], "CancellationTokenSource");
                }
            }

            foreach (var call in body.Code.Calls)
            {
                if (call.TargetMethod.Name == "CancelAfter" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, source)
                    || call.TargetMethod is { Name: "WaitAsync", ContainingType.Name: "Task", Parameters.Length: > 0 } && PortableTypes.IsTask(call.TargetMethod.ContainingType, out _, out _))
                {
                    CheckLater(body, types, call.Arguments[0], call.TargetMethod.Name);
                }

                if (token is not null && TokenOf(body.Member) is not null && ExternalCalls.Classify(call) is not null)
                {
                    CheckToken(body, call, token);
                }
            }
        });
    }

    private static (string Namespace, string Type, string Property, TimeSpan Unit, TimeSpan Endless)? IsTimeout(IPropertySymbol property)
    {
        foreach (var timeout in Timeouts)
        {
            if (property.Name == timeout.Property)
            {
                for (var type = property.ContainingType; type is not null; type = type.BaseType)
                {
                    if (type.Name == timeout.Type && type.ContainingNamespace.ToDisplayString() == timeout.Namespace)
                    {
                        return timeout;
                    }
                }
            }
        }

        return null;
    }

    private static void CheckClient(HandlerBody body, KnownTypes types, ISimpleAssignmentOperation assignment, string what, TimeSpan duration, bool endless)
    {
        if (!endless)
        {
            CheckDuration(body, types, assignment.Value, what, duration);
        }
        else if (!EveryCallHasAToken(body))
        {
            body.Report(Rule, assignment.Value.Syntax, body.Member.Name, $"lets a call wait without end ({what}): the platform ends the function first, and neither a log nor a retry says what it waited for; state a timeout that is shorter than the function's");
        }
    }

    private static void CheckLater(HandlerBody body, KnownTypes types, IArgumentOperation argument, string what)
    {
        if (ConstantDurations.Of(argument.Value, TimeSpan.FromMilliseconds(1)) is { } duration)
        {
            CheckDuration(body, types, argument.Value, what, duration);
        }
    }

    private static void CheckDuration(HandlerBody body, KnownTypes types, IOperation value, string what, TimeSpan duration)
    {
        if (TimeOf(body, types) is { } own && duration.TotalSeconds > own)
        {
            body.Report(Rule, value.Syntax, body.Member.Name, $"waits up to {ConstantDurations.Say(duration)} ({what}), and TimeoutSeconds ends it after {own} s: the platform ends it before the wait does; wait for less, or raise TimeoutSeconds");
        }
    }

    /// <summary>The time that the code of a body has: the member's own, or the longest of the class where several handlers share it. Not known where one states none.</summary>
    private static int? TimeOf(HandlerBody body, KnownTypes types)
    {
        var longest = 0;
        foreach (var handler in body.Class.Handlers)
        {
            if (handler.Value != HandlerKind.Workflow && (body.Kind == HandlerKind.Helper || SymbolEqualityComparer.Default.Equals(handler.Key, body.Member)))
            {
                var seconds = Readings.Number(KnownTypes.Find(handler.Key, handler.Value == HandlerKind.Function ? types.Function : types.Step), "TimeoutSeconds");
                if (seconds <= 0)
                {
                    return null;
                }

                longest = Math.Max(longest, seconds);
            }
        }

        return longest > 0 ? longest : null;
    }

    // A client without a timeout is what code wants that gives every call a token with a deadline.
    private static bool EveryCallHasAToken(HandlerBody body)
    {
        var reach = Reach.Of(body.Context.Compilation);
        var some = false;
        foreach (var member in body.Class.Type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && reach.BodyOf(method, body.Context.CancellationToken) is { } code)
            {
                foreach (var call in code.Calls)
                {
                    if (ExternalCalls.Classify(call) is not null)
                    {
                        some = true;
                        if (!HasToken(call))
                        {
                            return false;
                        }
                    }
                }
            }
        }

        return some;
    }

    private static bool HasToken(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && PortableTypes.IsCancellationToken(parameter.Type))
            {
                return argument.ArgumentKind != ArgumentKind.DefaultValue && !IsNone(argument.Value);
            }
        }

        return false;
    }

    private static void CheckToken(HandlerBody body, IInvocationOperation call, INamedTypeSymbol token)
    {
        var (at, parameter) = Missing(call, token);
        if (at is null || InScope(call, body.Member) is not { } own)
        {
            return;
        }

        body.Context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            at.GetLocation(),
            DiagnosticSeverity.Info,
            additionalLocations: null,
            ImmutableDictionary<string, string?>.Empty.Add(TokenProperty, own).Add("Parameter", parameter),
            body.Member.Name,
            $"calls {ExternalCalls.NameOf(call)} without its token: the call goes on when the function's time is over, until the platform ends both; pass '{own}'"));
    }

    // Where a token could be passed and none is: the argument that says so, or the name of the method.
    private static (SyntaxNode? At, string? Parameter) Missing(IInvocationOperation call, INamedTypeSymbol token)
    {
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, token))
            {
                return argument.ArgumentKind == ArgumentKind.DefaultValue ? (NameOf(call), argument.Parameter!.Name)
                    : IsNone(argument.Value) ? (argument.Value.Syntax, argument.Parameter!.Name)
                    : default;
            }
        }

        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        foreach (var member in method.ContainingType.GetMembers(method.Name))
        {
            if (member is IMethodSymbol other && IsSameWithToken(method, other, token))
            {
                return (NameOf(call), other.Parameters[other.Parameters.Length - 1].Name);
            }
        }

        return default;
    }

    private static bool IsSameWithToken(IMethodSymbol method, IMethodSymbol other, INamedTypeSymbol token)
    {
        method = method.OriginalDefinition;
        var count = method.Parameters.Length;
        if (other.Parameters.Length != count + 1 || other.Arity != method.Arity || other.DeclaredAccessibility != Accessibility.Public || !SymbolEqualityComparer.Default.Equals(other.Parameters[count].Type, token))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (other.Parameters[i].Type.Name != method.Parameters[i].Type.Name || other.Parameters[i].RefKind != method.Parameters[i].RefKind)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNone(IOperation value)
    {
        while (value is IConversionOperation { Operand: var inner })
        {
            value = inner;
        }

        return value is IDefaultValueOperation or IPropertyReferenceOperation { Property: { IsStatic: true, Name: "None" } };
    }

    /// <summary>The name of the token at a call, or <see langword="null"/> where there is none or it should not be passed: what cleans up after a failure is to be done all the same.</summary>
    private static string? InScope(IOperation call, ISymbol member)
    {
        for (var outer = call.Parent; outer is not null; outer = outer.Parent)
        {
            var function = outer switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (outer is ICatchClauseOperation || outer.Parent is ITryOperation { Finally: { } last } && ReferenceEquals(last, outer) || function is { IsStatic: true } && TokenOf(function) is null)
            {
                return null;
            }

            if (function is not null && TokenOf(function) is { } inner)
            {
                return inner;
            }
        }

        return TokenOf(member);
    }

    private static string? TokenOf(ISymbol member)
    {
        if (member is IMethodSymbol method)
        {
            foreach (var parameter in method.Parameters)
            {
                if (PortableTypes.IsCancellationToken(parameter.Type))
                {
                    return parameter.Name.Length > 0 ? parameter.Name : null;
                }
            }
        }

        return null;
    }

    private static SyntaxNode NameOf(IInvocationOperation call) => call.Syntax is InvocationExpressionSyntax { Expression: var expression }
        ? expression switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            MemberBindingExpressionSyntax member => member.Name,
            _ => expression,
        }
        : call.Syntax;
}
