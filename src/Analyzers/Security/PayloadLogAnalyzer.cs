using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.Analyzers.Security;

/// <summary>PORT806: a payload that is logged as a whole is in every copy of the log.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PayloadLogAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.PayloadLog,
        "Payloads are not logged as a whole",
        "'{0}' logs the whole of '{1}': what it holds, and what is added to it later, is then kept in logs that many may read; log what identifies it{2}",
        Categories.Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.PayloadLog));

    /// <summary>Creates the analyzer.</summary>
    public PayloadLogAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var code = HandlerCode.Of(context.Compilation, types);
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind == HandlerKind.Workflow)
            {
                return;
            }

            foreach (var call in body.Code.Calls)
            {
                if (!LogCalls.Is(call))
                {
                    continue;
                }

                var isTaken = LogCalls.TakesApart(call);
                foreach (var argument in call.Arguments)
                {
                    if (Find(argument.Value, isTaken) is { } found)
                    {
                        body.Report(Rule, found.Syntax, NameOf(body.Member), found.Syntax.ToString(), Hint(found));
                        break;
                    }
                }

                IOperation? Find(IOperation value, bool isWhole)
                {
                    switch (value)
                    {
                        case IConversionOperation conversion:
                            return Find(conversion.Operand, isWhole);
                        case IArrayCreationOperation { Initializer: { } initializer }:
                            return First(initializer.ElementValues, isWhole);
                        case IInterpolatedStringOperation text:
                            foreach (var part in text.Parts)
                            {
                                if (part is IInterpolationOperation hole && Find(hole.Expression, isWhole: false) is { } found)
                                {
                                    return found;
                                }
                            }

                            return null;
                        case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                            return Find(sum.LeftOperand, isWhole: false) ?? Find(sum.RightOperand, isWhole: false);
                        case IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.Length: 0 }, Instance: { } instance }:
                            return Find(instance, isWhole: false);
                        case IInvocationOperation json when LogCalls.IsJson(json.TargetMethod) && json.Arguments.Length > 0:
                            return Find(json.Arguments[0].Value, isWhole: true);
                        default:
                            return Payloads.Is(value, body, code, isWhole) ? value : null;
                    }
                }

                IOperation? First(IEnumerable<IOperation> values, bool isWhole)
                {
                    foreach (var value in values)
                    {
                        if (Find(value, isWhole) is { } found)
                        {
                            return found;
                        }
                    }

                    return null;
                }
            }
        });
    }

    private static string Hint(IOperation payload)
    {
        foreach (var member in payload.Type!.GetMembers("Id"))
        {
            if (member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public })
            {
                return $", such as '{payload.Syntax}.Id'";
            }
        }

        return "";
    }

    private static string NameOf(ISymbol member) => (member as IMethodSymbol)?.AssociatedSymbol?.Name ?? member.Name;

    /// <summary>What handler code is given by a trigger or a workflow.</summary>
    private static class Payloads
    {
        /// <summary>Whether a value is such a payload, and its text would show what is in it.</summary>
        public static bool Is(IOperation value, HandlerBody body, HandlerCode code, bool isWhole) => value switch
        {
            // The text of a message's body is the payload, whatever its type is.
            IPropertyReferenceOperation { Property: { Name: "Body", ContainingType: { Name: "Message" or "StreamRecord" } holder } property, Instance: IParameterReferenceOperation or ILocalReferenceOperation } when IsPortable(holder) =>
                property.Type.SpecialType == SpecialType.System_String || Shows(property.Type, isWhole),
            ILocalReferenceOperation { Type: INamedTypeSymbol { Name: "Message" or "StreamRecord" } message } when IsPortable(message) => Shows(message, isWhole),
            IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter } when Shows(parameter.Type, isWhole) => IsPayload(parameter, method, body, code),
            _ => false,
        };

        private static bool IsPayload(IParameterSymbol parameter, IMethodSymbol method, HandlerBody body, HandlerCode code)
        {
            if (!SymbolEqualityComparer.Default.Equals(method.ContainingType, body.Class.Type))
            {
                return false;
            }

            var kind = body.Class.KindOf(method);
            if (kind != HandlerKind.Helper)
            {
                return IsPayloadOf(parameter, method, kind, body, code);
            }

            // A helper is handed the payload.
            foreach (var handler in body.Class.Handlers)
            {
                foreach (var other in ((IMethodSymbol)handler.Key).Parameters)
                {
                    if (SymbolEqualityComparer.Default.Equals(other.Type, parameter.Type) && IsPayloadOf(other, (IMethodSymbol)handler.Key, handler.Value, body, code))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private static bool IsPayloadOf(IParameterSymbol parameter, IMethodSymbol method, HandlerKind kind, HandlerBody body, HandlerCode code)
        {
            if (kind != HandlerKind.Function)
            {
                return kind == HandlerKind.Step && parameter.Ordinal == 0;
            }

            if (code.FunctionOf(method, body.Context.CancellationToken).Model is not { } function)
            {
                return false;
            }

            foreach (var bound in function.Parameters)
            {
                if (bound.Name == parameter.Name)
                {
                    return bound.Source is ParameterSource.Body or ParameterSource.MessageBody or ParameterSource.Message;
                }
            }

            return false;
        }

        // A record's text has all its members. That of another class is its name, unless the log takes it apart or it is written as JSON.
        private static bool Shows(ITypeSymbol type, bool isWhole)
        {
            if (type is INamedTypeSymbol { Name: "JsonElement" or "JsonNode" or "JsonObject", ContainingNamespace: { } space } && space.Name is "Json" or "Nodes")
            {
                return true;
            }

            return type is INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct } named
                && (named.DeclaringSyntaxReferences.Length > 0 || IsPortable(named))
                && (isWhole || (named.IsRecord && !HasTextOfItsOwn(named)));
        }

        private static bool HasTextOfItsOwn(INamedTypeSymbol type)
        {
            foreach (var member in type.GetMembers("ToString"))
            {
                if (member is IMethodSymbol { Parameters.Length: 0, IsImplicitlyDeclared: false } && member.DeclaringSyntaxReferences.Length > 0)
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsPortable(INamedTypeSymbol type) => type.ContainingNamespace is { Name: "Portable", ContainingNamespace.IsGlobalNamespace: true };
    }
}
