using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Generator.Workflows.Reading;

/// <summary>The integers that a value can be. Bounds beyond 2^53, where JSONata is no longer exact, are all the same: unknown.</summary>
internal readonly record struct Interval(decimal Low, decimal High)
{
    public const long Exact = (1L << 53) - 1;

    public static Interval One => new(1, 1);

    public static Interval Any => new(-Exact - 1, Exact + 1);

    public bool IsExact => Low >= -Exact && High <= Exact;

    /// <summary>Whether engines can bring a product back into the range of <c>int</c>: they add 2^31 to it, and must stay exact.</summary>
    public bool CanWrap => Low >= -(1L << 52) && High <= 1L << 52;

    public bool IsPoint => Low == High;

    public static Interval operator +(Interval a, Interval b) => Known(a, b, a.Low + b.Low, a.High + b.High);

    public static Interval operator -(Interval a, Interval b) => Known(a, b, a.Low - b.High, a.High - b.Low);

    public static Interval operator -(Interval a) => new Interval(0, 0) - a;

    public static Interval operator *(Interval a, Interval b)
    {
        if ((double)a.Size * (double)b.Size > Exact)
        {
            return Any; // and too large for a decimal, perhaps
        }

        var products = new[] { a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High };
        return Known(a, b, products.Min(), products.Max());
    }

    /// <summary>The remainder by a constant has the sign of the left side and stays below the constant.</summary>
    public static Interval operator %(Interval a, Interval b)
    {
        var most = Math.Abs(b.Low) - 1;
        return new(a.Low < 0 ? -Math.Min(most, -a.Low) : 0, a.High > 0 ? Math.Min(most, a.High) : 0);
    }

    /// <summary>The quotient by a positive constant, towards zero.</summary>
    public static Interval operator /(Interval a, Interval b) => new(decimal.Truncate(a.Low / b.Low), decimal.Truncate(a.High / b.Low));

    public Interval Or(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    private decimal Size => Math.Max(Math.Abs(Low), Math.Abs(High));

    private static Interval Known(Interval a, Interval b, decimal low, decimal high) => a.IsExact && b.IsExact && low >= -Exact && high <= Exact ? new(low, high) : Any;
}

/// <summary>Finds out what integers an expression can be, from its type, constants, counts, and the conditions of <c>for</c> loops.</summary>
internal static class Intervals
{
    private static readonly Interval Counts = new(0, int.MaxValue);

    public static Interval Of(IOperation operation)
    {
        var type = JsonMembers.Unwrap(operation.Type);
        if (operation.ConstantValue is { HasValue: true, Value: sbyte or byte or short or ushort or int or uint or long })
        {
            var value = Convert.ToDecimal(operation.ConstantValue.Value, CultureInfo.InvariantCulture);
            return Math.Abs(value) <= Interval.Exact ? new(value, value) : Interval.Any;
        }

        return operation switch
        {
            IConversionOperation { OperatorMethod: null } conversion when Within(conversion.Operand.Type, type) => Of(conversion.Operand),
            IPropertyReferenceOperation { Property: { Name: "Count" or "Length", Type.SpecialType: SpecialType.System_Int32 }, Instance.Type: { } owner } when ListTypes.ElementOf(owner) is not null => Counts,
            IInvocationOperation { TargetMethod: { Name: "Count", ContainingType.Name: "Enumerable" } } => Counts,
            IBinaryOperation { IsLifted: false, OperatorMethod: null } binary => Result(binary, type),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, IsLifted: false, OperatorMethod: null } minus => Bounded(-Of(minus.Operand), type),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Of(choice.WhenTrue).Or(Of(otherwise)),
            ILocalReferenceOperation local when Counter(local) is { } range => range,
            _ => OfType(type),
        };
    }

    /// <summary>
    /// Whether a result may leave the type's range and come back at its other end; <see langword="null"/> when engines cannot follow: beyond
    /// 2^53, where C# would throw, and in types whose ends they do not know.
    /// </summary>
    public static bool? Fit(Interval result, ITypeSymbol type, bool isChecked)
    {
        var range = type.SpecialType == SpecialType.System_Int64 ? new(-Interval.Exact, Interval.Exact) : OfType(type);
        if (!result.IsExact || !range.IsExact)
        {
            return null;
        }

        return result.Low >= range.Low && result.High <= range.High ? false
            : type.SpecialType == SpecialType.System_Int32 && !isChecked ? true
            : null;
    }

    /// <summary>Whether every value of one integer type is one of the other.</summary>
    public static bool Within(ITypeSymbol? from, ITypeSymbol? to)
    {
        var (a, b) = (OfType(Integer(from)), OfType(Integer(to)));
        return a == b || (a.IsExact && (!b.IsExact || (a.Low >= b.Low && a.High <= b.High)));
    }

    private static ITypeSymbol? Integer(ITypeSymbol? type) => JsonMembers.Unwrap(type) is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : JsonMembers.Unwrap(type);

    private static Interval OfType(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_SByte => new(sbyte.MinValue, sbyte.MaxValue),
        SpecialType.System_Byte => new(byte.MinValue, byte.MaxValue),
        SpecialType.System_Int16 => new(short.MinValue, short.MaxValue),
        SpecialType.System_UInt16 => new(ushort.MinValue, ushort.MaxValue),
        SpecialType.System_Int32 => new(int.MinValue, int.MaxValue),
        SpecialType.System_UInt32 => new(uint.MinValue, uint.MaxValue),
        _ => Interval.Any,
    };

    private static Interval Result(IBinaryOperation binary, ITypeSymbol? type)
    {
        var (a, b) = (Of(binary.LeftOperand), Of(binary.RightOperand));
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Add => Bounded(a + b, type),
            BinaryOperatorKind.Subtract => Bounded(a - b, type),
            BinaryOperatorKind.Multiply => Bounded(a * b, type),
            BinaryOperatorKind.Remainder when b.IsPoint && b.Low != 0 && a.IsExact => a % b,
            BinaryOperatorKind.Divide when b.IsPoint && b.Low > 0 && a.IsExact => a / b,
            _ => OfType(type),
        };
    }

    // What may have wrapped can be anything of the type.
    private static Interval Bounded(Interval result, ITypeSymbol? type)
    {
        var range = OfType(type);
        return result.IsExact && result.Low >= range.Low && result.High <= range.High ? result : range;
    }

    /// <summary>The range of <c>for (var i = start; i &lt; limit; i++)</c> within its body, when nothing else assigns the counter.</summary>
    private static Interval? Counter(ILocalReferenceOperation reference)
    {
        if (Loop(reference.Local) is not { } loop || reference.SemanticModel is not { } semantics || !loop.Span.Contains(reference.Syntax.SpanStart))
        {
            return null;
        }

        var start = loop.Declaration!.Variables[0].Initializer is { } initial && semantics.GetOperation(initial.Value) is { } first ? Of(first) : OfType(reference.Local.Type);
        var condition = (BinaryExpressionSyntax)loop.Condition!;
        var inside = loop.Statement.Span.Contains(reference.Syntax.SpanStart) || loop.Incrementors[0].Span.Contains(reference.Syntax.SpanStart);
        var limit = semantics.GetOperation(condition.Right) is { } last ? Of(last) : OfType(reference.Local.Type);
        if (!limit.IsExact || !start.IsExact || (limit.High == int.MaxValue && condition.IsKind(SyntaxKind.LessThanOrEqualExpression)))
        {
            return null;
        }

        var high = condition.IsKind(SyntaxKind.LessThanExpression) ? limit.High - 1 : limit.High;
        return inside ? new(Math.Min(start.Low, high), high) : new(start.Low, Math.Min(Math.Max(start.High, high + 1), int.MaxValue));
    }

    /// <summary>The loop that counts the local up by one from its start to a limit, if there is one.</summary>
    public static ForStatementSyntax? Loop(ILocalSymbol local)
    {
        if (local.Type.SpecialType != SpecialType.System_Int32 || local.DeclaringSyntaxReferences.Length != 1
            || local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: ForStatementSyntax loop } }
            || loop is not { Incrementors.Count: 1, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression, Left: IdentifierNameSyntax counter } }
            || counter.Identifier.ValueText != local.Name
            || loop.Incrementors[0] is not (PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression, Operand: IdentifierNameSyntax }
                or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression, Operand: IdentifierNameSyntax }))
        {
            return null;
        }

        return Assigns(loop.Statement, local.Name) || !Assigns(loop.Incrementors[0], local.Name) ? null : loop;
    }

    /// <summary>Whether a variable of the name is given a value somewhere inside.</summary>
    public static bool Assigns(SyntaxNode node, string name)
    {
        foreach (var inner in node.DescendantNodesAndSelf())
        {
            var target = inner switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step => step.Operand,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => step.Operand,
                ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } argument => argument.Expression,
                _ => null,
            };
            if (target?.DescendantNodesAndSelf().Any(part => part is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name) == true)
            {
                return true;
            }
        }

        return false;
    }
}
