using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Inference;

/// <summary>Knows the libraries that run models in the process, by the names of their types. What only prepares input, such as a tokenizer, is not among them.</summary>
internal static class ModelRuntimes
{
    private static readonly string[] Known =
    [
        "Microsoft.ML.OnnxRuntime.InferenceSession", "Microsoft.ML.OnnxRuntimeGenAI.Model", "Microsoft.ML.MLContext", "Microsoft.Extensions.ML.PredictionEnginePool`2",
        "TorchSharp.torch", "Tensorflow.Session", "LLama.LLamaWeights", "Whisper.net.WhisperFactory",
    ];

    /// <summary>Whether a compilation knows any of them; if not, there is nothing to look for.</summary>
    public static bool AreReferenced(Compilation compilation)
    {
        foreach (var name in Known)
        {
            if (compilation.GetTypeByMetadataName(name) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type is a model that is loaded, or what runs one.</summary>
    public static bool IsModel(ITypeSymbol? type) => type?.Name switch
    {
        "InferenceSession" => TypeNames.IsIn(type.ContainingNamespace, "Microsoft.ML.OnnxRuntime"),
        "Model" or "Generator" => TypeNames.IsIn(type.ContainingNamespace, "Microsoft.ML.OnnxRuntimeGenAI"),
        "PredictionEngine" or "PredictionEngineBase" or "ITransformer" => TypeNames.IsIn(type.ContainingNamespace, "Microsoft.ML"),
        "PredictionEnginePool" => TypeNames.IsIn(type.ContainingNamespace, "Microsoft.Extensions.ML"),
        "Module" or "ScriptModule" => TypeNames.IsUnder(type.ContainingNamespace, "TorchSharp"),
        "Session" or "IModel" => TypeNames.IsUnder(type.ContainingNamespace, "Tensorflow"),
        "LLamaWeights" or "LLamaContext" or "LLamaEmbedder" or "InteractiveExecutor" or "InstructExecutor" or "StatelessExecutor" or "ChatSession" => TypeNames.IsIn(type.ContainingNamespace, "LLama"),
        "WhisperFactory" or "WhisperProcessor" => TypeNames.IsIn(type.ContainingNamespace, "Whisper.net"),
        _ => false,
    };

    /// <summary>What a call loads or runs, as messages name it; <see langword="null"/> when it is none of these.</summary>
    public static string? NameOf(IInvocationOperation call)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        var type = method.ContainingType;
        if (IsModel(type) && method.Name is not ("Dispose" or "DisposeAsync" or "ToString" or "GetType" or "Equals" or "GetHashCode"))
        {
            return $"{type.Name}.{method.Name}";
        }

        var loads = method.Name switch
        {
            "Load" or "LoadWithDataLoader" or "CreatePredictionEngine" => TypeNames.Is(type, "Microsoft.ML", "ModelOperationsCatalog"),
            "GetPredictionEngine" or "Predict" => TypeNames.IsIn(type.ContainingNamespace, "Microsoft.Extensions.ML"),
            "load" => TypeNames.IsUnder(type.ContainingNamespace, "TorchSharp"),
            "load_model" or "LoadModel" or "Session" => TypeNames.IsUnder(type.ContainingNamespace, "Tensorflow"),
            _ => false,
        };
        return loads ? $"{type.Name}.{method.Name}" : null;
    }

    /// <summary>The first thing in a body that loads or runs a model.</summary>
    /// <param name="code">The body.</param>
    /// <param name="own">The class whose own members and parameters do not count, since it is reported where they are made or injected.</param>
    public static (SyntaxNode Node, string What)? FirstIn(BodyFacts code, INamedTypeSymbol? own)
    {
        (SyntaxNode Node, string What)? first = null;
        foreach (var creation in code.Creations)
        {
            if (IsModel(creation.Type))
            {
                first = (creation.Syntax, "new " + creation.Type!.Name);
                break;
            }
        }

        foreach (var call in code.Calls)
        {
            if ((first is null || call.Syntax.SpanStart < first.Value.Node.SpanStart) && NameOf(call) is { } name && !(own is not null && IsModel(call.TargetMethod.ContainingType) && InstanceOf.IsOwn(call, own)))
            {
                return (call.Syntax, name);
            }
        }

        return first;
    }
}
