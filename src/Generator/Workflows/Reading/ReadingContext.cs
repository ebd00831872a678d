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
    private readonly Dictionary<ISymbol, (IReadOnlyList<IrExpression> Elements, int Depth, bool IsParallel)> _tuples = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _flows = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _external = new(StringComparer.Ordinal);
    private readonly HashSet<string> _holdsExternal = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Location> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsure = new(StringComparer.Ordinal);
    private readonly HashSet<Location> _reported = [];
    private readonly List<ChildModel> _children = [];
    private readonly List<TypeRef> _payloads = [];

    public ReadingContext(
        IMethodSymbol method,
        SemanticModel semantics,
        WorkflowSymbols symbols,
        EquatableArray<StepModel> steps,
        bool isExpress,
        ImmutableArray<Finding>.Builder findings,
        CancellationToken cancellationToken)
    {
        Method = method;
        Semantics = semantics;
        Symbols = symbols;
        Steps = steps;
        IsExpress = isExpress;
        Labels = new Labels(steps);
        Enums = new EnumJson(semantics.Compilation);
        Durations = new DurationConstants(this);
        Function = new FunctionScope(method, 0, false);
        CancellationToken = cancellationToken;
        _findings = findings;
        if (method.Parameters.Length > 0)
        {
            DeclareFlow(method.Parameters[0]);
        }

        if (method.Parameters.Length > 1)
        {
            Input = Declare(method.Parameters[1], method.Parameters[1].Type, external: true);
            MarkUnsure(Input);
        }
    }

    public IMethodSymbol Method { get; }

    /// <summary>The semantics of the file of the function that is being read.</summary>
    public SemanticModel Semantics { get; private set; }

    public WorkflowSymbols Symbols { get; }

    public EquatableArray<StepModel> Steps { get; }

    /// <summary>Whether the workflow asks to run as an Express workflow, which may do less.</summary>
    public bool IsExpress { get; }

    public VariableNames Names { get; } = new();

    public Labels Labels { get; }

    /// <summary>Durations that are known, and locals that are counted in seconds.</summary>
    public DurationConstants Durations { get; }

    /// <summary>What must run before the statement that is being read.</summary>
    public Prelude Prelude { get; } = new();

    /// <summary>Who reads what an expression cannot: awaits, values of the workflow, throws.</summary>
    public IFlowReader Flow { get; set; } = null!;

    /// <summary>The function that is being read: the workflow's method, or the body of a branch.</summary>
    public FunctionScope Function { get; private set; }

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

    /// <summary>The workflows that were found to be run by this one.</summary>
    public EquatableArray<ChildModel> Children => _children.Distinct().ToEquatableArray();

    /// <summary>Types beyond those of steps that JSON contracts must know.</summary>
    public EquatableArray<TypeRef> Payloads => _payloads.Distinct().ToEquatableArray();

    public CancellationToken CancellationToken { get; }

    /// <summary>Reports an operation, unless the compiler has its own error for it.</summary>
    public void Reject(string rule, IOperation operation, string problem)
    {
        Problems++;
        if (operation is not IInvalidOperation && operation.Type?.TypeKind != TypeKind.Error && !operation.Descendants().Any(static inner => inner is IInvalidOperation))
        {
            Report(rule, operation.Syntax.GetLocation(), problem);
        }
    }

    /// <summary>Reports a place. A local function that is used twice is read twice, and has its faults once.</summary>
    public void Report(string rule, Location location, string problem)
    {
        Problems++;
        if (_reported.Add(location))
        {
            _findings.Add(Findings.Of(rule, location, Method.Name, problem));
        }
    }

    /// <summary>Notes where a call or wait stands.</summary>
    public string Placed(string label, IOperation operation)
    {
        _places[label] = operation.Syntax.GetLocation();
        return label;
    }

    /// <summary>Where a call or wait stands that has a label.</summary>
    public Location? PlaceOf(string label) => _places.TryGetValue(label, out var place) ? place : null;

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
        var variable = Temporary(name, value.Kind, IsExternal(value));
        Before(new IrAssign(variable.Name, value, IrSource.None));
        if (HoldsExternal(value))
        {
            MarkHoldsExternal(variable.Name);
        }

        return variable;
    }

    /// <summary>A new variable that no local stands for.</summary>
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

    public string Declare(IParameterSymbol parameter, bool external) => Declare(parameter, parameter.Type, external);

    /// <summary>The failure that a catch clause names. Clauses of one <c>try</c> share a variable.</summary>
    /// <param name="mayBeNull">Whether it is a variable that keeps a failure for later, if there was one.</param>
    public void DeclareFailure(ILocalSymbol local, string name, bool mayBeNull = false)
    {
        _variables[local] = new Variable(name, IrKind.Object, IsFailure: true, Function.Depth);
        if (mayBeNull)
        {
            MarkUnsure(name);
        }
    }

    /// <summary>Keeps what a tuple local stands for: tuples have no JSON of their own.</summary>
    /// <param name="isParallel">Whether it has the results of <c>flow.Parallel</c>.</param>
    public void DeclareTuple(ILocalSymbol local, IReadOnlyList<IrExpression> elements, bool isParallel = false) => _tuples[local] = (elements, Function.Depth, isParallel);

    /// <summary>Why a tuple cannot be used as a whole.</summary>
    public (string Rule, string Problem) ProblemOfTuple(ISymbol local) => _tuples.TryGetValue(local, out var tuple) && tuple.IsParallel
        ? (RuleIdentifiers.FanOut, FlowReader.TupleProblem)
        : (RuleIdentifiers.UnsupportedExpression, $"uses '{local.Name}' as one value, which has no JSON: use its members, or a record instead");

    public IReadOnlyList<IrExpression>? FindTuple(ISymbol local) => _tuples.TryGetValue(local, out var tuple) ? tuple.Elements : null;

    /// <summary>How many bodies of branches a tuple is declared within.</summary>
    public int TupleDepth(ISymbol local) => _tuples.TryGetValue(local, out var tuple) ? tuple.Depth : 0;

    public Variable? Find(ISymbol symbol) => _variables.TryGetValue(symbol, out var variable) ? variable : null;

    /// <summary>Says that a variable was given a value from outside.</summary>
    public void MarkExternal(string variable) => _external.Add(variable);

    /// <summary>Says that a variable was given an object that holds a value from outside.</summary>
    public void MarkHoldsExternal(string variable) => _holdsExternal.Add(variable);

    /// <summary>Says that a variable may be null whatever its type says, because JSON from outside lacked it.</summary>
    public void MarkUnsure(string variable) => _unsure.Add(variable);

    /// <summary>Whether a value may be null whatever its type says.</summary>
    public bool IsUnsure(IrExpression expression) => expression switch
    {
        IrMember member => member.MayBeMissing || member.MayBeNull,
        IrVariable variable => _unsure.Contains(variable.Name),
        IrCoalesce either => IsUnsure(either.Right),
        IrConditional choice => IsUnsure(choice.Then) || IsUnsure(choice.Else),
        IrElement element => IsExternal(element.List),
        _ => false,
    };

    public void AddChild(string expression, string workflow) => _children.Add(new ChildModel(expression, workflow));

    public void AddPayload(ITypeSymbol? type)
    {
        if (type is not null && type.SpecialType != SpecialType.System_Void && !Readings.IsBroken(type))
        {
            _payloads.Add(Readings.TypeOf(type));
        }
    }

    /// <summary>Reads the body of a function within the workflow: of a branch, or of a map's element.</summary>
    public T Within<T>(IMethodSymbol function, Func<T> read)
    {
        var outer = Function;
        Function = new FunctionScope(function, outer.Depth + 1, !function.IsAsync, outer);
        try
        {
            return read();
        }
        finally
        {
            Function = outer;
        }
    }

    /// <summary>Reads the body of a function where it is called.</summary>
    public T Inlined<T>(FunctionScope function, SemanticModel semantics, Func<T> read)
    {
        var (outer, semanticsOutside) = (Function, Semantics);
        (Function, Semantics) = (function, semantics);
        try
        {
            return read();
        }
        finally
        {
            (Function, Semantics) = (outer, semanticsOutside);
        }
    }

    /// <summary>Whether an operation is the workflow's own <c>IWorkflow</c> parameter.</summary>
    public bool IsFlow(IOperation? operation) =>
        FlowCallReader.WithoutConversions(operation) is IParameterReferenceOperation { Parameter: { } parameter } && IsFlow(parameter);

    /// <summary>Whether a parameter stands for the workflow: the method's own, or one of a function that was handed it.</summary>
    public bool IsFlow(ISymbol symbol) => _flows.Contains(symbol);

    /// <summary>Says that a parameter stands for the workflow.</summary>
    public void DeclareFlow(IParameterSymbol parameter) => _flows.Add(parameter);

    /// <summary>Says that a parameter is another name for a variable.</summary>
    public void DeclareAs(IParameterSymbol parameter, Variable variable) => _variables[parameter] = variable;

    /// <summary>Whether a value comes from outside our own code, so that declared members may be missing in its JSON.</summary>
    public bool IsExternal(IrExpression expression) => expression switch
    {
        IrVariable variable => _external.Contains(variable.Name),
        IrMember member => IsExternal(member.Target) || HoldsExternal(member.Target),
        IrObject => false, // made here, with every member
        IrMerge merge => IsExternal(merge.Target),
        { Kind: IrKind.Object or IrKind.List } => IrWalk.Parts(expression).Any(part => IsExternal(part) || HoldsExternal(part)),
        _ => false,
    };

    /// <summary>Whether the result of a step is such a value: an endpoint's answer, or JSON whose context leaves members out.</summary>
    public bool IsExternal(StepModel step) => step.Endpoint is not null || (step.Output is { } output && MayLackMembers(output));

    /// <summary>Whether JSON of the type may lack members that are no null even where our own code wrote it.</summary>
    public bool MayLackMembers(TypeRef type) => JsonContracts.LeavesOutDefaults(type, Semantics.Compilation, CancellationToken);

    /// <summary>Whether an object that was made here has a member whose value comes from outside.</summary>
    public bool HoldsExternal(IrExpression expression) => expression switch
    {
        IrVariable variable => _holdsExternal.Contains(variable.Name),
        IrObject or IrMerge => IrWalk.Parts(expression).Any(part => IsExternal(part) || HoldsExternal(part)),
        _ => false,
    };

    private string Declare(ISymbol symbol, ITypeSymbol type, bool external)
    {
        var name = Names.Take(symbol.Name);
        _variables[symbol] = new Variable(name, KindOf(type), IsFailure: false, Function.Depth);
        if (external)
        {
            _external.Add(name);
        }

        return name;
    }
}

/// <summary>A variable of the workflow.</summary>
/// <param name="Depth">How many bodies of branches it is within: only its own function assigns it.</param>
internal sealed record Variable(string Name, IrKind Kind, bool IsFailure, int Depth);

/// <summary>A function that is being read.</summary>
/// <param name="symbol">The function.</param>
/// <param name="depth">How many bodies of branches it is within.</param>
/// <param name="returnsTask">Whether it hands on a task instead of awaiting it: <c>item => flow.Step(Pack, item)</c>.</param>
/// <param name="outer">The function around it.</param>
/// <param name="end">Where a function that is read at its call ends; <see langword="null"/> for one that engines run as a whole.</param>
internal sealed class FunctionScope(IMethodSymbol symbol, int depth, bool returnsTask, FunctionScope? outer = null, InlineEnd? end = null)
{
    public IMethodSymbol Symbol { get; } = symbol;

    public int Depth { get; } = depth;

    public bool ReturnsTask { get; } = returnsTask;

    public FunctionScope? Outer { get; } = outer;

    public Jumps Jumps { get; } = new(end);

    /// <summary>The variables of the failures that are being handled, the innermost one last.</summary>
    public Stack<string> Failures { get; } = new();

    /// <summary>Whether a function is this one or one around it.</summary>
    public bool IsWithin(IMethodSymbol function) =>
        SymbolEqualityComparer.Default.Equals(Symbol, function) || Outer?.IsWithin(function) == true;
}
