using System.Globalization;
using System.Text;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Something that Google Workflows refuses when the definition is deployed, or for certain when it runs.</summary>
/// <param name="What">What is too much, as a clause: <c>nests parallel parts 3 deep</c>.</param>
/// <param name="Limit">What is allowed, and the way out.</param>
internal sealed record GoogleLimitProblem(string What, string Limit);

/// <summary>
/// The documented limits that a definition can be held against before it is deployed. The number of steps that a run may take and the size of
/// its variables depend on the run.
/// </summary>
internal static class GoogleLimits
{
    private const int LongestSource = 128 * 1024;
    private const int LongestText = 256 * 1024;
    private const int DeepestParallel = 2;
    private const int MostBranches = 10;
    private const int MostAtATime = 20;
    private const long LongestWait = 31_536_000;

    /// <summary>What is beyond a limit; empty when everything is within.</summary>
    public static IReadOnlyList<GoogleLimitProblem> Check(WorkflowModel model)
    {
        if (model.Body is null || GoogleWorkflowsEmitter.Emit(model) is not { } definition)
        {
            return [];
        }

        var problems = new List<GoogleLimitProblem>();
        var depth = Depth(model.Body);
        if (depth > DeepestParallel)
        {
            problems.Add(new($"nests parallel parts {depth} deep", $"Google Workflows runs {DeepestParallel}: move the inner part to a workflow of its own and run it with flow.Child"));
        }

        problems.AddRange(IrWalk.All(model.Body).Select(OfStatement).OfType<GoogleLimitProblem>());
        problems.AddRange(OfText(definition));
        return [.. problems.Distinct()];
    }

    private static int Depth(IrBlock block) => block.Statements.Select(static statement =>
        (statement is IrParallel or IrMap ? 1 : 0) + IrWalk.Blocks(statement).Select(Depth).DefaultIfEmpty(0).Max()).DefaultIfEmpty(0).Max();

    private static GoogleLimitProblem? OfStatement(IrStatement statement) => statement switch
    {
        IrParallel { Branches.Count: > MostBranches } parallel => new($"has {parallel.Branches.Count} branches in one flow.Parallel", $"Google Workflows takes {MostBranches}: use flow.Map over a list"),
        IrMap { MaxConcurrency: > MostAtATime } map => new($"runs {map.MaxConcurrency} elements at a time", $"Google Workflows runs {MostAtATime}: lower maxConcurrency"),
        IrWait { Seconds: IrLiteral seconds } when IsLong(seconds) => new($"waits {seconds.Text} seconds", "a run on Google Workflows takes a year at most: start a new run instead"),
        IrEvent { TimeoutSeconds: IrLiteral seconds } when IsLong(seconds) => new($"waits {seconds.Text} seconds for an event", "a run on Google Workflows takes a year at most: use a shorter timeout"),
        _ => null,
    };

    private static bool IsLong(IrLiteral seconds) => long.TryParse(seconds.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value > LongestWait;

    private static IEnumerable<GoogleLimitProblem> OfText(string definition)
    {
        var size = Encoding.UTF8.GetByteCount(definition);
        if (size > LongestSource)
        {
            yield return new($"becomes a definition of {(size + 1023) / 1024} KB", $"Google Workflows takes {LongestSource / 1024} KB: move a part to a workflow of its own and run it with flow.Child");
        }

        foreach (var line in definition.Split('\n'))
        {
            var start = line.IndexOf("${", StringComparison.Ordinal);
            var isComment = line.TrimStart().StartsWith("#", StringComparison.Ordinal);
            if (!isComment && start >= 0 && line.TrimEnd('\'').Length - start > ShortExpressions.Longest)
            {
                yield return new($"becomes an expression of {line.TrimEnd('\'').Length - start} characters", $"Google Workflows takes {ShortExpressions.Longest}: keep a part of it in a variable");
            }

            if (!isComment && line.Length > LongestText)
            {
                yield return new("contains a text of more than 256 KB", "Google Workflows takes 256 KB: let a step provide it");
            }
        }
    }
}
