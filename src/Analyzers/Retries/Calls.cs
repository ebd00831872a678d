using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Retries;

/// <summary>What calls are for, by where their methods are declared.</summary>
internal static class Calls
{
    /// <summary>Whether a call only tells: a log, a trace, a meter, the console, or the text of something.</summary>
    public static bool Tells(IInvocationOperation call)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "LoggerMessageAttribute")
            {
                return true;
            }
        }

        return method.ContainingType is { ContainingNamespace: { IsGlobalNamespace: false } space } type && ExternalCalls.Top(space).Name switch
        {
            "Serilog" or "NLog" or "log4net" or "OpenTelemetry" => true,
            "Microsoft" => space.ToDisplayString() is var name && (name.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal) || name.StartsWith("Microsoft.ApplicationInsights", StringComparison.Ordinal)),
            "Amazon" => type.Name is "LambdaLogger" or "ILambdaLogger",
            "System" => type.Name is "Console" or "TextWriter" or "String" or "Exception" or "Object" or "Type" or "Convert" or "Math"
                || type.SpecialType != SpecialType.None
                || space.ToDisplayString().StartsWith("System.Diagnostics", StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>Whether a call is part of what a function is for: one of the project or of a library, or one that leaves the process. The framework's own only prepare it.</summary>
    public static bool Works(IInvocationOperation call) =>
        ExternalCalls.Classify(call) is not null
        || (!Tells(call)
            && !(call.TargetMethod.ContainingNamespace is { IsGlobalNamespace: false } space && ExternalCalls.Top(space).Name is "System" or "Microsoft" or "Portable"));
}
