using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Analyzers.Json;
using Portable.Generator.Discovery;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Size;

/// <summary>PORT309: JSON by reflection, where reflection is compiled away.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReflectedJsonAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.ReflectedJson,
        "JSON is read and written by contracts where the program is compiled ahead of time",
        "'{0}' calls {1}{2}, which finds members by reflection, and that is compiled away with {3}: {4}",
        Categories.Size,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ReflectedJson));

    /// <summary>Creates the analyzer.</summary>
    public ReflectedJsonAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var options = OptionsReader.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions, context.Compilation, context.CancellationToken);
        if (!options.AotEnabled && options.Hosting != Hosting.Native)
        {
            return;
        }

        var because = options.Hosting == Hosting.Native ? "native hosting" : "PublishAot or PublishTrimmed";
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind == HandlerKind.Workflow)
            {
                return;
            }

            foreach (var call in body.Code.Calls)
            {
                if (JsonCalls.IsReflected(call))
                {
                    var type = JsonCalls.TypeOf(call);
                    body.Report(Rule, call.Syntax, Named(body.Member), ExternalCalls.NameOf(call), type is null ? "" : $" for '{type.Name}'", because, WayOut(type, body, types));
                }
                else if (JsonCalls.IsNewtonsoft(call))
                {
                    body.Report(Rule, call.Syntax, Named(body.Member), ExternalCalls.NameOf(call), "", because, "use System.Text.Json with a JsonSerializerContext");
                }
            }
        });
    }

    private static string Named(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } ? member.ContainingType.Name : member.Name;

    private static string WayOut(ITypeSymbol? type, HandlerBody body, KnownTypes types)
    {
        if (type is null or ITypeParameterSymbol)
        {
            return "give it the JsonTypeInfo of a JsonSerializerContext";
        }

        var wanted = Readings.TypeOf(type);
        foreach (var context in ProjectIndex.Of(body.Context.Compilation, types, body.Context.CancellationToken).JsonContexts)
        {
            foreach (var named in context.Types)
            {
                if (named == wanted.FullName)
                {
                    return $"give it the contract that {context.FullName.Substring(context.FullName.LastIndexOfAny(['.', ':']) + 1)} has";
                }
            }
        }

        return $"give it the contract of a JsonSerializerContext with [JsonSerializable(typeof({wanted.Name}))]";
    }
}
