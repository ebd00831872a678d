using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Generator.Workflows.Reading;

internal static class Findings
{
    /// <summary>A finding in the form that messages of workflow rules take: the name of the thing, and what is the matter with the way out.</summary>
    public static Finding Of(string ruleId, Location location, string name, string problem) => new(ruleId, location, ImmutableArray.Create(name, problem));
}
