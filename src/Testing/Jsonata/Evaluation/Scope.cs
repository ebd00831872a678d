using Portable.Testing.Jsonata.Syntax;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>Variables of a block or function, and what encloses them.</summary>
internal sealed class Scope(Scope? parent, EvaluationClock clock)
{
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);

    public EvaluationClock Clock { get; } = clock;

    /// <summary>The variable's value, or the built-in function of that name, or undefined.</summary>
    public object? Lookup(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._variables.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return Library.Find(name);
    }

    public object? Bind(string name, object? value) => _variables[name] = value;

    public Scope Child() => new(this, Clock);

    private Scope? Parent { get; } = parent;
}

/// <summary>What an expression may ask of the world, fixed for one evaluation so that results repeat.</summary>
internal sealed record EvaluationClock(DateTimeOffset Now, Func<Guid> NewGuid);

/// <summary>A function written in an expression.</summary>
internal sealed class Lambda(LambdaNode node, object? input, Scope scope) : IJsonataFunction
{
    public LambdaNode Node { get; } = node;

    public object? Input { get; } = input;

    public Scope Scope { get; } = scope;

    public int Arity => Node.Parameters.Count;
}

/// <summary>The body of a built-in function. Arguments are checked against the signature first.</summary>
internal delegate object? NativeBody(Invocation call);

/// <summary>A built-in function.</summary>
internal sealed class Native(string name, Signature? signature, int arity, NativeBody body) : IJsonataFunction
{
    public string Name { get; } = name;

    public Signature? Signature { get; } = signature;

    public int Arity { get; } = arity;

    public NativeBody Body { get; } = body;
}

/// <summary>One call of a built-in function.</summary>
internal readonly struct Invocation(object?[] arguments, Evaluator evaluator, EvaluationClock clock)
{
    public EvaluationClock Clock { get; } = clock;

    public object? this[int index] => index < arguments.Length ? arguments[index] : null;

    public int Count => arguments.Length;

    public bool Has(int index) => this[index] is not null;

    public string Text(int index) => (string)Required(index);

    public double Number(int index) => (double)Required(index);

    public JsonataList List(int index) => (JsonataList)Required(index);

    /// <summary>Calls a function argument with as many of the arguments as it takes, at least one.</summary>
    public object? Call(int function, params object?[] candidates)
    {
        var target = (IJsonataFunction)this[function]!;
        return evaluator.Apply(target, candidates[..Math.Clamp(target.Arity, 1, candidates.Length)], JsonNull.Value, Clock);
    }

    // The reference computes with JavaScript's undefined here, which other implementations do not follow.
    private object Required(int index) => this[index] ?? throw new JsonataNotSupportedException("A call with an undefined argument");
}
