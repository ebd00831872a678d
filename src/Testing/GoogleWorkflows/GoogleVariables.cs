namespace Portable.Testing.GoogleWorkflows;

/// <summary>
/// Checks variables as a deployment does: a name that is read is assigned somewhere where it can be seen (troubleshooting, deployment errors), and a
/// branch assigns no variable around it unless it is shared (syntax reference, parallel steps). Loops, handlers and branches have scopes of their own.
/// </summary>
internal static class GoogleVariables
{
    public static void Check(GoogleRoutine routine, IEnumerable<string> routines)
    {
        var scope = new Scope(null, null, new HashSet<string>(routines, StringComparer.Ordinal));
        foreach (var (name, _) in routine.Parameters)
        {
            scope.Names.Add(name);
        }

        Steps(routine.Steps, routine.Name, scope);
    }

    private static void Steps(IReadOnlyList<GoogleStep> steps, string place, Scope scope)
    {
        // A jump may come back to what stands further up, so a name counts in all of its scope.
        foreach (var name in steps.SelectMany(Assigned))
        {
            scope.Add(name);
        }

        foreach (var step in steps)
        {
            Step(step, $"{place}/{step.Name}", scope);
        }
    }

    /// <summary>What a step assigns in the scope that it stands in.</summary>
    private static IEnumerable<string> Assigned(GoogleStep step) => step.Action switch
    {
        GoogleAction.Assign assign => assign.Values.Where(static value => value.Target.Path.Count == 0).Select(static value => value.Target.Variable),
        GoogleAction.Call { Result: { Path.Count: 0 } result } => [result.Variable],
        GoogleAction.Switch cases => cases.Cases.SelectMany(static item => Assigned(item.Body)),
        GoogleAction.Try attempt => attempt.Steps.SelectMany(Assigned),
        GoogleAction.Block block => block.Steps.SelectMany(Assigned),
        _ => [],
    };

    private static void Step(GoogleStep step, string place, Scope scope)
    {
        switch (step.Action)
        {
            case GoogleAction.Assign assign:
                foreach (var (target, value) in assign.Values)
                {
                    Read(value, place, scope);
                    Write(target, place, scope);
                }

                break;
            case GoogleAction.Call call:
                foreach (var (_, value) in call.Arguments)
                {
                    Read(value, place, scope);
                }

                if (call.Result is { } result)
                {
                    Write(result, place, scope);
                }

                break;
            case GoogleAction.Switch cases:
                foreach (var item in cases.Cases)
                {
                    Read(item.Condition, place, scope);
                    Step(item.Body, place, scope);
                }

                break;
            case GoogleAction.For loop:
                Loop(loop, place, scope, scope);
                break;
            case GoogleAction.Parallel parallel:
                Parallel(parallel, place, scope);
                break;
            case GoogleAction.Try attempt:
                Inside(attempt.Steps, place, scope);
                Retry(attempt.Retry, place, scope);
                if (attempt.Handler is { } handler)
                {
                    var inner = new Scope(scope, null);
                    if (attempt.Failure is { } failure)
                    {
                        inner.Names.Add(failure);
                    }

                    Steps(handler, place, inner);
                }

                break;
            case GoogleAction.Raise raise:
                Read(raise.Value, place, scope);
                break;
            case GoogleAction.Return returned:
                Read(returned.Value, place, scope);
                break;
            case GoogleAction.Block block:
                Inside(block.Steps, place, scope);
                break;
        }
    }

    private static void Inside(IReadOnlyList<GoogleStep> steps, string place, Scope scope)
    {
        foreach (var step in steps)
        {
            Step(step, $"{place}/{step.Name}", scope);
        }
    }

    private static void Retry(GoogleRetry? retry, string place, Scope scope)
    {
        foreach (var part in new[] { retry?.Policy, retry?.Predicate, retry?.MaxRetries, retry?.Backoff, retry?.InitialDelay, retry?.MaxDelay, retry?.Multiplier })
        {
            if (part is not null)
            {
                Read(part, place, scope);
            }
        }
    }

    private static void Loop(GoogleAction.For loop, string place, Scope outer, Scope around)
    {
        Read(loop.In ?? loop.Range!, place, outer);
        var inner = new Scope(around, null);
        inner.Names.Add(loop.Value);
        if (loop.Index is { } index)
        {
            inner.Names.Add(index);
        }

        Steps(loop.Steps, place, inner);
    }

    private static void Parallel(GoogleAction.Parallel parallel, string place, Scope scope)
    {
        if (parallel.Shared.FirstOrDefault(name => !scope.Knows(name)) is { } unknown)
        {
            throw new GoogleWorkflowDefinitionException(place, $"The shared variable '{unknown}' is not assigned around the parallel step.");
        }

        if (parallel.Concurrency is { } limit)
        {
            Read(limit, place, scope);
        }

        if (parallel.Loop is { } loop)
        {
            Loop(loop, place, scope, new Scope(scope, parallel.Shared));
        }

        foreach (var branch in parallel.Branches)
        {
            Steps([branch], place, new Scope(scope, parallel.Shared));
        }
    }

    private static void Write(GoogleTarget target, string place, Scope scope)
    {
        foreach (var key in target.Path)
        {
            Read(key, place, scope);
        }

        if (target.Path.Count > 0 && !scope.Knows(target.Variable))
        {
            throw Unknown(target.Variable, place);
        }

        if (!scope.MayAssign(target.Variable))
        {
            throw new GoogleWorkflowDefinitionException(place, $"The variable '{target.Variable}' belongs to the scope outside the branch and is not shared.");
        }
    }

    private static void Read(GoogleTemplate template, string place, Scope scope)
    {
        switch (template)
        {
            case GoogleTemplate.Computed computed:
                Read(computed.Expression, place, scope);
                break;
            case GoogleTemplate.Items items:
                foreach (var item in items.Values)
                {
                    Read(item, place, scope);
                }

                break;
            case GoogleTemplate.Members members:
                foreach (var (key, value) in members.Values)
                {
                    Read(key, place, scope);
                    Read(value, place, scope);
                }

                break;
        }
    }

    private static void Read(GoogleExpression expression, string place, Scope scope)
    {
        switch (expression)
        {
            case GoogleExpression.Variable variable when !scope.Knows(variable.Name) && !scope.IsRoutine(variable.Name):
                throw Unknown(variable.Name, place);
            case GoogleExpression.Member { Target: GoogleExpression.Variable { Name: "http" or "retry" } module } when !scope.Knows(module.Name):
                break;
            case GoogleExpression.Member member:
                Read(member.Target, place, scope);
                break;
            case GoogleExpression.Index index:
                Read(index.Target, place, scope);
                Read(index.Key, place, scope);
                break;
            case GoogleExpression.Unary unary:
                Read(unary.Operand, place, scope);
                break;
            case GoogleExpression.Binary binary:
                Read(binary.Left, place, scope);
                Read(binary.Right, place, scope);
                break;
            case GoogleExpression.Items items:
                items.Values.ToList().ForEach(item => Read(item, place, scope));
                break;
            case GoogleExpression.Call call:
                call.Arguments.ToList().ForEach(argument => Read(argument, place, scope));
                break;
        }
    }

    private static GoogleWorkflowDefinitionException Unknown(string name, string place) => new(place, $"The symbol '{name}' is neither a variable nor a subworkflow.");

    private sealed class Scope(Scope? outer, IReadOnlyCollection<string>? shared, HashSet<string>? routines = null)
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public bool Knows(string name) => Names.Contains(name) || outer?.Knows(name) == true;

        public bool IsRoutine(string name) => routines?.Contains(name) ?? outer!.IsRoutine(name);

        public bool MayAssign(string name) => Names.Contains(name) || outer is null || !outer.Knows(name) || (shared?.Contains(name) != false && outer.MayAssign(name));

        /// <summary>Notes what is assigned here, unless it belongs to a scope around.</summary>
        public void Add(string name)
        {
            if (outer?.Knows(name) != true)
            {
                Names.Add(name);
            }
        }
    }
}
