using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <content>
/// Branches and items side by side. The engine lets the others run on when one fails, and wraps what was raised. So no branch raises
/// anything: a shared variable keeps the first failure, the others look at it before each call and stop by raising something that
/// no handler takes, and behind the parallel step the failure is raised as it was.
/// </content>
internal sealed partial class GoogleMain
{
    // The variables that say whether a branch around is to stop.
    private readonly List<string> _stops = [];

    /// <summary>In a branch, stops before the next call when another branch has failed.</summary>
    private void Check(string label)
    {
        if (_stops.Count > 0)
        {
            var failed = string.Join(" or ", _stops.Select(static stop => $"{stop} != null"));
            yaml.Item(names.Label(label + "_check"), () => yaml.Map("switch", () => yaml
                .ItemLine($"condition: ${{{failed}}}", () => yaml.Map("raise", () => yaml.Entry("stopped", "true")))));
        }
    }

    private void Parallel(IrParallel parallel)
    {
        var failures = parallel.Settles
            ? parallel.Branches.Select(branch => names.Variable(branch.Name + "_failure")).ToList()
            : [names.Variable(parallel.Label + "_failure")];
        var results = parallel.Branches.Select(static branch => branch.Result).OfType<string>();
        var shared = failures.Concat(results).ToList();
        Assign(names.Label(parallel.Label + "_start"), shared.Select(static variable => (variable, (IrExpression)s_null)));
        yaml.Item(parallel.Label, () => yaml.Map("parallel", () => yaml
            .Line($"shared: [{string.Join(", ", shared)}]")
            .Map("branches", () =>
            {
                for (var i = 0; i < parallel.Branches.Count; i++)
                {
                    var branch = parallel.Branches[i];
                    var failure = failures[parallel.Settles ? i : 0];
                    yaml.Item(branch.Name, () => yaml.Map("steps", () => Branch(
                        branch.Name, branch.Body, parallel.Settles ? null : failure, error => Keep(branch.Name, failure, error))));
                }
            })));
        Raise(parallel.Label, parallel.Settles && parallel.Branches.Any(branch => _failures.MayBeForeign(branch.Body))
            ? failures.Select(static failure => (GoogleFailures.IsDefect(failure), failure)).Concat(failures.Select(Failed))
            : failures.Select(Failed));
    }

    private static (string, string) Failed(string failure) => ($"{failure} != null", failure);

    /// <summary>A body whose failure is kept instead of raised.</summary>
    private void Branch(string name, IrBlock body, string? stop, Action<string> except)
    {
        var error = names.Variable(name + "_error");
        yaml.Item(names.Label(name + "_run"), () => yaml
            .Map("try", () => yaml.Map("steps", () =>
            {
                if (stop is not null)
                {
                    _stops.Add(stop);
                }

                var ignored = _ignored;
                _ignored = null;
                Steps(body);
                _ignored = ignored;
                if (stop is not null)
                {
                    _stops.RemoveAt(_stops.Count - 1);
                }
            }))
            .Map("except", () => yaml.Entry("as", error).Map("steps", () => except(error))));
    }

    // One expression, so that no other branch comes between looking and keeping.
    private void Keep(string name, string failure, string error) =>
        yaml.Item(names.Label(name + "_failed"), () => yaml.Map("assign", () => yaml.Line($"- {failure}: ${{default({failure}, {error})}}")));

    private void Raise(string label, IEnumerable<(string Condition, string Failure)> failures) =>
        yaml.Item(names.Label(label + "_end"), () => yaml.Map("switch", () =>
        {
            foreach (var (condition, failure) in failures)
            {
                yaml.ItemLine($"condition: ${{{condition}}}", () => yaml.Entry("raise", $"${{{failure}}}"));
            }
        }));

    private void Map(IrMap map)
    {
        var foreign = _stops.Count > 0 || _failures.MayBeForeign(map.Body);
        var failure = map.Settles || (map.Collects && !foreign) ? null : names.Variable(map.Label + "_failure");
        var failures = map.Settles && !map.Collects ? names.Variable(map.Label + "_failures") : null;
        if (map.Settles && map.Collects && foreign)
        {
            failure = names.Variable(map.Label + "_failure");
        }

        var items = Start(map, failure, failures);
        var shared = new[] { map.Result, failure, failures }.OfType<string>().ToList();
        yaml.Item(map.Label, () => yaml.Map("parallel", () =>
        {
            if (shared.Count > 0)
            {
                yaml.Line($"shared: [{string.Join(", ", shared)}]");
            }

            yaml.Entry("concurrency_limit", GoogleSteps.Number(map.MaxConcurrency)).Map("for", () =>
            {
                yaml.Entry("value", map.Item).Entry("index", GoogleTargets.IndexOf(map));
                Value("in", items);
                yaml.Map("steps", () => Branch(
                    map.Label, map.Body, map.Collects || map.Settles ? null : failure, error => ItemFailed(map, failure, failures, error)));
            });
        }));
        if (failure is not null)
        {
            Raise(map.Label, [Failed(failure)]);
        }

        if (failures is not null)
        {
            if (foreign)
            {
                RaiseFirst(map.Label + "_defects", failures, GoogleFailures.IsDefect);
            }

            RaiseFirst(map.Label + "_end", failures, static one => $"{one} != null");
        }
    }

    /// <summary>The variables of a map, and one place in its lists for each item.</summary>
    private IrExpression Start(IrMap map, string? failure, string? failures)
    {
        var items = map.Items;
        var slots = new[] { map.Result, failures }.OfType<string>().ToList();
        var start = slots.Select(static list => (list, (IrExpression)new IrList(default))).ToList();
        if (failure is not null)
        {
            start.Add((failure, s_null));
        }

        if (slots.Count > 0 && items is not IrVariable)
        {
            items = new IrVariable(names.Variable(map.Label + "_items"), IrKind.List);
            start.Add((((IrVariable)items).Name, map.Items));
        }

        var empty = map.Collects && map.Result is not null ? names.Variable(map.Label + "_empty") : null;
        if (empty is not null)
        {
            start.Add((empty, GoogleTargets.Collected(s_null, null)));
        }

        if (start.Count > 0)
        {
            Assign(names.Label(map.Label + "_start"), start);
        }

        if (slots.Count > 0)
        {
            yaml.Item(names.Label(map.Label + "_slots"), () => yaml.Map("for", () =>
            {
                yaml.Entry("value", names.Variable(map.Label + "_slot"));
                Value("in", items);
                yaml.Map("steps", () => yaml.Item(names.Label(map.Label + "_add"), () => yaml.Map("assign", () =>
                {
                    foreach (var list in slots)
                    {
                        yaml.Line($"- {list}: ${{list.concat({list}, {(list == map.Result ? empty ?? "null" : "null")})}}");
                    }
                })));
            }));
        }

        return items;
    }

    private void ItemFailed(IrMap map, string? failure, string? failures, string error)
    {
        var index = GoogleTargets.IndexOf(map);
        if (failures is not null)
        {
            yaml.Item(names.Label(map.Label + "_failed"), () => yaml.Map("assign", () => yaml.Line($"- {failures}[{index}]: ${{{error}}}")));
            return;
        }

        if (!map.Collects)
        {
            Keep(map.Label, failure!, error);
            return;
        }

        // Only failures of ours are collected.
        yaml.Item(names.Label(map.Label + "_failed"), () => yaml.Map("switch", () =>
        {
            if (failure is not null)
            {
                yaml.ItemLine($"condition: ${{{GoogleFailures.IsForeign(error)}}}", () => yaml.Map("steps", () => Keep(map.Label + "_defect", failure, error)));
            }

            yaml.ItemLine("condition: true", () => yaml.Map("steps", () =>
            {
                if (map.Result is null)
                {
                    yaml.Item(names.Step("ignore"), () => yaml.Map("assign", () => yaml.Line($"- {error}: null")));
                    return;
                }

                Assign(names.Step("set"), [(GoogleTargets.Of(map)!, GoogleTargets.Collected(s_null, new IrVariable(error, IrKind.Object)))]);
            }));
        }));
    }

    private void RaiseFirst(string label, string failures, Func<string, string> condition)
    {
        var one = names.Variable(label + "_one");
        yaml.Item(names.Label(label), () => yaml.Map("for", () => yaml
            .Entry("value", one)
            .Entry("in", $"${{{failures}}}")
            .Map("steps", () => yaml.Item(names.Label(label + "_raise"), () => yaml.Map("switch", () => yaml
                .ItemLine($"condition: ${{{condition(one)}}}", () => yaml.Entry("raise", $"${{{one}}}")))))));
    }
}
