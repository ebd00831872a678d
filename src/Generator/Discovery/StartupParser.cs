using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads the class with <c>[Startup]</c>.</summary>
internal static class StartupParser
{
    public static Parsed<TypeRef> Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var problem = type switch
        {
            { IsStatic: true } => "is static: make it a class that implements IPortableStartup",
            { IsAbstract: true } => "is abstract: put [Startup] on the class that does the work",
            _ when !type.AllInterfaces.Any(static contract => PortableTypes.IsPortable(contract, "IPortableStartup")) => "does not implement IPortableStartup: add it and the method Configure(IPortableBuilder app)",
            _ when !type.InstanceConstructors.Any(static constructor => constructor.Parameters.Length == 0 && Readings.IsReachable(constructor.DeclaredAccessibility))
                => "has no constructor without parameters: it runs before there are services",
            _ => null,
        };
        for (var outer = type; outer is not null && problem is null; outer = outer.ContainingType)
        {
            problem = outer.IsGenericType ? "is generic, and emitted code would not know its type arguments"
                : !Readings.IsReachable(outer.DeclaredAccessibility) ? "is not visible to emitted code: make it internal or public"
                : null;
        }

        return problem is null
            ? new Parsed<TypeRef>(Readings.TypeOf(type), ImmutableArray<Finding>.Empty)
            : new Parsed<TypeRef>(null, ImmutableArray.Create(Findings.Of(RuleIdentifiers.StartupClass, Readings.LocationOf(type), type.Name, problem)));
    }
}
