namespace Portable.Testing.GoogleWorkflows;

/// <content>Loops and parallel steps.</content>
internal sealed partial class GoogleRun
{
    private const int ParallelDepth = 2;

    /// <summary>How many branches or iterations of a step run at a time (Workflows, quotas and limits).</summary>
    private const int Concurrent = 20;

    private const int ReportedFailures = 100;

    private async Task<Flow> ForAsync(GoogleAction.For loop, Frame frame)
    {
        var items = Items(loop, frame.Scope);
        for (var i = 0; i < items.Count; i++)
        {
            using var scope = LoopScope(loop, frame.Scope, items[i], i);
            var flow = await StepsAsync(loop.Steps, frame with { Scope = scope }).ConfigureAwait(false);
            if (flow.Kind == FlowKind.Break)
            {
                break;
            }

            if (flow.Kind is not (FlowKind.On or FlowKind.Continue))
            {
                return flow;
            }
        }

        return default;
    }

    private async Task<Flow> ParallelAsync(string name, GoogleAction.Parallel parallel, Frame frame)
    {
        if (frame.Parallel >= ParallelDepth)
        {
            throw GoogleError.Of("ParallelNestingError", $"parallel steps are nested deeper than {ParallelDepth}");
        }

        List<(string Id, Func<GoogleScope> Scope, IReadOnlyList<GoogleStep> Steps)> branches = [];
        if (parallel.Loop is { } loop)
        {
            branches.AddRange(Items(loop, frame.Scope).Select((item, i) => ($"{name}[{i}]", (Func<GoogleScope>)(() => LoopScope(loop, frame.Scope.Branch(parallel.Shared), item, i)), loop.Steps)));
        }
        else
        {
            branches.AddRange(parallel.Branches.Select(branch => (branch.Name, (Func<GoogleScope>)(() => frame.Scope.Branch(parallel.Shared)), (IReadOnlyList<GoogleStep>)[branch])));
        }

        var concurrency = parallel.Concurrency is null ? Concurrent : _evaluator.Evaluate(parallel.Concurrency, frame.Scope) switch
        {
            long limit when limit > 0 => (int)Math.Min(limit, Concurrent),
            var other => throw GoogleError.Of(other is long ? "ValueError" : "TypeError", "'concurrency_limit' is a positive integer"),
        };
        List<GoogleMap> failures = [];
        var next = 0;
        async Task Worker()
        {
            while (next < branches.Count)
            {
                var branch = branches[next++];
                using var scope = branch.Scope();
                try
                {
                    var flow = await StepsAsync(branch.Steps, frame with { Scope = scope, Parallel = frame.Parallel + 1 }).ConfigureAwait(false);
                    if (flow.Kind == FlowKind.Return)
                    {
                        throw new GoogleNotSimulatedException($"a return inside the parallel step '{name}'");
                    }
                }
                catch (GoogleError e)
                {
                    // The only policy there is lets the other branches go on.
                    failures.Add(new GoogleMap { ["id"] = branch.Id, ["error"] = e.Value });
                }
            }
        }

        await Clock.RunAllAsync([.. Enumerable.Repeat<Func<Task>>(Worker, Math.Min(concurrency, branches.Count))]).ConfigureAwait(false);
        if (failures.Count == 0)
        {
            return default;
        }

        var error = GoogleError.Map("UnhandledBranchError", "One or more branches or iterations encountered an unhandled runtime error");
        error["branches"] = failures.Take(ReportedFailures).Cast<object?>().ToList();
        throw new GoogleError(error);
    }

    private List<object?> Items(GoogleAction.For loop, GoogleScope scope)
    {
        if (loop.In is { } source)
        {
            return _evaluator.Evaluate(source, scope) as List<object?> ?? throw GoogleError.Of("TypeError", "a loop goes over a list");
        }

        if (_evaluator.Evaluate(loop.Range!, scope) is not List<object?> { Count: 2 } range)
        {
            throw GoogleError.Of("TypeError", "a range is a list of two numbers");
        }

        List<object?> items = [];
        for (var item = range[0]; GoogleOperators.Apply("<=", item, range[1]) is true; item = GoogleOperators.Apply("+", item, 1L))
        {
            items.Add(item);
        }

        return items;
    }

    private static GoogleScope LoopScope(GoogleAction.For loop, GoogleScope outer, object? item, int index)
    {
        var scope = outer.Inner();
        scope.Declare(loop.Value, item);
        if (loop.Index is { } name)
        {
            scope.Declare(name, (long)index);
        }

        return scope;
    }
}
