using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Size;

/// <summary>Knows the calls that read and write JSON by reflection.</summary>
internal static class JsonCalls
{
    /// <summary>Whether a call is one of System.Text.Json that is given no contract, and has an overload that takes one.</summary>
    public static bool IsReflected(IInvocationOperation call)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        var type = method.ContainingType;
        return type?.Name switch
        {
            "JsonSerializer" => IsSerializer(method) && Clients.Is(type.ContainingNamespace, "System.Text.Json") && !HasContract(call, method),
            "HttpClientJsonExtensions" or "HttpContentJsonExtensions" => Clients.Is(type.ContainingNamespace, "System.Net.Http.Json") && !HasContract(call, method),
            "JsonContent" => method.Name == "Create" && Clients.Is(type.ContainingNamespace, "System.Net.Http.Json") && !HasContract(call, method),
            _ => false,
        };
    }

    /// <summary>Whether a call is one of Newtonsoft.Json, which knows nothing but reflection.</summary>
    public static bool IsNewtonsoft(IInvocationOperation call) => call.TargetMethod is { ContainingType: { } type } method && type.Name switch
    {
        "JsonConvert" => method.Name.StartsWith("SerializeObject", StringComparison.Ordinal) || method.Name.StartsWith("Deserialize", StringComparison.Ordinal) || method.Name == "PopulateObject",
        "JToken" or "JObject" or "JArray" => method.Name is "FromObject" or "ToObject",
        _ => false,
    } && Clients.IsUnder(type.ContainingNamespace, "Newtonsoft");

    /// <summary>The argument with the options, when the call states one.</summary>
    public static IArgumentOperation? Options(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type.Name: "JsonSerializerOptions" })
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>The type that is read or written, where the call says it as a type argument.</summary>
    public static ITypeSymbol? TypeOf(IInvocationOperation call) => call.TargetMethod.TypeArguments is [var type, ..] ? type : null;

    /// <summary>Whether a value is null as written.</summary>
    public static bool IsNull(IOperation value) => Clients.Bare(value) is ILiteralOperation { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation;

    private static bool IsSerializer(IMethodSymbol method) =>
        method.Name.StartsWith("Serialize", StringComparison.Ordinal) || method.Name.StartsWith("Deserialize", StringComparison.Ordinal);

    private static bool HasContract(IInvocationOperation call, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.Name is "JsonTypeInfo" or "JsonSerializerContext")
            {
                return true;
            }
        }

        return Options(call) is { } options && !AreReflected(Clients.Bare(options.Value));
    }

    // Options may have a resolver of contracts. Of those that are made elsewhere it is not known.
    private static bool AreReflected(IOperation options) => options switch
    {
        _ when IsNull(options) => true,
        IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "JsonSerializerOptions" } } => true,
        IObjectCreationOperation { Type.Name: "JsonSerializerOptions", Arguments: [] or [{ Parameter.Type.Name: "JsonSerializerDefaults" }] } made => !SetsResolver(made),
        _ => false,
    };

    private static bool SetsResolver(IObjectCreationOperation options)
    {
        if (options.Initializer is not { } initializer)
        {
            return false;
        }

        foreach (var value in initializer.Initializers)
        {
            if (value is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "TypeInfoResolver" } }
                or IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: "TypeInfoResolverChain" } })
            {
                return true;
            }
        }

        return false;
    }
}
