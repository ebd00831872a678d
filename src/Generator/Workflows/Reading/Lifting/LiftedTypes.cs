using Microsoft.CodeAnalysis;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Which types can travel to a generated step and back.</summary>
internal static class LiftedTypes
{
    /// <summary>Why a type cannot; <see langword="null"/> when it can.</summary>
    public static string? WhyNot(ITypeSymbol type, Compilation compilation) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => WhyNot(array.ElementType, compilation),
        { IsAnonymousType: true } => "has no name: use a record",
        { IsTupleType: true } => "is a tuple, whose elements JSON does not keep: use a record",
        { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.Delegate or TypeKind.Dynamic or TypeKind.TypeParameter or TypeKind.Array } => "cannot travel as JSON: put the code into a step",
        { SpecialType: SpecialType.System_Void or SpecialType.System_Object } => "says nothing about its JSON: use the type itself",
        { Name: "Task" or "ValueTask" or "CancellationToken" or "IWorkflow" or "StepFailed" or "Type" } => "cannot travel as JSON: put the code into a step",
        { TypeKind: TypeKind.Interface } when ListTypes.ElementOf(type) is null && type.Name is not ("IDictionary" or "IReadOnlyDictionary" or "ISet") => "is an interface that JSON cannot be read into: end it with ToList() or use a type of your own",
        INamedTypeSymbol named when named.IsFileLocal || !compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, compilation.Assembly) => "is not visible to emitted code: make it internal or public",
        INamedTypeSymbol named => named.TypeArguments.Select(argument => WhyNot(argument, compilation)).FirstOrDefault(static problem => problem is not null),
        _ => "cannot travel as JSON: put the code into a step",
    };
}
