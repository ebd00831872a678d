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

    // The value and the variables that were set, as one object.
    private static void Several(SourceWriter writer, LiftedModel lifted, TypeRef output, JsonTypes json)
    {
        writer.Line("var buffer = new global::System.Buffers.ArrayBufferWriter<byte>();").Open($"using (var writer = new {Json}Utf8JsonWriter(buffer))").Line("writer.WriteStartObject();");
        Member(writer, LiftedModel.ValueName, "result", output, json);
        for (var i = 0; i < lifted.Outputs.Count; i++)
        {
            Member(writer, LiftedModel.OutputName(i), LiftedModel.OutputName(i), lifted.Outputs[i].Type, json);
        }

        writer.Line("writer.WriteEndObject();").Close().Line().Line("return new(buffer.WrittenMemory);").Close();
    }

    private static void Member(SourceWriter writer, string name, string variable, TypeRef type, JsonTypes json)
    {
        writer.Line($"writer.WritePropertyName({CodeFile.Text(name)});");
        if (type.IsNullableValue)
        {
            writer.Open($"if ({variable} is {{ }} some_{name})").Line($"{Json}JsonSerializer.Serialize(writer, some_{name}, {json.Expression(type.Underlying)});").Close().Open("else").Line("writer.WriteNullValue();").Close();
        }
        else
        {
            writer.Line($"{Json}JsonSerializer.Serialize(writer, {variable}{(type.IsValueType ? "" : "!")}, {json.Expression(type)});");
        }
    }

    private static void Body(SourceWriter writer, LiftedModel lifted)
    {
        if (!IsBlock(lifted))
        {
            writer.Line($"    {lifted.Expression};");
            return;
        }

        writer.Open();
        foreach (var output in lifted.Outputs)
        {
            writer.Line($"{CodeFile.Name(output.Name)} = default!;"); // a call behind '&&' may not be made
        }

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

    private static bool IsBlock(LiftedModel lifted) => lifted.IsFilter || lifted.Functions.Count > 0 || lifted.Outputs.Count > 0;

    /// <summary>Writes the step.</summary>
    /// <param name="method">The name of the method that the step's definition names.</param>
    public static void Write(SourceWriter writer, StepModel step, LiftedModel lifted, JsonTypes json, string method, string bytes, string call)
    {
        var output = step.Output!;
        writer.Line()
            .Line("#pragma warning disable // what the compiler has to say about the expression, it says where the expression stands")
            .Line($"private static {output.FullName} {step.Name}({string.Join(", ", lifted.Variables.Select(static variable => $"{variable.Type.FullName} {CodeFile.Name(variable.Name)}").Concat(lifted.Outputs.Select(static output => $"out {output.Type.FullName} {CodeFile.Name(output.Name)}")))}){(IsBlock(lifted) ? "" : " =>")}");
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
            writer.Line($"{read}(payload.RootElement, {CodeFile.Text(name)}, {json.Expression(type.Underlying)}){(i < lifted.Variables.Count + lifted.Outputs.Count - 1 ? "," : "")}");
        }

        for (var i = 0; i < lifted.Outputs.Count; i++)
        {
            writer.Line($"out var {LiftedModel.OutputName(i)}{(i < lifted.Outputs.Count - 1 ? "," : "")}");
        }

        writer.Indentation--;
        writer.Line(");");
        if (lifted.Outputs.Count > 0)
        {
            Several(writer, lifted, output, json);
            return;
        }

        writer.Line(output.IsNullableValue
            ? $"return new(result is {{ }} value ? {call}.Output(value, {json.Expression(output.Underlying)}) : {call}.NoOutput);"
            : $"return new({call}.Output(result, {json.Expression(output)}));").Close();
    }
}
