namespace Portable.Workflows.Tests.Reading;

public sealed class StatementTests
{
    [Fact]
    public void Locals_are_assigned_again() => Same("""
        note = "a"
        note = order.Id
        Name: note = step Name(note)
        order = order
        maybe = order.Note
        if (maybe is null)
          maybe = "b"
        """, """
        string note = "a"; string? maybe;
        note = order.Id;
        note = await flow.Step(Name, note);
        order = order;
        maybe = order.Note;
        maybe ??= "b";
        """);

    [Fact]
    public void Awaits_in_expressions_run_first_in_order() => Same("""
        Check: output = step Check(order.Id)
        if output
          Name: output_2 = step Name("a")
          Count: output_3 = step Count("b")
          return {Text: output_2, Count: output_3}
        else
          Check_2: output_4 = step Check("c")
          if output_4
            Log: step Log("d")
        """, """
        if (await flow.Step(Check, order.Id))
        {
            return new Result(await flow.Step(Name, "a"), await flow.Step(Count, "b"));
        }
        else if (await flow.Step(Check, "c"))
        {
            await flow.Step(Log, "d");
        }
        """);

    [Fact]
    public void Loops_with_break_and_continue() => Same("""
        go = true
        loop go
          Check: go = step Check("a")
          if go
            continue
          break
        loop until after go
          Check_2: go = step Check("b")
        foreach line in lines
          Work: step Work(line)
        loop
          Check_3: output = step Check("c")
          if !output
            break
          Log: step Log("d")
        loop until after again
          Log_2: step Log("e")
        advance
          Check_4: output_2 = step Check("f")
          again = output_2
        """, """
        var go = true;
        while (go)
        {
            go = await flow.Step(Check, "a");
            if (go) { continue; }
            break;
        }

        do { go = await flow.Step(Check, "b"); } while (go);
        foreach (var line in lines) { await flow.Step(Work, line); }
        while (await flow.Step(Check, "c")) { await flow.Step(Log, "d"); }
        do { await flow.Step(Log, "e"); } while (await flow.Step(Check, "f"));
        """);

    [Fact]
    public void A_switch_becomes_a_chain() => Same("""
        if ((order.Id == "a") || (order.Id == "b"))
          Log: step Log("ab")
        else
          if (order.Id == "c")
            return {Text: "c", Count: 0}
          else
            Log_2: step Log("other")
        """, """
        switch (order.Id)
        {
            case "a":
            case "b":
                await flow.Step(Log, "ab");
                break;
            case "c":
                return new Result("c");
            default:
                await flow.Step(Log, "other");
                break;
        }
        """);

    [Fact]
    public void A_switch_over_patterns_with_guards_and_jumps_inside_a_loop() => Same("""
        foreach line in lines
          scope switch
            if (line.Count > 5)
              Check: output = step Check(line.Sku)
              if output
                leave switch
              Log: step Log("many")
            else
              matches = ((line.Count >= 1) && (line.Count < 3))
              if matches
                Check_2: output_2 = step Check("guard")
                matches = output_2
              if matches
                continue
              else
                return {Text: "stop", Count: 0}
          Log_2: step Log("next")
        """, """
        foreach (var line in lines)
        {
            switch (line.Count)
            {
                case > 5:
                    if (await flow.Step(Check, line.Sku)) { break; }
                    await flow.Step(Log, "many");
                    break;
                case >= 1 and < 3 when await flow.Step(Check, "guard"):
                    continue;
                default:
                    return new Result("stop");
            }

            await flow.Step(Log, "next");
        }
        """);

    [Fact]
    public void Failures_are_thrown_and_thrown_again() => Same("""
        try
          Log: step Log("a")
        catch failure when ((failure.Code == "A") || (failure.Code == "B"))
          throw failure
        try
          Log_2: step Log("b")
        catch first when ((first.Code == "A") || (first.Message == "m"))
          if (first.Code == "A")
            throw {Code: "Changed", Message: "why", Data: null}
          else
            throw first
        throw {Code: "Note", Message: (order.Note ?? "Note"), Data: "{}"}
        """, """
        try { await flow.Step(Log, "a"); } catch (StepFailed failure) when (failure.Code is "A" or "B") { throw; }
        try { await flow.Step(Log, "b"); }
        catch (StepFailed first) when (first.Code == "A") { throw new StepFailed("Changed", "why"); }
        catch (StepFailed second) when (second.Message == "m") { throw second; }
        throw new StepFailed("Note", order.Note, "{}");
        """);

    [Fact]
    public void A_finally_runs_on_every_way_out() => Same("""
        foreach line in lines
          exit = 0
          pending = null
          scope finally
            try
              if (line.Count == 1)
                exit = 1
                leave finally
              if (line.Count == 2)
                exit = 2
                leave finally
              if (line.Count == 3)
                Name: output = step Name("r")
                returned = {Text: output, Count: 0}
                exit = 3
                leave finally
              Work: step Work(line)
            catch failure
              pending = failure
          Log: step Log("always")
          if !(pending is null)
            throw pending
          if (exit == 1)
            break
          if (exit == 2)
            continue
          if (exit == 3)
            return returned
          Log_2: step Log("after")
        """, """
        foreach (var line in lines)
        {
            try
            {
                if (line.Count == 1) { break; }
                if (line.Count == 2) { continue; }
                if (line.Count == 3) { return new Result(await flow.Step(Name, "r")); }
                await flow.Step(Work, line);
            }
            finally
            {
                await flow.Step(Log, "always");
            }

            await flow.Step(Log, "after");
        }
        """);

    [Fact]
    public void A_finally_around_catches_without_jumps_needs_no_scope() => Same("""
        pending = null
        try
          try
            Log: step Log("a")
          catch failure
            Log_2: step Log(failure.Code)
        catch failure_2
          pending = failure_2
        Log_3: step Log("last")
        if !(pending is null)
          throw pending
        """, """
        try { await flow.Step(Log, "a"); }
        catch (StepFailed failure) { await flow.Step(Log, failure.Code); }
        finally { await flow.Step(Log, "last"); }
        """);

    [Fact]
    public void A_return_passes_two_finallies() => Same("""
        exit = 0
        pending_2 = null
        try
          exit_2 = 0
          pending = null
          try
            Check: output = step Check("a")
            if output
              returned = {Text: "early", Count: 0}
              exit_2 = 1
          catch failure
            pending = failure
          Log: step Log("inner")
          if !(pending is null)
            throw pending
          if (exit_2 == 1)
            returned_2 = returned
            exit = 1
        catch failure_2
          pending_2 = failure_2
        Log_2: step Log("outer")
        if !(pending_2 is null)
          throw pending_2
        if (exit == 1)
          return returned_2
        """, """
        try
        {
            try
            {
                if (await flow.Step(Check, "a")) { return new Result("early"); }
            }
            finally { await flow.Step(Log, "inner"); }
        }
        finally { await flow.Step(Log, "outer"); }
        """);

    private static void Same(string expected, string statements) =>
        Assert.Equal("Find: lines = step Find()\n" + expected, Body.Ir("var lines = await flow.Step(Find);\n" + statements));
}
