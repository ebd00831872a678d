using Portable.Testing.Jsonata.Evaluation;
using Portable.Testing.Jsonata.Syntax;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Jsonata;

/// <summary>
/// A JSONata expression, in the subset that Portable's emitters produce and then some: paths, filters, variables, constructors, operators,
/// conditionals, blocks, functions and most of the library. It agrees with the reference implementation (npm <c>jsonata</c> 2.2) including
/// its flattening, its collapsing of single results and its error codes; what it does not know is a
/// <see cref="JsonataNotSupportedException"/>. Step Functions' <c>$parse</c>, <c>$uuid</c>, <c>$partition</c>, <c>$range</c> and <c>$hash</c> are known too.
/// </summary>
public sealed class JsonataExpression
{
    private readonly Node _root;

    private JsonataExpression(string text, Node root) => (Text, _root) = (text, root);

    /// <summary>The expression's text.</summary>
    public string Text { get; }

    /// <summary>Parses an expression, without delimiters.</summary>
    /// <exception cref="JsonataException">The text is no expression; the code starts with <c>S</c>.</exception>
    /// <exception cref="JsonataNotSupportedException">The text uses a construct that is not simulated.</exception>
    public static JsonataExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new JsonataExpression(text, Parser.Parse(text));
    }

    /// <summary>Evaluates the expression.</summary>
    /// <param name="inputJson">The input document as JSON text; <see langword="null"/> for none.</param>
    /// <param name="variables">Variables by name, without the dollar sign, as JSON text.</param>
    /// <exception cref="JsonataException">The evaluation failed.</exception>
    public JsonataResult Evaluate(string? inputJson, IReadOnlyDictionary<string, string>? variables = null)
    {
        var values = variables?.ToDictionary(static variable => variable.Key, static variable => JsonataJson.Parse(variable.Value), StringComparer.Ordinal);
        var result = Evaluate(inputJson is null ? null : JsonataJson.Parse(inputJson), values ?? [], new EvaluationClock(DateTimeOffset.UnixEpoch, static () => Guid.Empty));
        return new JsonataResult(result is null ? null : JsonataJson.Write(result));
    }

    internal object? Evaluate(object? input, IReadOnlyDictionary<string, object?> variables, EvaluationClock clock)
    {
        var scope = new Scope(null, clock);
        foreach (var (name, value) in variables)
        {
            scope.Bind(name, value);
        }

        scope.Bind("$", input);
        var document = input is JsonataList { IsSequence: false } list ? new JsonataList([list]) { IsSequence = true, IsOuterWrapper = true } : input;
        try
        {
            return new Evaluator().Evaluate(_root, document, scope);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new JsonataException("D1011", "The evaluation is nested too deeply.");
        }
    }
}

/// <summary>The result of an expression.</summary>
/// <param name="Json">The value as JSON text; <see langword="null"/> when the result is undefined.</param>
public readonly record struct JsonataResult(string? Json)
{
    /// <summary>Whether there is no value.</summary>
    public bool IsUndefined => Json is null;
}
