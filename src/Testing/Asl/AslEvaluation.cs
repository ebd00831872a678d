using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <summary>An expression as it was evaluated in a run: enough to evaluate it again elsewhere, such as with the reference implementation of JSONata.</summary>
public sealed class AslEvaluation
{
    private readonly IReadOnlyDictionary<string, object?> _variables;
    private readonly object? _result;

    internal AslEvaluation(string expression, IReadOnlyDictionary<string, object?> variables, object? result, string? errorCode) =>
        (Expression, _variables, _result, ErrorCode) = (expression, variables, result, errorCode);

    /// <summary>The expression, without delimiters.</summary>
    public string Expression { get; }

    /// <summary>The variables that the expression names, as JSON text; <c>states</c> is one of them.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables
        .Where(variable => variable.Value is not null && Expression.Contains("$" + variable.Key, StringComparison.Ordinal))
        .ToDictionary(static variable => variable.Key, static variable => JsonataJson.Write(variable.Value!), StringComparer.Ordinal);

    /// <summary>The result as JSON text; <see langword="null"/> when it was undefined or an error.</summary>
    public string? ResultJson => _result is null ? null : JsonataJson.Write(_result);

    /// <summary>JSONata's code of the error; <see langword="null"/> when there was none.</summary>
    public string? ErrorCode { get; }
}
