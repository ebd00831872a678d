using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What is the matter with an expression, and the way out.</summary>
internal static class ExpressionProblems
{
    public const string Comparison = "compares values that engines do not compare alike: integers compare in every way, texts and booleans with == and !=, anything else in a step";

    public const string Enum = "uses an enum value, whose JSON depends on converters: put [JsonConverter(typeof(JsonStringEnumConverter<T>))] on the enum, or choose it in a step";

    public static string Of(IOperation operation) => operation switch
    {
        IAwaitOperation => "awaits inside an expression: keep the step's result in a local first",
        IUnaryOperation or IIncrementOrDecrementOperation => "calculates: do it in a step",
        IInvocationOperation call => $"calls '{call.TargetMethod.Name}': put the call into a step",
        IDelegateCreationOperation or IAnonymousFunctionOperation => "uses a delegate: put the code into a step",
        IFieldReferenceOperation { Field: { } field } => field.ContainingType.TypeKind == TypeKind.Enum
            ? Enum
            : $"reads the field '{field.Name}', which is not part of the run's data: pass it in the input or read it in a step",
        IInstanceReferenceOperation => "uses 'this': engines keep no object between steps",
        IArrayCreationOperation or IArrayElementReferenceOperation => "uses an array that is no simple list: make or read it in a step",
        IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation => "makes an anonymous object: use a record",
        ITupleOperation => "makes a tuple: use a record",
        IIsTypeOperation or ITypeOfOperation => "asks for a type: engines know only JSON",
        IAssignmentOperation => "assigns inside an expression: a local gets its value once, where it is declared",
        IThrowOperation => "throws: let a step fail with a StepFailed",
        IDefaultValueOperation => "uses the default of a type: write the value",
        ICoalesceOperation => "uses '??' with a conversion: write 'if (x is null)'",
        _ => "uses an expression that engines do not know: compute it in a step",
    };

    public static string OfOperator(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.And or BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr => "uses '&', '|' or '^': write '&&' or '||'",
        _ => "calculates: do it in a step",
    };

    public static string OfConversion(ITypeSymbol? from, ITypeSymbol? to)
    {
        if (to?.SpecialType == SpecialType.System_Object || to?.TypeKind == TypeKind.Interface || (from?.IsReferenceType == true && to?.IsReferenceType == true))
        {
            return $"converts '{from?.Name}' to '{to?.Name}', which can change its JSON: use the type itself";
        }

        return from is not null && JsonMembers.IsNullable(from)
            ? "casts a nullable value: check it with 'is not null' and read its Value"
            : $"converts '{from?.Name}' to '{to?.Name}': do it in a step";
    }
}
