using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <content>
/// Branches and items side by side. The engine lets the others run on when one fails, and wraps what was raised. So no branch raises
/// anything: a shared variable keeps the first failure, the others look at it before each call and stop by raising something that
/// no handler takes, and behind the parallel step the failure is raised as it was. Where branches run on after a failure, in a workflow
/// that compensates and in a map that collects, the shared variable keeps the first defect, which stops them all the same.
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
        var defect = parallel.Settles && IsForeign(parallel) ? names.Variable(parallel.Label + "_defect") : null;
        var first = parallel.Settles ? null : names.Variable(parallel.Label + "_failure");
        var kept = parallel.Branches.Select(branch => first ?? (IrFlow.Fails(branch.Body) ? names.Variable(branch.Name + "_failure") : null)).ToList();
        var failures = kept.OfType<string>().Distinct().ToList();
        if (defect is not null)
        {
            failures.Insert(0, defect);
        }

        var shared = failures.Concat(parallel.Branches.Select(static branch => branch.Result).OfType<string>()).ToList();
        if (shared.Count > 0)
        {
            Assign(names.Label(parallel.Label + "_start"), shared.Select(static variable => (variable, (IrExpression)s_null)));
        }

        var stop = first ?? (MayBeDefect(parallel) ? defect : null);
        yaml.Item(parallel.Label, () => yaml.Map("parallel", () =>
        {
            if (shared.Count > 0)
            {
                yaml.Line($"shared: [{string.Join(", ", shared)}]");
            }

            yaml.Map("branches", () =>
            {
                for (var i = 0; i < parallel.Branches.Count; i++)
                {
                    var branch = parallel.Branches[i];
                    var failure = kept[i];
                    var own = defect is not null && IsForeign(branch.Body) ? defect : null;
                    yaml.Item(branch.Name, () => yaml.Map("steps", () => Branch(
                        branch.Name, branch.Body, stop, failure is null && own is null ? null : error => Failed(branch.Name, own, failure, first is not null, error))));
                }
            });
        }));
        if (failures.Count > 0)
        {
            Raise(parallel.Label, failures);
        }
    }

    private bool IsForeign(IrBlock body) => _stops.Count > 0 || _failures.MayBeForeign(body);

    private bool IsForeign(IrStatement fork) => IrWalk.Blocks(fork).Any(IsForeign);

    private bool MayBeDefect(IrStatement fork) => IrWalk.Blocks(fork).Any(_failures.MayBeDefect);

    /// <summary>A body whose failure is kept instead of raised.</summary>
    private void Branch(string name, IrBlock body, string? stop, Action<string>? except)
    {
        void Content()
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
        }

        if (except is null)
        {
            Content();
            return;
        }

        var error = names.Variable(name + "_error");
        yaml.Item(names.Label(name + "_run"), () => yaml
            .Map("try", () => yaml.Map("steps", Content))
            .Map("except", () => yaml.Entry("as", error).Map("steps", () => except(error))));
    }

    /// <summary>Keeps what a branch or item raised: a defect, or what stopped it, apart from its failure.</summary>
    /// <param name="first">Whether the first failure in time is kept, and not this one's own.</param>
    private void Failed(string name, string? defect, string? failure, bool first, string error)
    {
        void KeepFailure()
        {
            if (first)
            {
                Keep(name, failure!, error);
            }
            else
            {
                yaml.Item(names.Label(name + "_failed"), () => yaml.Map("assign", () => yaml.Line($"- {failure}: ${{{error}}}")));
            }
        }

        if (defect is null)
        {
            KeepFailure();
        }
        else if (failure is null)
        {
            Keep(name, defect, error);
        }
        else
        {
            yaml.Item(names.Label(name + "_ended"), () => yaml.Map("switch", () => yaml
                .ItemLine($"condition: ${{{GoogleFailures.IsForeign(error)}}}", () => yaml.Map("steps", () => Keep(name + "_defect", defect, error)))
                .ItemLine("condition: true", () => yaml.Map("steps", KeepFailure))));
        }
    }

    // One expression, so that no other branch comes between looking and keeping.
    private void Keep(string name, string failure, string error) =>
        yaml.Item(names.Label(name + "_failed"), () => yaml.Map("assign", () => yaml.Line($"- {failure}: ${{default({failure}, {error})}}")));

    private void Raise(string label, IEnumerable<string> failures) =>
        yaml.Item(names.Label(label + "_end"), () => yaml.Map("switch", () =>
        {
            foreach (var failure in failures)
            {
                yaml.ItemLine($"condition: ${{{failure} != null}}", () => yaml.Entry("raise", $"${{{failure}}}"));
            }
        }));

    private void Map(IrMap map)
    {
        var stopsOnFailure = !map.Collects && !map.Settles;
        var first = stopsOnFailure ? names.Variable(map.Label + "_failure") : IsForeign(map) ? names.Variable(map.Label + "_defect") : null;
        var failures = map.Settles && !map.Collects && IrFlow.Fails(map.Body) ? names.Variable(map.Label + "_failures") : null;
        var items = Start(map, first, failures);
        var shared = new[] { map.Result, first, failures }.OfType<string>().ToList();
        var stop = stopsOnFailure || MayBeDefect(map) ? first : null;
        Action<string>? except = map.Collects ? error => ItemFailed(map, first, error)
            : first is null && failures is null ? null
            : error => Failed(
                map.Label, stopsOnFailure ? null : first, stopsOnFailure ? first : failures is null ? null : $"{failures}[{GoogleTargets.IndexOf(map)}]", stopsOnFailure, error);
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
                yaml.Map("steps", () => Branch(map.Label, map.Body, stop, except));
            });
        }));
        if (first is not null)
        {
            Raise(map.Label, [first]);
        }

        if (failures is not null)
        {
            RaiseFirst(map.Label + "_first", failures);
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

    // Only failures of ours are collected.
    private void ItemFailed(IrMap map, string? defect, string error) =>
        yaml.Item(names.Label(map.Label + "_failed"), () => yaml.Map("switch", () =>
        {
            if (defect is not null)
            {
                yaml.ItemLine($"condition: ${{{GoogleFailures.IsForeign(error)}}}", () => yaml.Map("steps", () => Keep(map.Label + "_defect", defect, error)));
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

    private void RaiseFirst(string label, string failures)
    {
        var one = names.Variable(label + "_one");
        yaml.Item(names.Label(label), () => yaml.Map("for", () => yaml
            .Entry("value", one)
            .Entry("in", $"${{{failures}}}")
            .Map("steps", () => yaml.Item(names.Label(label + "_raise"), () => yaml.Map("switch", () => yaml
                .ItemLine($"condition: ${{{one} != null}}", () => yaml.Entry("raise", $"${{{one}}}")))))));
    }
}
