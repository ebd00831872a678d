using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Portable.Generator.Discovery;

/// <summary>
/// Something that the parser has to say about user code. The analyzer turns it into a diagnostic; the generator, which shares
/// the parser, drops it: locations must never enter the pipeline.
/// </summary>
/// <param name="RuleId">One of <see cref="RuleIdentifiers"/>.</param>
/// <param name="Location">Where.</param>
/// <param name="Arguments">The arguments of the rule's message.</param>
internal sealed record Finding(string RuleId, Location Location, ImmutableArray<string> Arguments);

/// <summary>What the parser made of a declaration.</summary>
/// <param name="Model">The model; <see langword="null"/> when the declaration cannot be emitted.</param>
/// <param name="Findings">What is wrong, in source order.</param>
internal sealed record Parsed<T>(T? Model, ImmutableArray<Finding> Findings)
    where T : class;
