using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portable.Benchmarks.Generator;

/// <summary>
/// The floor: the least that any generator pays which finds methods by an attribute. It looks at nothing and writes one empty file
/// per method, once.
/// </summary>
internal sealed class NoOpGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Portable.FunctionAttribute", static (node, _) => node is MemberDeclarationSyntax, static (_, _) => 0);
        context.RegisterSourceOutput(found, static (_, _) => { });
    }
}

/// <summary>
/// A floor with a purpose: it also looks at the names of the parameters' and result's types, which every generator that binds
/// parameters must. Printed beside the other, not held to.
/// </summary>
internal sealed class TypeNamesGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Portable.FunctionAttribute",
            static (node, _) => node is MemberDeclarationSyntax,
            static (target, _) =>
            {
                var method = (IMethodSymbol)target.TargetSymbol;
                var length = method.ReturnType.Name.Length;
                foreach (var parameter in method.Parameters)
                {
                    length += parameter.Type.Name.Length;
                }

                return length;
            });
        context.RegisterSourceOutput(found, static (_, _) => { });
    }
}
