namespace Portable.Workflows.Tests.Reading;

public sealed class OrchestrationTests
{
    [Fact]
    public void Branches_that_are_steps() => Same("""
        Parallel: parallel
          Name_branch: name =
            Name: output = step Name(order.Id)
            return output
          Ping_branch: pong =
            Ping: output_2 = step Ping()
            return output_2
          Log_branch:
            Log: step Log("x")
            return
        return {Text: name, Count: 0}
        """, """
        var (name, pong, _) = await flow.Parallel(flow.Branch(Name, order.Id), flow.Branch(Ping), flow.Branch(Log, "x"));
        return new Result(name);
        """);

    [Fact]
    public void Branches_that_are_bodies_kept_in_a_tuple() => Same("""
        limit = order.Count
        Parallel: parallel
          Branch: both_1 =
            Check: output = step Check(order.Id)
            if output
              return {Text: "a", Count: limit}
            Name: output_2 = step Name("b")
            return {Text: output_2, Count: 0}
          Second: both_2 =
            x = "c"
            Count: output_3 = step Count(x)
            return output_3
          Stop_branch:
            Stop: step Stop()
            return
        Log: step Log(both_1.Text)
        if (both_2 > 1)
          Log_2: step Log("many")
        """, """
        var limit = order.Count;
        var both = await flow.Parallel(
            flow.Branch(async () =>
            {
                if (await flow.Step(Check, order.Id)) { return new Result("a", limit); }
                return new Result(await flow.Step(Name, "b"));
            }),
            flow.Branch(Second),
            flow.Branch(Stop));
        await flow.Step(Log, both.Item1.Text);
        if (both.Item2 > 1) { await flow.Step(Log, "many"); }

        async Task<int> Second()
        {
            var x = "c";
            return await flow.Step(Count, x);
        }
        """);

    [Fact]
    public void Maps_over_steps_lambdas_and_local_functions() => Same("""
        Find: lines = step Find()
        Map: done = map item in lines by 5
          Work: output = step Work(item)
          return output
        Map_2: map line in lines by 10
          Check: output_2 = step Check(line.Sku)
          if !output_2
            return
          Map_3: map other in lines by 1
            Log: step Log(other.Sku)
            return
          return
        TryMap: outcomes = try map line_2 in lines by 10
          Name: output_3 = step Name(line_2.Sku)
          return output_3
        foreach outcome in outcomes
          if (outcome.Failure is null)
            Log_2: step Log("ok")
        """, """
        var lines = await flow.Step(Find);
        var done = await flow.Map(lines, Work, maxConcurrency: 5);
        await flow.Map(lines, async line =>
        {
            if (!await flow.Step(Check, line.Sku)) { return; }
            await flow.Map(lines, other => flow.Step(Log, other.Sku), 1);
        });
        var outcomes = await flow.TryMap(lines, NameOf);
        foreach (var outcome in outcomes)
        {
            if (outcome.Failure is null) { await flow.Step(Log, "ok"); }
        }

        async Task<string> NameOf(Line line) => await flow.Step(Name, line.Sku);
        """);

    [Fact]
    public void A_local_function_that_two_branches_run_is_two_bodies() => Same("""
        Parallel: parallel
          Measure: a =
            Count: output = step Count("x")
            n = {Text: "y", Count: output}
            return n.Count
          Measure_2: b =
            Count_2: output_2 = step Count("x")
            n_2 = {Text: "y", Count: output_2}
            return n_2.Count
        if (a == b)
          return {Text: "same", Count: 0}
        """, """
        var (a, b) = await flow.Parallel(flow.Branch(Measure), flow.Branch(Measure));
        if (a == b) { return new Result("same"); }
        async Task<int> Measure() { var n = new Result("y", await flow.Step(Count, "x")); return n.Count; }
        """);

    [Fact]
    public void Waits_events_children_and_publishing() => Same("""
        Delay: wait 90
        Delay_2: wait (order.Count * 3600)
        Delay_3: wait 120
        Delay_4: wait 1
        Event_approval_1: answer = event "approval-1" within 172800
        Child_ship: shipped = child "ship"({Sku: "a", Count: 1})
        Child_other: child "other"(order.Id)
        Child_ship_2: again = child "ship"({Sku: "b", Count: 1})
        Publish_Placed: publish "com.acme.order.placed" 2 {Id: order.Id}
        now_2 = take UtcNow
        Until: wait until now_2
        utcNow_2 = take UtcNow
        Until_2: wait until utcNow_2
        id = take NewGuid
        Log: step Log(runId)
        """, """
        await flow.Delay(TimeSpan.FromSeconds(90));
        await flow.Delay(TimeSpan.FromHours(order.Count));
        await flow.Delay(Patience);
        await flow.Delay(TimeSpan.FromMilliseconds(5));
        var answer = await flow.Event<Result>("approval-1", TimeSpan.FromDays(2));
        var shipped = await flow.Child(Ship, new Line("a", 1));
        await flow.Child(other.Run, order.Id);
        var again = await flow.Child<Line, Result>("ship", new Line("b", 1));
        await flow.Publish(new Placed(order.Id));
        var now = flow.UtcNow;
        await flow.Until(now);
        await flow.Until(flow.UtcNow);
        var id = flow.NewGuid();
        await flow.Step(Log, flow.RunId);
        """);

    [Fact]
    public void Children_and_payloads_are_known()
    {
        var model = Body.Read(Body.Source("""
            var answer = await flow.Event<Result>("approval", TimeSpan.FromDays(2));
            await flow.Child(Ship, new Line("a", 1));
            await flow.Child(other.Run, order.Id);
            await flow.Publish(new Placed(order.Id));
            """));
        Assert.Equal(["Ship=ship", "other.Run=other"], model.Children.Select(static child => $"{child.Expression}={child.Workflow}"));
        Assert.Equal(["Result", "Line", "String", "Placed"], model.Payloads.Select(static type => type.Name));
    }

    [Fact]
    public void Lists_grow() => Same("""
        names = []
        Find: lines = step Find()
        foreach line in lines
          Name: output = step Name(line.Sku)
          names = (names ++ [output])
        Map: map item in names by 10
          Log: step Log(item)
          return
        """, """
        var names = new List<string>();
        var lines = await flow.Step(Find);
        foreach (var line in lines) { names.Add(await flow.Step(Name, line.Sku)); }
        await flow.Map(names, Log);
        """);

    [Fact]
    public void A_list_is_taken_at_its_word_and_one_that_is_forgiven_is_checked_as_in_csharp() => Same("""
        Map: map item in order.Lines by 10
          Work: output = step Work(item)
          return output
        if (order.More is null)
          defect {Code: "NullReferenceException", Message: "Object reference not set to an instance of an object.", Data: null}
        Map_2: map item_2 in order.More by 10
          Work_2: output_2 = step Work(item_2)
          return output_2
        """, "await flow.Map(order.Lines, Work); await flow.Map(order.More!, Work);");

    [Fact]
    public void Attributes_of_steps_and_workflows_are_read()
    {
        const string members = """
            [Step(HeartbeatSeconds = 5, Isolated = true, TimeoutSeconds = 60), Compensate(nameof(Undo)), Idempotent(nameof(Line.Sku)), Retry(Jitter = true)]
            public Task<Result> Do(Line line) => Task.FromResult(new Result("x"));
            [Step, Compensate(nameof(Undone))] public Task Again(Line line) => Task.CompletedTask;
            [Step] public Task Undo(Result result) => Task.CompletedTask;
            [Step] public Task Undone(Line line) => Task.CompletedTask;
            [Step, Idempotent("Count")] public Task Counted(Line line) => Task.CompletedTask;
            """;
        const string statements = """
            var line = new Line("s", 2);
            await flow.Step(Do, line);
            await flow.Step(Counted, new Line("t", 3));
            await flow.Compensate();
            """;
        var model = Body.Read(Body.Source(statements, "[Workflow(\"w\", TimeoutSeconds = 60, Express = true, CompensateOnFailure = true)]", members));
        Assert.True(model is { IsExpress: true, CompensatesOnFailure: true, IsSaga: true });
        var step = model.Steps.Single(static step => step.Name == "Do");
        Assert.Equal((5, true, "Sku", "Undo", true, true), (step.HeartbeatSeconds, step.IsIsolated, step.KeyMember?.Member, step.Compensation?.Step, step.Compensation?.TakesResult, step.Retry?.Jitter));
        Assert.False(model.Steps.Single(static step => step.Name == "Again").Compensation!.TakesResult);
        Assert.StartsWith("""
            line = {Sku: "s", Count: 2}
            Do: step Do(line) key line.Sku
            Counted: step Counted({Sku: "t", Count: 3}) key concat(3)
            compensate
            """, Harness.IrPrinter.Print(model.Body), StringComparison.Ordinal);
    }

    private static void Same(string expected, string statements) => Assert.Equal(expected, Body.Ir(statements));
}
