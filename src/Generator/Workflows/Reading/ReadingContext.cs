using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What the readers of one body share: its variables, labels and findings.</summary>
internal sealed class ReadingContext
{
    private readonly ImmutableArray<Finding>.Builder _findings;
    private readonly Dictionary<ISymbol, Variable> _variables = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _external = new(StringComparer.Ordinal);

    public ReadingContext(
        IMethodSymbol method,
        SemanticModel semantics,
        WorkflowSymbols symbols,
        EquatableArray<StepModel> steps,
        ImmutableArray<Finding>.Builder findings,
        CancellationToken cancellationToken)
    {
        Method = method;
        Semantics = semantics;
        Symbols = symbols;
        Steps = steps;
        Labels = new Labels(steps);
        Enums = new EnumJson(semantics.Compilation);
        CancellationToken = cancellationToken;
        _findings = findings;
        if (method.Parameters.Length > 1)
        {
            Input = Declare(method.Parameters[1], method.Parameters[1].Type, external: true);
        }
    }

    public IMethodSymbol Method { get; }

    public SemanticModel Semantics { get; }

    public WorkflowSymbols Symbols { get; }

    public EquatableArray<StepModel> Steps { get; }

    public VariableNames Names { get; } = new();

    public Labels Labels { get; }

    /// <summary>What must run before the statement that is being read.</summary>
    public Prelude Prelude { get; } = new();

    /// <summary>Who reads what an expression cannot: awaits, values of the workflow, throws.</summary>
    public IFlowReader Flow { get; set; } = null!;

    /// <summary>The variable of the workflow's input.</summary>
    public string? Input { get; }

    /// <summary>Whether something could not be read.</summary>
    public bool Failed => Problems > 0;

    /// <summary>How many times something could not be read.</summary>
    public int Problems { get; private set; }

    /// <summary>The expressions that generated steps evaluate, in order.</summary>
    public List<LiftedExpression> Lifted { get; } = [];

    /// <summary>Whether [Native] on the workflow or its class wants an error where an expression would become a step.</summary>
    public bool ForbidsLifting => WorkflowSymbols.Attribute(Method, Symbols.NativeAttribute) is not null || WorkflowSymbols.Attribute(Method.ContainingType, Symbols.NativeAttribute) is not null;

    /// <summary>How enums travel as JSON.</summary>
    public EnumJson Enums { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Reports an operation, unless the compiler has its own error for it.</summary>
    public void Reject(string rule, IOperation operation, string problem)
    {
        Problems++;
        if (operation is not IInvalidOperation && operation.Type?.TypeKind != TypeKind.Error && !operation.Descendants().Any(static inner => inner is IInvalidOperation))
        {
            _findings.Add(Findings.Of(rule, operation.Syntax.GetLocation(), Method.Name, problem));
        }
    }

    /// <summary>Gives up without a word: what is wrong has been reported, by us or by the compiler.</summary>
    public IrExpression? GiveUp()
    {
        Problems++;
        return null;
    }

    /// <summary>Adds a statement that must run before the one that is being read.</summary>
    public void Before(IrStatement statement) => Prelude.Add(statement);

    /// <summary>Computes a value before the current statement, in a new variable.</summary>
    public IrVariable Hold(string name, IrExpression value)
    {
        var variable = new IrVariable(Names.Take(name), value.Kind);
        Before(new IrAssign(variable.Name, value, IrSource.None));
        if (IsExternal(value))
        {
            _external.Add(variable.Name);
        }

        return variable;
    }

    /// <summary>A new variable that statements of the prelude give its value.</summary>
    public IrVariable Temporary(string name, IrKind kind, bool external)
    {
        var variable = new IrVariable(Names.Take(name), kind);
        if (external)
        {
            _external.Add(variable.Name);
        }

        return variable;
    }

    /// <summary>What a value of the type is to engines.</summary>
    public IrKind KindOf(ITypeSymbol? type) =>
        JsonMembers.Unwrap(type) is INamedTypeSymbol { TypeKind: TypeKind.Enum } named ? Enums.KindOf(named) : JsonMembers.KindOf(type);

    /// <summary>Takes a declaration back: what declared it is read another way.</summary>
    public void Forget(ILocalSymbol local) => _variables.Remove(local);

    /// <summary>Says which expressions become steps. Not before the end: reading more of an expression may change what is lifted.</summary>
    public void ReportLifted()
    {
        foreach (var lifted in Lifted)
        {
            _findings.Add(Findings.Of(RuleIdentifiers.LiftedExpression, lifted.Location, Method.Name, lifted.Describe()));
        }
    }

    public string Declare(ILocalSymbol local, bool external) => Declare(local, local.Type, external);

    public string DeclareFailure(ILocalSymbol local)
    {
        var name = Names.Take(local.Name);
        _variables[local] = new Variable(name, IrKind.Object, IsFailure: true);
        return name;
    }

    public Variable? Find(ISymbol symbol) => _variables.TryGetValue(symbol, out var variable) ? variable : null;

    /// <summary>Whether a value comes from outside our own code, so that declared members may be missing in its JSON.</summary>
    public bool IsExternal(IrExpression expression) => expression switch
    {
        IrVariable variable => _external.Contains(variable.Name),
        IrMember member => IsExternal(member.Target),
        { Kind: IrKind.Object or IrKind.List } => IrWalk.Parts(expression).Any(IsExternal),
        _ => false,
    };

    private string Declare(ISymbol symbol, ITypeSymbol type, bool external)
    {
        var name = Names.Take(symbol.Name);
        _variables[symbol] = new Variable(name, KindOf(type), IsFailure: false);
        if (external)
        {
            _external.Add(name);
        }

        return name;
    }
}

/// <summary>A variable of the workflow.</summary>
internal sealed record Variable(string Name, IrKind Kind, bool IsFailure);
