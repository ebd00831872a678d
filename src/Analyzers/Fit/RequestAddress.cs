using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Fit;

/// <summary>An address that code sends a request to, as far as it is known.</summary>
/// <param name="Node">Where the address stands, or the call with it.</param>
/// <param name="Method">The HTTP method; <see langword="null"/> when it is not known.</param>
/// <param name="Text">The address, with <see cref="Unknown"/> for what is not constant.</param>
internal readonly record struct RequestAddress(SyntaxNode Node, string? Method, string Text)
{
    /// <summary>Stands for what is known at run time only.</summary>
    public const char Unknown = '\0';

    private static readonly string[] Verbs = ["Get", "Post", "Put", "Patch", "Delete"];

    /// <summary>The addresses of a body: arguments of <c>HttpClient</c>'s methods and of <c>HttpRequestMessage</c>, and base addresses.</summary>
    public static List<RequestAddress>? In(BodyFacts code)
    {
        List<RequestAddress>? found = null;
        foreach (var call in code.Calls)
        {
            var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
            if (method.ContainingType?.Name is "HttpClient" or "HttpClientJsonExtensions" && TypeNames.IsUnder(method.ContainingType.ContainingNamespace, "System.Net.Http"))
            {
                Add(ref found, call.Syntax, VerbOf(method.Name), call.Arguments);
            }
        }

        foreach (var creation in code.Creations)
        {
            if (TypeNames.Is(creation.Type, "System.Net.Http", "HttpRequestMessage"))
            {
                Add(ref found, creation.Syntax, VerbOf(creation.Arguments), creation.Arguments);
            }
        }

        foreach (var written in code.Written)
        {
            if (written is IPropertyReferenceOperation { Property: { Name: "BaseAddress" } property } && written.Parent is ISimpleAssignmentOperation assignment && TypeNames.Is(property.ContainingType, "System.Net.Http", "HttpClient") && Read(assignment.Value) is { } text)
            {
                (found ??= []).Add(new RequestAddress(assignment.Syntax, null, text));
            }
        }

        return found;
    }

    private static void Add(ref List<RequestAddress>? found, SyntaxNode node, string? verb, IEnumerable<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name is "requestUri" or "requestUriString" && Read(argument.Value) is { } text)
            {
                (found ??= []).Add(new RequestAddress(node, verb, text));
            }
        }
    }

    private static string? VerbOf(string method)
    {
        foreach (var verb in Verbs)
        {
            if (method.StartsWith(verb, StringComparison.Ordinal))
            {
                return verb.ToUpperInvariant();
            }
        }

        return null;
    }

    private static string? VerbOf(IEnumerable<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value is IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "HttpMethod" } verb })
            {
                return verb.Name.ToUpperInvariant();
            }
        }

        return null;
    }

    /// <summary>The text of an address; <see langword="null"/> when nothing of it is known.</summary>
    private static string? Read(IOperation operation)
    {
        var text = new StringBuilder();
        Read(operation, text);
        return text.Length > 0 && text.ToString().Trim(Unknown).Length > 0 ? text.ToString() : null;
    }

    private static void Read(IOperation operation, StringBuilder text)
    {
        switch (operation)
        {
            case { ConstantValue: { HasValue: true, Value: string constant } }:
                text.Append(constant);
                break;
            case IConversionOperation conversion:
                Read(conversion.Operand, text);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                Read(sum.LeftOperand, text);
                Read(sum.RightOperand, text);
                break;
            case IInterpolatedStringOperation interpolated:
                foreach (var part in interpolated.Parts)
                {
                    Read(part is IInterpolatedStringTextOperation constant ? constant.Text : part, text);
                }

                break;
            case IObjectCreationOperation { Type.Name: "Uri", Arguments: [.., _] arguments }:
                foreach (var argument in arguments)
                {
                    if (argument.Parameter?.Type.Name is "String" or "Uri")
                    {
                        Read(argument.Value, text);
                    }
                }

                break;
            default:
                text.Append(Unknown);
                break;
        }
    }
}
