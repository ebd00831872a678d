using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Tells whether an operation is a value that the workflow itself gives, and reads it.</summary>
internal delegate bool FlowValueReader(IOperation operation, out IrExpression? value);

/// <summary>An expression on its way into a step.</summary>
/// <param name="Model">The code of the step.</param>
/// <param name="Output">The type of its result.</param>
/// <param name="Inputs">The members of its input.</param>
/// <param name="Before">What must run before it.</param>
/// <param name="Outputs">The variables that it sets, besides.</param>
internal sealed record LiftPlan(IOperation Operation, LiftedModel Model, ITypeSymbol Output, IReadOnlyList<IrField> Inputs, IReadOnlyList<IrStatement> Before, IReadOnlyList<LiftedOutput>? Outputs = null);

/// <summary>What a generated step makes of an expression's value.</summary>
/// <param name="Type">The type of what it gives.</param>
/// <param name="Text">The C# that computes it, given that of the expression.</param>
/// <param name="Problem">Why engines cannot do it themselves, with the way out.</param>
/// <param name="IsFilter">Whether an exception means <see langword="false"/>, as in a <c>when</c> filter.</param>
internal sealed record LiftedForm(ITypeSymbol Type, Func<string, string> Text, string Problem, bool IsFilter = false);

/// <summary>An expression that a generated step evaluates.</summary>
internal sealed record LiftedExpression(StepModel Step, Location Location, string Text, bool IsRepeated)
{
    public string Describe() =>
        $"evaluates '{Text}' in the generated step '{Step.Name}', since engines cannot: that is one more invocation {(IsRepeated ? "in every round" : "when a run gets there")}";
}

/// <summary>Moves pure expressions into generated steps.</summary>
internal sealed class Lifter(ReadingContext context)
{
    private readonly List<string> _results = [];

    private string Prefix { get; } = PrefixFor(context.Steps);

    /// <summary>What the step would be; <see langword="null"/> when the expression must not or cannot be evaluated apart from the workflow.</summary>
    /// <param name="form">What the step makes of the value; <see langword="null"/> for the value itself.</param>
    public LiftPlan? Plan(IOperation operation, FlowValueReader flow, out Impurity? problem, LiftedForm? form = null)
    {
        problem = null;
        var roots = Roots(operation);
        if (roots.Any(static root => root.Syntax is null) || operation.Type is not { } type || operation.DescendantsAndSelf().Any(static inner => inner is IInvalidOperation))
        {
            return null;
        }

        var values = new FlowValues(context, flow);
        var purity = new Purity(context, values.Has);
        foreach (var root in roots)
        {
            problem ??= purity.Find(root);
        }

        if (problem is null && LiftedTypes.WhyNot(form?.Type ?? type, context.Semantics.Compilation) is { } reason)
        {
            problem = new(operation, RuleIdentifiers.UnsupportedExpression, $"computes a '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', which {reason}", IsLocal: true);
        }

        if (problem is not null || values.Failed)
        {
            return null;
        }

        var outputs = LiftedOutputs.Find(context, operation, symbol => !IsInside(symbol, operation.Syntax) || IsReadOutside(symbol, operation.Syntax), out problem);
        if (problem is not null)
        {
            return null;
        }

        var names = values.Names.Concat(LiftedOutputs.Names(outputs)).ToDictionary(static name => name.Key, static name => name.Value);
        var text = new LiftedText(context.Semantics, names, context.CancellationToken);
        var expression = text.Write(operation);
        if (text.Problem is { } unwritable)
        {
            problem = new(operation, RuleIdentifiers.UnsupportedExpression, unwritable);
            return null;
        }

        return Variables(operation, roots, values, outputs, out var variables, out var fields, out problem)
            ? new LiftPlan(
                operation,
                new LiftedModel(
                    form?.Text(expression) ?? expression,
                    variables.ToEquatableArray(),
                    form?.IsFilter == true,
                    text.Functions.ToEquatableArray(),
                    outputs.Select(static output => new LiftedVariable(output.Symbol.Name, Readings.TypeOf(output.Type))).ToEquatableArray(),
                    operation.Syntax.DescendantNodesAndSelf().Any(static node => node is QueryExpressionSyntax)),
                form?.Type ?? type,
                fields,
                values.Before,
                outputs)
            : null;
    }

    /// <summary>The step that tests a value by a pattern or constant; <see langword="null"/> when it cannot be tested apart from the workflow.</summary>
    public LiftPlan? PlanTest(IrExpression subject, ITypeSymbol type, IOperation pattern, ITypeSymbol boolean)
    {
        if (LiftedTypes.WhyNot(type, context.Semantics.Compilation) is not null
            || pattern.Syntax.DescendantNodesAndSelf().Any(static node => node is SingleVariableDesignationSyntax)
            || new Purity(context, static _ => false).Find(pattern) is not null)
        {
            return null;
        }

        var text = new LiftedText(context.Semantics, new Dictionary<SyntaxNode, string>(), context.CancellationToken);
        var test = text.Write(pattern);
        return text.Problem is not null ? null : new LiftPlan(
            pattern,
            new LiftedModel($"value is {test}", EquatableArray.Create(new LiftedVariable("value", Readings.TypeOf(type)))),
            boolean,
            [new IrField(new IrName("value", "value"), subject)],
            []);
    }

    /// <summary>The step that turns a value, which has been read, into another form.</summary>
    public static LiftPlan PlanFor(IOperation operation, IrExpression value, LiftedForm form) => new(
        operation,
        new LiftedModel(form.Text("value"), EquatableArray.Create(new LiftedVariable("value", Readings.TypeOf(operation.Type!)))),
        form.Type,
        [new IrField(new IrName("value", "value"), value)],
        []);

    /// <summary>Makes the step and its call.</summary>
    public IrExpression Commit(LiftPlan plan)
    {
        var number = context.Lifted.Count;
        var name = $"{Prefix}_{number + 1}";
        if (number == _results.Count)
        {
            _results.Add(context.Names.Take(char.ToLowerInvariant(name[0]) + name.Substring(1)));
        }

        var owner = new ActivationModel(Readings.TypeOf(context.Method.ContainingType), true, EquatableArray<DependencyModel>.Empty, false);
        var step = new StepModel(name, owner, null, Readings.TypeOf(plan.Output), false, null, 0, null, Lifted: plan.Model);
        context.Lifted.Add(new LiftedExpression(step, plan.Operation.Syntax.GetLocation(), Shorten(plan.Operation.Syntax.ToString()), IsRepeated(plan.Operation.Syntax)));
        foreach (var statement in plan.Before)
        {
            context.Before(statement);
        }

        var source = new IrSource(Shorten(plan.Operation.Syntax.ToString()));
        context.Before(new IrStep(name, name, new IrObject(plan.Inputs.ToEquatableArray()), _results[number], source));
        var lacking = context.IsExternal(step);
        if (plan.Outputs is { Count: > 0 } outputs)
        {
            return Value(plan, outputs, _results[number], lacking);
        }

        if (lacking)
        {
            context.MarkExternal(_results[number]);
        }

        return new IrVariable(_results[number], context.KindOf(plan.Output));
    }

    // A step that sets variables gives an object: its value, and theirs.
    private IrMember Value(LiftPlan plan, IReadOnlyList<LiftedOutput> outputs, string result, bool lacking)
    {
        if (lacking)
        {
            context.MarkHoldsExternal(result);
        }

        for (var i = 0; i < outputs.Count; i++)
        {
            var (symbol, type) = (outputs[i].Symbol, outputs[i].Type);
            var name = outputs[i].Declaration is not null && symbol is ILocalSymbol local ? context.Declare(local, external: false) : context.Find(symbol)!.Name;
            context.Before(new IrAssign(name, Part(result, LiftedModel.OutputName(i), type), IrSource.None));
            if (context.MayLackMembers(Readings.TypeOf(type)))
            {
                context.MarkExternal(name);
            }
            if (JsonMembers.IsNullable(type))
            {
                context.MarkUnsure(name);
            }
        }

        return Part(result, LiftedModel.ValueName, plan.Output);
    }

    private IrMember Part(string result, string name, ITypeSymbol type) => new(new IrVariable(result, IrKind.Object), new IrName(name, name), context.KindOf(type), null, JsonMembers.IsNullable(type));

    // x += y reads x and y; what it assigns is the statement's business.
    private static IOperation[] Roots(IOperation operation) => operation switch
    {
        ICompoundAssignmentOperation { Target: not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation { Field.ContainingType.IsTupleType: true }) }
            or IIncrementOrDecrementOperation { Target: not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation { Field.ContainingType.IsTupleType: true }) } => [operation],
        ICompoundAssignmentOperation assignment => [assignment.Target, assignment.Value],
        IIncrementOrDecrementOperation increment => [increment.Target],
        _ => [operation],
    };

    private bool Variables(IOperation operation, IOperation[] roots, FlowValues values, IReadOnlyList<LiftedOutput> outputs, out List<LiftedVariable> variables, out List<IrField> fields, out Impurity? problem)
    {
        variables = [];
        fields = [];
        problem = null;
        foreach (var reference in roots.SelectMany(values.References))
        {
            var symbol = (reference as ILocalReferenceOperation)?.Local ?? (ISymbol)((IParameterReferenceOperation)reference).Parameter;
            if (IsInside(symbol, operation.Syntax) || symbol is ILocalSymbol { IsConst: true } || outputs.Any(output => output.Reference == reference) || IsOfQuery(symbol))
            {
                continue;
            }

            if (outputs.Any(output => WorkflowSymbols.Same(output.Symbol, symbol)))
            {
                problem = Unsupported(reference, $"reads '{symbol.Name}' and sets it, in one expression: use two variables");
                return false;
            }

            if (context.Find(symbol) is not { } variable)
            {
                problem = context.FindTuple(symbol) is not null ? new Impurity(reference, context.ProblemOfTuple(symbol).Rule, context.ProblemOfTuple(symbol).Problem)
                    : context.IsFlow(symbol) ? Unsupported(reference, $"uses '{symbol.Name}' for something else than calls that are awaited: write 'await {symbol.Name}.Step(...)' in a statement of its own") : null;
                _ = problem is null ? context.GiveUp() : null; // declared by a statement that has been reported
                return false;
            }

            var type = reference.Type!;
            problem = variable.IsFailure ? Unsupported(reference, $"passes the failure '{symbol.Name}' on as a whole: use its Code, Message or FailureData")
                : LiftedTypes.WhyNot(type, context.Semantics.Compilation) is { } reason ? Unsupported(reference, $"needs '{symbol.Name}' in a step, but its type {reason}")
                : null;
            if (problem is not null)
            {
                return false;
            }

            if (!variables.Exists(known => known.Name == symbol.Name))
            {
                variables.Add(new LiftedVariable(symbol.Name, Readings.TypeOf(type)));
                fields.Add(new IrField(new IrName(symbol.Name, symbol.Name), new IrVariable(variable.Name, variable.Kind)));
            }
        }

        foreach (var (value, name, read) in values.All)
        {
            variables.Add(new LiftedVariable(name, Readings.TypeOf(value.Type!)));
            fields.Add(new IrField(new IrName(name, name), read));
        }

        if (Leaked(operation.Syntax, outputs) is { } leaked)
        {
            problem = Unsupported(operation, $"declares '{leaked}' in an expression that becomes a step, and reads it outside: read the value where it is needed") with { IsLocal = true };
            return false;
        }

        return true;
    }

    private static Impurity Unsupported(IOperation operation, string problem) => new(operation, RuleIdentifiers.UnsupportedExpression, problem);

    private static bool IsInside(ISymbol symbol, SyntaxNode syntax) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == syntax.SyntaxTree && syntax.FullSpan.Contains(reference.Span) && reference.Span != syntax.Span);

    /// <summary>A variable that the expression declares and that is read elsewhere.</summary>
    private string? Leaked(SyntaxNode syntax, IReadOnlyList<LiftedOutput> outputs)
    {
        foreach (var designation in syntax.DescendantNodes().OfType<SingleVariableDesignationSyntax>())
        {
            if (context.Semantics.GetDeclaredSymbol(designation, context.CancellationToken) is { } symbol && !outputs.Any(output => WorkflowSymbols.Same(output.Symbol, symbol)) && IsReadOutside(symbol, syntax))
            {
                return symbol.Name;
            }
        }

        return null;
    }

    private bool IsReadOutside(ISymbol symbol, SyntaxNode syntax) =>
        syntax.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() is { } member
        && member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == symbol.Name && !syntax.Span.Contains(name.Span)
            && WorkflowSymbols.Same(context.Semantics.GetSymbolInfo(name, context.CancellationToken).Symbol, symbol));

    // The parameters of the lambdas that a query stands for.
    private static bool IsOfQuery(ISymbol symbol) => symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction, IsImplicitlyDeclared: true } } or IParameterSymbol { IsImplicitlyDeclared: true };

    // A collection that a loop goes over, and what it starts with, is evaluated once.
    private static bool IsRepeated(SyntaxNode syntax)
    {
        var inner = syntax;
        foreach (var node in syntax.Ancestors().TakeWhile(static node => node is not MemberDeclarationSyntax))
        {
            var repeats = node switch
            {
                WhileStatementSyntax or DoStatementSyntax => true,
                ForStatementSyntax loop => inner != loop.Declaration && !loop.Initializers.Contains(inner),
                CommonForEachStatementSyntax loop => inner == loop.Statement,
                ArgumentSyntax { Expression: AnonymousFunctionExpressionSyntax, Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Map" or "TryMap" } } } => true,
                _ => false,
            };
            if (repeats)
            {
                return true;
            }

            inner = node;
        }

        return false;
    }

    // A label must not be that of a numbered call of a step.
    private static string PrefixFor(EquatableArray<StepModel> steps)
    {
        var prefix = "Lift";
        while (steps.Any(step => step.Name.Equals(prefix, StringComparison.OrdinalIgnoreCase) || step.Name.StartsWith(prefix + "_", StringComparison.OrdinalIgnoreCase)))
        {
            prefix += "ed";
        }

        return prefix;
    }

    [SuppressMessage("Style", "IDE0057", Justification = "netstandard2.0 has no ranges on strings")]
    private static string Shorten(string text)
    {
        const int longest = 60;
        var line = string.Join(" ", text.Split(['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : line.Substring(0, longest - 3) + "...";
    }
}
