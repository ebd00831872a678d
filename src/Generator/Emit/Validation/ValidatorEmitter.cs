using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Validation;

/// <summary>Writes the validators of the application's payloads: their attributes as objects, and one method per type that walks it. No reflection.</summary>
internal static class ValidatorEmitter
{
    private const string Errors = "global::Portable.Runtime.PayloadErrors";
    private const string Attribute = "global::System.ComponentModel.DataAnnotations.ValidationAttribute";

    /// <summary>The argument that hands a payload's validator over: <c>, global::Portable.Generated.PortableValidators.Orders_Order</c>; empty when it has none.</summary>
    public static string Argument(EquatableArray<ValidatedTypeModel> types, TypeRef payload)
    {
        foreach (var type in types)
        {
            if (type.Type.FullName == payload.FullName)
            {
                return $", global::Portable.Generated.PortableValidators.{type.Identifier}";
            }
        }

        return "";
    }

    public static EmittedFile? Emit(IEnumerable<ValidatedTypeModel> types)
    {
        // Several payloads lead to the same types; the models of a type are all the same.
        var all = types.GroupBy(static type => type.Identifier, StringComparer.Ordinal).Select(static group => group.First()).OrderBy(static type => type.Identifier, StringComparer.Ordinal).ToList();
        if (all.Count == 0)
        {
            return null;
        }

        var names = all.ToDictionary(static type => type.Type.FullName, static type => type.Identifier, StringComparer.Ordinal);
        var writer = CodeFile.Begin("Portable.Generated")
            .Line("/// <summary>Checks payloads against the validation attributes of their types.</summary>")
            .Line(CodeFile.Generated)
            .Line("[global::System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(\"Trimming\", \"IL2026\", Justification = \"The attributes are made for members whose types are named here; lists have a Count.\")]")
            .Open("internal static class PortableValidators");
        var first = true;
        foreach (var type in all)
        {
            if (!first)
            {
                writer.Line();
            }

            first = false;
            Write(writer, type, names);
        }

        return new EmittedFile("PortableValidators.g.cs", writer.Close().ToString());
    }

    private static void Write(SourceWriter writer, ValidatedTypeModel type, Dictionary<string, string> names)
    {
        foreach (var member in type.Members.Where(static member => member.Attributes.Count > 0))
        {
            Field(writer, Field(type, member), member.Attributes);
        }

        if (type.Attributes.Count > 0)
        {
            Field(writer, type.Identifier + "__0Type", type.Attributes);
        }

        writer.Open($"internal static void {type.Identifier}({type.Type.FullName} value, {Errors} errors)");
        switch (type.Shape)
        {
            case ValidatedShape.List:
                List(writer, names[type.Element!]);
                break;
            case ValidatedShape.Dictionary:
                Dictionary(writer, names[type.Element!]);
                break;
            default:
                Object(writer, type, names);
                break;
        }

        writer.Close();
    }

    private static void Object(SourceWriter writer, ValidatedTypeModel type, Dictionary<string, string> names)
    {
        foreach (var derived in type.Derived)
        {
            writer.Open($"if (value is {derived} {names[derived]}__value)").Line($"{names[derived]}({names[derived]}__value, errors);").Line("return;").Close().Line();
        }

        var checksObject = type.Attributes.Count > 0 || type.IsValidatable;
        if (checksObject)
        {
            writer.Line("var before = errors.Count;");
        }

        foreach (var member in type.Members)
        {
            Member(writer, type, member, names);
        }

        if (checksObject)
        {
            writer.Open("if (errors.Count == before)").Line($"errors.CheckObject(value, {(type.Attributes.Count > 0 ? type.Identifier + "__0Type" : "[]")});").Close();
        }
    }

    private static void Member(SourceWriter writer, ValidatedTypeModel type, ValidatedMemberModel member, Dictionary<string, string> names)
    {
        var value = "value." + CodeFile.Name(member.Name);
        var name = $"{CodeFile.Text(member.Name)}, {Text(member.Json)}";
        if (member.Attributes.Count > 0)
        {
            writer.Line($"errors.Check(value, {name}, {Text(member.Display)}, {value}, {Field(type, member)});");
        }

        if (member.Compared is { } other)
        {
            writer.Line($"errors.Compare({name}, {Text(member.Display)}, {value}, {CodeFile.Text(other)}, value.{CodeFile.Name(other)}, {Text(member.CompareMessage)});");
        }

        if (member.Type is { } inner)
        {
            writer.Open($"if ({value} is {{ }} {Local(member)} && errors.Enter({name}))").Line($"{names[inner]}({Local(member)}, errors);").Line("errors.Leave();").Close();
        }
    }

    private static void List(SourceWriter writer, string element)
    {
        writer.Line("var index = -1;").Open("foreach (var item in value)").Line("index++;")
            .Open("if (item is { } element && errors.Enter(index))").Line($"{element}(element, errors);").Line("errors.Leave();").Close()
            .Close();
    }

    private static void Dictionary(SourceWriter writer, string element)
    {
        writer.Open("foreach (var pair in value)")
            .Open("if (pair.Value is { } element && errors.EnterKey(pair.Key))").Line($"{element}(element, errors);").Line("errors.Leave();").Close()
            .Close();
    }

    private static void Field(SourceWriter writer, string name, EquatableArray<string> attributes)
    {
        writer.Line($"private static readonly {Attribute}[] {name} =").Line("[");
        writer.Indentation++;
        foreach (var attribute in attributes)
        {
            writer.Line(attribute + ",");
        }

        writer.Indentation--;
        writer.Line("];").Line();
    }

    private static string Field(ValidatedTypeModel type, ValidatedMemberModel member) => $"{type.Identifier}__{member.Name}";

    private static string Local(ValidatedMemberModel member) => $"inner{member.Name}";

    private static string Text(string? text) => text is null ? "null" : CodeFile.Text(text);
}
