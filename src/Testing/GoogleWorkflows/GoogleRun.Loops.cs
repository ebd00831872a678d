namespace Portable.Testing.GoogleWorkflows;

/// <content>Loops and parallel steps.</content>
internal sealed partial class GoogleRun
{
    private async Task<Flow> ForAsync(GoogleAction.For loop, Frame frame)
    {
        var items = Items(loop, frame.Scope);
        for (var i = 0; i < items.Count; i++)
        {
            var flow = await StepsAsync(loop.Steps, frame with { Scope = LoopScope(loop, frame.Scope, items[i], i) }).ConfigureAwait(false);
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
        List<(string Id, GoogleScope Scope, IReadOnlyList<GoogleStep> Steps)> branches = [];
        if (parallel.Loop is { } loop)
        {
            branches.AddRange(Items(loop, frame.Scope).Select((item, i) => ($"{name}[{i}]", LoopScope(loop, BranchScope(parallel, frame.Scope), item, i), loop.Steps)));
        }
        else
        {
            branches.AddRange(parallel.Branches.Select(branch => (branch.Name, BranchScope(parallel, frame.Scope), (IReadOnlyList<GoogleStep>)[branch])));
        }

        var stop = new GoogleStop(frame.Stop);
        List<GoogleMap> failures = [];
        var next = 0;
        async Task Worker()
        {
            while (next < branches.Count && !stop.Requested)
            {
                var branch = branches[next++];
                try
                {
                    var flow = await StepsAsync(branch.Steps, frame with { Scope = branch.Scope, Stop = stop }).ConfigureAwait(false);
                    if (flow.Kind == FlowKind.Return)
                    {
                        throw new GoogleNotSimulatedException($"a return inside the parallel step '{name}'");
                    }
                }
                catch (GoogleError e) when (!stop.Requested)
                {
                    failures.Add(new GoogleMap { ["id"] = branch.Id, ["error"] = e.Value });
                    if (!parallel.ContinueAll)
                    {
                        stop.Request();
                    }
                }
                catch (GoogleStopped)
                {
                    // A sibling failed; this branch ends between two steps.
                }
            }
        }

        await _clock.RunAllAsync([.. Enumerable.Repeat<Func<Task>>(Worker, Math.Min(parallel.Concurrency, branches.Count))]).ConfigureAwait(false);
        frame.Stop?.ThrowIfRequested();
        if (failures.Count == 0)
        {
            return default;
        }

        var error = GoogleError.Map("UnhandledBranchError", "One or more branches or iterations encountered an unhandled runtime error");
        error["branches"] = failures.Cast<object?>().ToList();
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

    private static GoogleScope BranchScope(GoogleAction.Parallel parallel, GoogleScope scope) => new(scope, GoogleScopeKind.Branch, parallel.Shared);

    private static GoogleScope LoopScope(GoogleAction.For loop, GoogleScope outer, object? item, int index)
    {
        var scope = new GoogleScope(outer, GoogleScopeKind.Loop);
        scope.Declare(loop.Value, item);
        if (loop.Index is { } name)
        {
            scope.Declare(name, (long)index);
        }

        return scope;
    }
}
