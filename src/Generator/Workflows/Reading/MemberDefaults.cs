using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What C# gives a property that neither JSON nor an initialiser sets, as a literal.</summary>
internal static class MemberDefaults
{
    /// <summary>The value; <see langword="null"/> when it cannot be known at compile time.</summary>
    public static IrLiteral? Of(IPropertySymbol property, Compilation compilation, EnumJson enums, CancellationToken cancellationToken)
    {
        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            var initial = reference.GetSyntax(cancellationToken) switch
            {
                PropertyDeclarationSyntax { Initializer.Value: var value } => value,
                ParameterSyntax { Default.Value: var value } => value,
                _ => null,
            };
            if (initial is not null)
            {
                // A computed initial value (new(), []) or a record's parameter taken over is beyond us.
                var constant = compilation.GetSemanticModel(initial.SyntaxTree).GetConstantValue(initial, cancellationToken);
                return !constant.HasValue ? null
                    : property.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type ? enums.Literal(type, constant.Value)
                    : Literal(constant.Value, property.Type, enums);
            }
        }

        return OfType(property.Type, enums);
    }

    private static IrLiteral? OfType(ITypeSymbol type, EnumJson enums) => type switch
    {
        _ when type.IsReferenceType || JsonMembers.IsNullable(type) => new IrLiteral(IrKind.Null, ""),
        INamedTypeSymbol { TypeKind: TypeKind.Enum } named => enums.Literal(named, Zero(named)) ?? new IrLiteral(IrKind.Integer, "0"), // read by every converter for enums
        { SpecialType: SpecialType.System_Boolean } => new IrLiteral(IrKind.Boolean, "false"),
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } => new IrLiteral(IrKind.Integer, "0"), // 0 in JSON for every number
        { SpecialType: SpecialType.System_DateTime } => new IrLiteral(IrKind.Text, "0001-01-01T00:00:00"),
        { Name: "DateTimeOffset", ContainingNamespace.Name: "System" } => new IrLiteral(IrKind.Text, "0001-01-01T00:00:00+00:00"),
        { Name: "TimeSpan", ContainingNamespace.Name: "System" } => new IrLiteral(IrKind.Text, "00:00:00"),
        { Name: "Guid", ContainingNamespace.Name: "System" } => new IrLiteral(IrKind.Text, "00000000-0000-0000-0000-000000000000"),
        _ => null,
    };

    private static object? Zero(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Select(static field => field.ConstantValue).FirstOrDefault(static value => value is not null && Convert.ToDecimal(value, CultureInfo.InvariantCulture) == 0) ?? 0;

    private static IrLiteral? Literal(object? value, ITypeSymbol type, EnumJson enums) => value switch
    {
        null => OfType(type, enums), // "= default" of a value type is a constant null too
        bool flag => new IrLiteral(IrKind.Boolean, flag ? "true" : "false"),
        string text => new IrLiteral(IrKind.Text, text),
        sbyte or byte or short or ushort or int or uint or long => new IrLiteral(IrKind.Integer, Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };
}
