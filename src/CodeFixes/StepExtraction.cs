using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portable.CodeFixes;

/// <summary>How an expression of a workflow becomes a step.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Statement">The statement before which the step is awaited.</param>
/// <param name="Workflow">The workflow's method; the step goes behind it.</param>
/// <param name="IsWholeInitialiser">Whether a local is initialised with just this expression, so that no other local is needed.</param>
/// <param name="Local">The local that holds the step's result.</param>
/// <param name="Call">The awaited call of the step.</param>
/// <param name="Step">The step's declaration.</param>
internal sealed record StepExtraction(
    ExpressionSyntax Expression,
    StatementSyntax Statement,
    MethodDeclarationSyntax Workflow,
    bool IsWholeInitialiser,
    string Local,
    string Call,
    string Step)
{
    /// <summary>How types are written into the step, to be simplified afterwards.</summary>
    public static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Plans the extraction, or returns <see langword="null"/> where it would not be mechanical.</summary>
    public static StepExtraction? TryPlan(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (expression.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } workflow
            || model.GetDeclaredSymbol(workflow, cancellationToken) is not { } method
            || method.Parameters.FirstOrDefault(p => p.Type.Name == "IWorkflow") is not { } flow
            || expression.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement
            || statement is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax or ReturnStatementSyntax or IfStatementSyntax)
            || !IsAlwaysComputed(expression, statement)
            || expression.DescendantNodesAndSelf().Any(n => n is AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax or ThrowExpressionSyntax)
            || ResultType(expression, model, cancellationToken) is not { } result
            || !TryFindPayload(expression, model, flow, out var payload))
        {
            return null;
        }

        var initialised = expression.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } ? declarator.Identifier.ValueText : null;
        var wanted = initialised
            ?? (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } ? called.Name.Identifier.ValueText : "Computed");
        var stepName = Unused(char.ToUpperInvariant(wanted[0]) + wanted.Substring(1), name => HasMember(method.ContainingType, name));
        var taken = LocalsOf(workflow);
        var local = initialised ?? Unused(char.ToLowerInvariant(stepName[0]) + stepName.Substring(1), taken.Contains);
        var type = result.ToDisplayString(TypeFormat);
        var parameter = payload is null ? "" : $"{TypeOf(payload)!.ToDisplayString(TypeFormat)} {payload.Name}";
        return new StepExtraction(
            expression,
            statement,
            workflow,
            initialised is not null,
            local,
            $"await {flow.Name}.Step({stepName}{(payload is null ? "" : $", {payload.Name}")})",
            $"\n[global::Portable.Step]\npublic {(method.IsStatic ? "static " : "")}global::System.Threading.Tasks.Task<{type}> {stepName}({parameter}) =>\n    global::System.Threading.Tasks.Task.FromResult<{type}>({expression.WithoutTrivia()});\n");
    }

    /// <summary>Whether a type or a base of it has a member of the name.</summary>
    public static bool HasMember(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    // The step runs before the statement: an expression that the statement computes only sometimes must stay where it is.
    private static bool IsAlwaysComputed(ExpressionSyntax expression, StatementSyntax statement)
    {
        SyntaxNode inner = expression;
        for (var node = expression.Parent; node is not null && node != statement; inner = node, node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or SwitchExpressionSyntax or LocalFunctionStatementSyntax
                || (node is BinaryExpressionSyntax binary && binary.Right == inner
                    && binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression))
            {
                return false;
            }
        }

        return true;
    }

    private static ITypeSymbol? ResultType(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        var info = model.GetTypeInfo(expression, cancellationToken);
        var type = expression.Parent is EqualsValueClauseSyntax ? info.ConvertedType : info.Type;
        return type is null or IErrorTypeSymbol or { SpecialType: SpecialType.System_Void } or { IsAnonymousType: true } or { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer }
            || type.Name is "Task" or "ValueTask"
                ? null
                : type;
    }

    /// <summary>Finds what the step needs from the workflow: nothing, or one value that can travel as JSON.</summary>
    public static bool TryFindPayload(ExpressionSyntax expression, SemanticModel model, IParameterSymbol flow, out ISymbol? payload)
    {
        payload = null;
        var data = model.AnalyzeDataFlow(expression);
        if (data is null || !data.Succeeded || data.WrittenInside.Length > 0 || data.VariablesDeclared.Length > 0)
        {
            return false;
        }

        var read = data.ReadInside.Where(symbol => symbol is not IParameterSymbol { IsThis: true }).ToArray();
        payload = read.FirstOrDefault();
        return read.Length == 0
            || (read.Length == 1
                && !SymbolEqualityComparer.Default.Equals(payload, flow)
                && TypeOf(payload!) is { } type and not IErrorTypeSymbol
                && type.Name is not ("StepFailed" or "IWorkflow" or "CancellationToken"));
    }

    /// <summary>The type of a local or parameter.</summary>
    public static ITypeSymbol? TypeOf(ISymbol symbol) => (symbol as ILocalSymbol)?.Type ?? (symbol as IParameterSymbol)?.Type;

    private static HashSet<string> LocalsOf(MethodDeclarationSyntax method) =>
    [
        .. method.DescendantNodes().OfType<VariableDeclaratorSyntax>().Select(v => v.Identifier.ValueText),
        .. method.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(v => v.Identifier.ValueText),
        .. method.DescendantNodes().OfType<CatchDeclarationSyntax>().Select(c => c.Identifier.ValueText),
        .. method.ParameterList.Parameters.Select(p => p.Identifier.ValueText),
    ];

    /// <summary>The name, numbered if it is taken.</summary>
    public static string Unused(string name, Func<string, bool> isTaken)
    {
        var candidate = name;
        for (var i = 2; isTaken(candidate); i++)
        {
            candidate = name + i;
        }

        return candidate;
    }
}
