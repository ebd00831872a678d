using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Workflows;

/// <summary>
/// Writes the step that evaluates an expression of a workflow's body for engines that cannot: one method with the expression as it stands
/// in the body, and one that reads its variables from the payload.
/// </summary>
internal static class LiftedStepWriter
{
    private const string Json = "global::System.Text.Json.";

    /// <summary>Reads one variable.</summary>
    public static void Reader(SourceWriter writer)
    {
        writer.Line()
            .Line("// A variable of an expression, by the contract of its type.")
            .Line($"private static T Variable<T>({Json}JsonElement payload, string name, {Json}Serialization.Metadata.JsonTypeInfo<T> type) =>")
            .Line($"    {Json}JsonSerializer.Deserialize(payload.GetProperty(name), type)!;")
            .Line()
            .Line($"private static T? Optional<T>({Json}JsonElement payload, string name, {Json}Serialization.Metadata.JsonTypeInfo<T> type)")
            .Line("    where T : struct =>")
            .Line($"    payload.GetProperty(name).ValueKind == {Json}JsonValueKind.Null ? null : Variable(payload, name, type);");
    }

    private static void Body(SourceWriter writer, LiftedModel lifted)
    {
        if (!IsBlock(lifted))
        {
            writer.Line($"    {lifted.Expression};");
            return;
        }

        writer.Open();
        if (lifted.IsFilter)
        {
            // To C#, a filter that throws is one that does not match.
            writer.Open("try").Line($"return {lifted.Expression};").Close().Open("catch").Line("return false;").Close();
        }
        else
        {
            writer.Line($"return {lifted.Expression};");
        }

        foreach (var function in lifted.Functions)
        {
            writer.Line().Line(function);
        }

        writer.Close();
    }

    private static bool IsBlock(LiftedModel lifted) => lifted.IsFilter || lifted.Functions.Count > 0;

    /// <summary>Writes the step.</summary>
    /// <param name="method">The name of the method that the step's definition names.</param>
    public static void Write(SourceWriter writer, StepModel step, LiftedModel lifted, JsonTypes json, string method, string bytes, string call)
    {
        var output = step.Output!;
        writer.Line()
            .Line("#pragma warning disable // what the compiler has to say about the expression, it says where the expression stands")
            .Line($"private static {output.FullName} {step.Name}({string.Join(", ", lifted.Variables.Select(static variable => $"{variable.Type.FullName} {CodeFile.Name(variable.Name)}"))}){(IsBlock(lifted) ? "" : " =>")}");
        Body(writer, lifted);
        writer.Line("#pragma warning restore")
            .Line(CodeFile.Silenced)
            .Line()
            .Open($"private static global::System.Threading.Tasks.ValueTask<{bytes}> {method}({call} call)");
        if (lifted.Variables.Count > 0)
        {
            writer.Line($"using var payload = {Json}JsonDocument.Parse(call.Payload);");
        }

        writer.Line($"var result = {step.Name}(");
        writer.Indentation++;
        for (var i = 0; i < lifted.Variables.Count; i++)
        {
            var (name, type) = (lifted.Variables[i].Name, lifted.Variables[i].Type);
            var read = type.IsNullableValue ? "Optional" : "Variable";
            writer.Line($"{read}(payload.RootElement, {CodeFile.Text(name)}, {json.Expression(type.Underlying)}){(i < lifted.Variables.Count - 1 ? "," : "")}");
        }

        writer.Indentation--;
        writer.Line(");");
        writer.Line(output.IsNullableValue
            ? $"return new(result is {{ }} value ? {call}.Output(value, {json.Expression(output.Underlying)}) : {call}.NoOutput);"
            : $"return new({call}.Output(result, {json.Expression(output)}));").Close();
    }
}
