using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>Reads what a call of an HTTP client sends, as far as it stands beside the call.</summary>
internal static class HttpRequests
{
    // Requests that are sent with POST for their length or by custom and only ask.
    private static readonly string[] Questions =
        ["search", "query", "graphql", "token", "oauth", "login", "validate", "check", "lookup", "quote", "preview", "predict", "infer", "score", "completions", "embeddings", "calculate", "estimate", "convert"];

    /// <summary>The method of the request, which is made in the call or in a local variable just for it: <c>POST</c>. <see langword="null"/> when that is not known.</summary>
    public static string? MethodOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (RequestOf(argument.Value) is { } request)
            {
                return MethodOf(request);
            }
        }

        return null;
    }

    /// <summary>Whether a request asks and changes nothing although it is sent with POST: a search, a token, a prediction, by the last part of its constant address.</summary>
    public static bool OnlyAsks(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (TextOf(argument.Value) is { } direct)
            {
                return IsQuestion(direct);
            }

            if (RequestOf(argument.Value) is { } request)
            {
                foreach (var part in request.Arguments)
                {
                    if (TextOf(part.Value) is { } address)
                    {
                        return IsQuestion(address);
                    }
                }
            }
        }

        return false;
    }

    private static bool IsQuestion(string address)
    {
        var path = address.Split('?')[0].TrimEnd('/');
        var last = path.Substring(path.LastIndexOfAny(['/', ':']) + 1);
        foreach (var word in Questions)
        {
            if (last.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return path.IndexOf("/oauth", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    /// <summary>A constant address, or the last constant part of an interpolated one.</summary>
    private static string? TextOf(IOperation value)
    {
        switch (value)
        {
            case { ConstantValue: { HasValue: true, Value: string text } }:
                return text;
            case IConversionOperation conversion:
                return TextOf(conversion.Operand);
            case IObjectCreationOperation { Type.Name: "Uri", Arguments: [var first, ..] }:
                return TextOf(first.Value);
            case IInterpolatedStringOperation { Parts: [.., var last] }:
                return last is IInterpolatedStringTextOperation part ? TextOf(part.Text) : "";
            default:
                return null;
        }
    }

    private static IObjectCreationOperation? RequestOf(IOperation value) => value switch
    {
        IObjectCreationOperation creation => creation,
        ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declaration] }, SemanticModel: { } model }
            when declaration.SyntaxTree == model.SyntaxTree
            && model.GetOperation(declaration.GetSyntax()) is IVariableDeclaratorOperation { Initializer.Value: IObjectCreationOperation made } => made,
        _ => null,
    };

    private static string? MethodOf(IObjectCreationOperation request)
    {
        foreach (var argument in request.Arguments)
        {
            if (Verb(argument.Value) is { } verb)
            {
                return verb;
            }
        }

        if (request.Initializer is not { } members)
        {
            return null;
        }

        foreach (var initializer in members.Initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Method" } } set && Verb(set.Value) is { } verb)
            {
                return verb;
            }
        }

        return null;
    }

    private static string? Verb(IOperation value) => value switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "HttpMethod" } verb } => verb.Name.ToUpperInvariant(),
        IObjectCreationOperation { Type.Name: "HttpMethod", Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string name } }] } => name.ToUpperInvariant(),
        _ => null,
    };
}
