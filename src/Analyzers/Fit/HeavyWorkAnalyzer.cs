using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Fit;

/// <summary>PORT503: encoding, compressing and hashing that keeps a function busy for long.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeavyWorkAnalyzer : PortableAnalyzer
{
    /// <summary>The most rounds of a hash, where <c>PortableHashIterations</c> says nothing. A password takes some hundred thousand.</summary>
    internal const double DefaultIterations = 2_000_000;

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.HeavyWork,
        "A function does no encoding of videos and no compression by the dozen",
        "'{0}' {1}: a function has little processor and a timeout that cuts such work off in the middle; split it into one message or workflow step per piece, or give it to a job or an always-on worker",
        Categories.Fit,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.HeavyWork));

    /// <summary>Creates the analyzer.</summary>
    public HeavyWorkAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var iterations = Thresholds.Read(context.Options, "PortableHashIterations", DefaultIterations);
        OnHandlerBodies(context, types, body =>
        {
            if (!body.RunsPerInvocation)
            {
                return;
            }

            // One report per body: what follows an encoder is part of the same work.
            foreach (var creation in body.Code.Creations)
            {
                var hash = creation.Constructor is { } constructor ? HeavyLibraries.HashOf(constructor, creation.Arguments, iterations) : null;
                if (Words(HeavyLibraries.EncoderOf(creation), HeavyLibraries.RepeatedOf(creation), hash, creation, body) is { } words)
                {
                    body.Report(Rule, creation.Syntax, body.Member.Name, words);
                    return;
                }
            }

            foreach (var call in body.Code.Calls)
            {
                var hash = HeavyLibraries.HashOf(call.TargetMethod, call.Arguments, iterations);
                if (Words(HeavyLibraries.EncoderOf(call), HeavyLibraries.RepeatedOf(call), hash, call, body) is { } words)
                {
                    body.Report(Rule, call.Syntax, body.Member.Name, words);
                    return;
                }
            }
        });
    }

    private static string? Words(string? encoder, string? repeated, string? hash, IOperation operation, HandlerBody body) =>
        encoder is not null ? $"encodes a video with {encoder}"
        : repeated is not null && IsInLoop(operation, body) ? $"uses {repeated} for one thing after the other in a loop"
        : hash is not null ? $"computes {hash}"
        : null;

    // A loop over what the trigger delivered is as long as the batch that the function asked for.
    private static bool IsInLoop(IOperation operation, HandlerBody body)
    {
        foreach (var loop in body.Code.Loops)
        {
            if (PollingLoop.Contains(loop, operation.Syntax) && !(loop is IForEachLoopOperation { Collection: { } collection } && IsParameter(collection)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsParameter(IOperation collection)
    {
        while (collection is IConversionOperation conversion)
        {
            collection = conversion.Operand;
        }

        return collection is IParameterReferenceOperation;
    }
}
