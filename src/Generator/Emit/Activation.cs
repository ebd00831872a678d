using Portable.Generator.Model;

namespace Portable.Generator.Emit;

/// <summary>Writes how the object is made that a handler, step or workflow belongs to.</summary>
internal static class Activation
{
    /// <summary>What to call the method on: the type, or a new object of it.</summary>
    public static string Target(ActivationModel model, JsonTypes json)
    {
        if (model.IsStatic)
        {
            return model.Type.FullName;
        }

        var arguments = string.Join(", ", model.Dependencies.Select(dependency => Service(dependency.Type, output: dependency.Output, json: json, secret: dependency.Secret)));
        var client = model.HasInference ? $" {{ InferenceClient = {Service("global::Portable.IInferenceClient")} }}" : "";
        return $"new {model.Type.FullName}({arguments}){client}";
    }

    public static string Service(TypeRef type, bool optional = false, OutputModel? output = null, JsonTypes? json = null, string? secret = null) => output switch
    {
        { Kind: SendKind.Queue } => $"services.GetQueue<{output.Payload!.FullName}>({CodeFile.Text(output.Name)}, {json!.Expression(output.Payload)})",
        { Kind: SendKind.Bucket } => $"services.GetBucket({CodeFile.Text(output.Name)})",
        _ when secret is not null => $"services.GetSecret({CodeFile.Text(secret)})",
        _ => Service(type.FullName, optional),
    };

    private static string Service(string type, bool optional = false) => $"services.{(optional ? "GetService" : "GetRequiredService")}<{type}>()";
}
