using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Security;

/// <summary>Knows the calls that write to a log: those of <c>ILogger</c>, methods with <c>[LoggerMessage]</c>, and the console, which is a log where functions run.</summary>
internal static class LogCalls
{
    /// <summary>Whether a call writes to a log.</summary>
    public static bool Is(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType is not { } type)
        {
            return false;
        }

        return (type.Name, method.Name) switch
        {
            ("Console", "Write" or "WriteLine") => IsSystem(type.ContainingNamespace),
            ("TextWriter", "Write" or "WriteLine" or "WriteAsync" or "WriteLineAsync") => call.Instance is IPropertyReferenceOperation { Property: { Name: "Out" or "Error", ContainingType.Name: "Console" } },
            ("LoggerExtensions" or "ILogger", var name) => (name.StartsWith("Log", StringComparison.Ordinal) || name == "BeginScope") && type.ContainingNamespace is { Name: "Logging", ContainingNamespace: { Name: "Extensions", ContainingNamespace.Name: "Microsoft" } },
            _ => method.DeclaringSyntaxReferences.Length > 0 && method.IsPartialDefinition && IsLoggerMessage(method),
        };
    }

    /// <summary>Whether the call writes the members of what it is given: <c>{@Order}</c>, or <c>[LogProperties]</c>.</summary>
    public static bool TakesApart(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: string text } && text.Contains("{@"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a method writes its first argument as JSON.</summary>
    public static bool IsJson(IMethodSymbol method) => (method.ContainingType?.Name, method.Name) is ("JsonSerializer", "Serialize" or "SerializeToUtf8Bytes" or "SerializeToElement" or "SerializeToNode") or ("JsonConvert", "SerializeObject");

    private static bool IsLoggerMessage(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "LoggerMessageAttribute")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSystem(INamespaceSymbol space) => space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}
