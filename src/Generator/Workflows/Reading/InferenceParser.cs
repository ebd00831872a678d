using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads a partial method with <c>[Inference]</c>, whose body is to be emitted.</summary>
internal static class InferenceParser
{
    /// <summary>How long an inference may take that does not say.</summary>
    public const int DefaultTimeoutSeconds = 30;

    // An HTTP task of Step Functions ends then (developer guide, error names: States.Http.Socket).
    private const int MostHttpSeconds = 60;

    public static Parsed<InferenceModel> Parse(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        var symbols = new WorkflowSymbols(compilation);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (WorkflowSymbols.Attribute(method, symbols.InferenceAttribute) is not { } attribute)
        {
            return new Parsed<InferenceModel>(null, findings.ToImmutable());
        }

        // Asked with the implementing part in hand (a symbol of the generated file), answer for the defining one.
        method = method.PartialDefinitionPart ?? method;
        var endpoint = Readings.FirstText(attribute);
        var readable = Readings.TryParameters(method, symbols, out var payload, out var cancellation);
        var isTask = symbols.IsTask(method.ReturnType, out var output);
        var problem = method switch
        {
            _ when WorkflowSymbols.Attribute(method, symbols.StepAttribute) is not null => "has both [Step] and [Inference]: an inference is a step already",
            _ when !IsPartialDefinition(method, cancellationToken) => "must be a partial method without a body: the generator writes it",
            { IsStatic: true } => "must not be static: it calls the endpoint through a client that belongs to the object",
            { IsGenericMethod: true } => "must not be generic: the endpoint's JSON needs known types",
            { ContainingType.TypeKind: TypeKind.Interface } => "must belong to a class",
            _ when !Readings.IsReachable(method.DeclaredAccessibility) => "is not visible to emitted code: make it internal or public",
            _ when !isTask || output is null => "must return Task<T>, the endpoint's answer",
            _ when !readable || payload is null => "takes the payload of the call and, after it, an optional CancellationToken",
            _ when Readings.IsBroken(output) || Readings.IsBroken(payload.Type) => "", // the compiler says it
            _ when IsNullable(output!) => "must not return a nullable type: an endpoint that answers null has failed",
            _ when IsNullable(payload!.Type) => "must not take a nullable payload: there is nothing to ask the endpoint then",
            _ when payload!.Type.TypeKind == TypeKind.TypeParameter => "must not be generic: the endpoint's JSON needs known types",
            _ => NotPartial(method.ContainingType, cancellationToken),
        };
        if (problem is null && !Readings.IsCloudName(endpoint, 60))
        {
            problem = "names its endpoint in a way that not every cloud accepts: use lower-case letters, digits and hyphens, a letter first, at most 60 characters";
        }

        if (problem is not null)
        {
            if (problem.Length > 0)
            {
                findings.Add(Findings.Of(RuleIdentifiers.InferenceSignature, Readings.LocationOf(method), method.Name, problem));
            }

            return new Parsed<InferenceModel>(null, findings.ToImmutable());
        }

        var timeout = Readings.TimeoutOf(attribute, method, findings, cancellationToken);
        if (timeout >= MostHttpSeconds && Readings.Named(attribute, "Http")?.Value is true)
        {
            findings.Add(Findings.Of(
                RuleIdentifiers.AttributeValue,
                Readings.LocationOf(attribute, method, cancellationToken),
                method.Name,
                $"is an HTTP endpoint, which Step Functions waits {MostHttpSeconds} seconds for at most: state a TimeoutSeconds below that, or call it from a [Step]"));
        }

        return new Parsed<InferenceModel>(
            new InferenceModel(
                method.ContainingNamespace.IsGlobalNamespace ? "" : method.ContainingNamespace.ToDisplayString(),
                Containers(method.ContainingType),
                SyntaxFacts.GetText(method.DeclaredAccessibility),
                Readings.Escape(method.Name),
                Readings.Escape(payload!.Name),
                Readings.TypeOf(payload.Type),
                Readings.TypeOf(output!),
                cancellation is null ? null : Readings.Escape(cancellation.Name),
                endpoint!,
                timeout),
            findings.ToImmutable());
    }

    private static bool IsPartialDefinition(IMethodSymbol method, CancellationToken cancellationToken)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is MethodDeclarationSyntax { Body: null, ExpressionBody: null } declaration
                && declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                return true;
            }
        }

        return false;
    }

    private static string? NotPartial(INamedTypeSymbol? type, CancellationToken cancellationToken)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
            {
                return $"belongs to the generic type '{type.Name}': move it to a type without type parameters";
            }

            foreach (var reference in type.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                {
                    return $"belongs to '{type.Name}', which is not partial: write 'partial' before '{Readings.KeywordOf(type)}'";
                }
            }
        }

        return null;
    }

    private static bool IsNullable(ITypeSymbol type) =>
        type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static EquatableArray<string> Containers(INamedTypeSymbol type)
    {
        var outermostFirst = new Stack<string>();
        for (var current = type; current is not null; current = current.ContainingType)
        {
            outermostFirst.Push($"partial {Readings.KeywordOf(current)} {Readings.Escape(current.Name)}");
        }

        return outermostFirst.ToEquatableArray();
    }
}
