using Portable.Generator.Emit.Validation;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>Writes how a parameter is bound to a request.</summary>
internal static class HttpBinding
{
    public static string Expression(ParameterModel parameter, FunctionUnit unit)
    {
        var name = CodeFile.Text(parameter.WireName);
        if (parameter.Source == ParameterSource.Body)
        {
            return $"binder.{(parameter.Optional ? "BodyOrNull" : "Body")}({unit.Json.Expression(parameter.Payload!)}{ValidatorEmitter.Argument(unit.Function.Validation, parameter.Payload!)})";
        }

        var type = parameter.Payload!;
        if (parameter.IsArray)
        {
            return $"binder.QueryAll<{type.FullName}>({name})";
        }

        var isEnum = parameter.Parse == ParseKind.Enum;
        var source = parameter.Source.ToString();
        if (!parameter.Optional)
        {
            return isEnum ? $"binder.{source}Enum<{type.FullName}>({name})" : $"binder.{source}<{type.FullName}>({name})";
        }

        // Missing means the default, or null when there is none or null is the default.
        var orNull = parameter.Default is null or "null" || parameter.Default.StartsWith("default(", StringComparison.Ordinal);
        if (isEnum)
        {
            var value = $"binder.{source}EnumOrNull<{type.FullName}>({name})";
            return IsNullable(parameter) ? orNull ? value : $"{value} ?? {parameter.Default}" : $"{value} ?? {parameter.Default ?? "default"}";
        }

        if (orNull && parameter.Parse == ParseKind.Text)
        {
            return $"binder.{source}OrNull({name})";
        }

        if (IsNullable(parameter))
        {
            var value = $"binder.{source}OrNull<{type.FullName}>({name})";
            return orNull ? value : $"{value} ?? {parameter.Default}";
        }

        return orNull && !type.IsValueType
            ? $"binder.{source}<{type.FullName}>({name}, null!)"
            : $"binder.{source}<{type.FullName}>({name}, {parameter.Default ?? "default"})";
    }

    private static bool IsNullable(ParameterModel parameter) => parameter.Payload!.IsValueType && parameter.Type.FullName != parameter.Payload.FullName;
}
