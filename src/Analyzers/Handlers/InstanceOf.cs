using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>Finds where the object of a call comes from.</summary>
internal static class InstanceOf
{
    /// <summary>Whether the object is, or is reached through, a parameter or a member of the class that the code stands in.</summary>
    public static bool IsOwn(IInvocationOperation call, INamedTypeSymbol type)
    {
        var instance = call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        while (instance is not null)
        {
            switch (instance)
            {
                case IParameterReferenceOperation or IInstanceReferenceOperation:
                    return true;
                case IMemberReferenceOperation member:
                    if (SymbolEqualityComparer.Default.Equals(member.Member.ContainingType, type))
                    {
                        return true;
                    }

                    instance = member.Instance;
                    break;
                case IConversionOperation conversion:
                    instance = conversion.Operand;
                    break;
                case IInvocationOperation inner:
                    instance = inner.Instance;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
