using Portable.Generator.Workflows.Ir;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Reading;

/// <summary>What compensation becomes for engines that know none.</summary>
public sealed class SagaTests
{
    private const string Members = """
        [Step, Compensate(nameof(Cancel))] public Task<string> Book(Line line) => Task.FromResult("b");
        [Step] public Task Cancel(string booking) => Task.CompletedTask;
        [Step, Compensate(nameof(Unreserve))] public Task<bool> Reserve(Line line) => Task.FromResult(true);
        [Step] public Task Unreserve(Line line) => Task.CompletedTask;
        [Step, Compensate(nameof(Reset))] public Task Start() => Task.CompletedTask;
        [Step] public Task Reset() => Task.CompletedTask;
        """;

    [Fact]
    public void A_workflow_undoes_what_it_did_when_it_fails() => Same("""
        undo = []
        try
          line = {Sku: "a", Count: 1}
          Book: done = step Book(line)
          undo = ([{step: "Cancel", input: done}] ++ undo)
          Log: step Log("x")
          return {Text: "end", Count: 0}
        catch failure
          notUndone = ""
          foreach record in undo
            try
              Cancel: step Cancel(record.input)
            catch failure_2
              notUndone = concat(((notUndone == "") ? "Not undone: " : concat(notUndone, ", ")), "Cancel (", failure_2.Code, ")")
          undo = []
          if (notUndone != "")
            throw {code: "CompensationFailed", message: notUndone, data: null}
          throw failure
        """, """
        var line = new Line("a", 1);
        await flow.Step(Book, line);
        await flow.Step(Log, "x");
        """, "[Workflow(\"w\", CompensateOnFailure = true)]");

    [Fact]
    public void Payloads_and_steps_without_one_are_undone_in_a_loop_and_where_asked() => Same("""
        undo = []
        line = {Sku: "a", Count: 1}
        loop
          Reserve: step Reserve(line)
          undo = ([{step: "Unreserve", input: line}] ++ undo)
          Start: step Start()
          undo = ([{step: "Reset", input: null}] ++ undo)
          Check: output = step Check("more")
          if !output
            break
        notUndone = ""
        foreach record in undo
          if (record.step == "Unreserve")
            try
              Unreserve: step Unreserve(record.input)
            catch failure_2
              notUndone = concat(((notUndone == "") ? "Not undone: " : concat(notUndone, ", ")), "Unreserve (", failure_2.Code, ")")
          else
            try
              Reset: step Reset()
            catch failure
              notUndone = concat(((notUndone == "") ? "Not undone: " : concat(notUndone, ", ")), "Reset (", failure.Code, ")")
        undo = []
        if (notUndone != "")
          throw {code: "CompensationFailed", message: notUndone, data: null}
        return {Text: "end", Count: 0}
        """, """
        var line = new Line("a", 1);
        while (true)
        {
            await flow.Step(Reserve, line);
            await flow.Step(Start);
            if (!await flow.Step(Check, "more")) { break; }
        }

        await flow.Compensate();
        """);

    [Fact]
    public void Branches_hand_over_what_they_did_even_if_they_failed()
    {
        var text = Ir("""
            var (booking, name) = await flow.Parallel(flow.Branch(Book, new Line("a", 1)), flow.Branch(Name, "n"));
            await flow.Step(Log, booking);
            await flow.Step(Log, name);
            await flow.Compensate();
            """);
        Assert.StartsWith("""
            undo = []
            Parallel: parallel settles
              Book_branch: settled =
                undo_2 = []
                try
                  Book: output = step Book({Sku: "a", Count: 1})
                  undo_2 = ([{step: "Cancel", input: output}] ++ undo_2)
                  return {value: output, failure: null, done: undo_2}
                catch failure
                  return {value: null, failure: failure, done: undo_2}
              Name_branch: settled_2 =
                try
                  Name: output_2 = step Name("n")
                  return {value: output_2, failure: null}
                catch failure_2
                  return {value: null, failure: failure_2}
            undo = (settled.done ++ undo)
            if !((settled.failure ?? settled_2.failure) is null)
              throw (settled.failure ?? settled_2.failure)
            booking = settled.value
            name = settled_2.value
            Log: step Log(booking)
            """, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_hand_over_what_they_did()
    {
        var text = Ir("""
            var lines = await flow.Step(Find);
            var bookings = await flow.Map(lines, Book);
            var outcomes = await flow.TryMap(lines, async line =>
            {
                await flow.Step(Reserve, line);
                await flow.Compensate();
                return "r";
            });
            if (bookings.Count == outcomes.Count) { return new Result("same"); }
            await flow.Compensate();
            """);
        Assert.StartsWith("""
            undo = []
            Find: lines = step Find()
            Map: settled = map item in lines by 10 settles
              undo_2 = []
              try
                Book: output = step Book(item)
                undo_2 = ([{step: "Cancel", input: output}] ++ undo_2)
                return {value: output, failure: null, done: undo_2}
              catch failure
                return {value: null, failure: failure, done: undo_2}
            failed = null
            values = []
            foreach element in settled
              undo = (element.done ++ undo)
              failed = (failed ?? element.failure)
              values = (values ++ [element.value])
            if !(failed is null)
              throw failed
            bookings = values
            TryMap: settled_2 = map line in lines by 10 settles
              undo_3 = []
              try
                Reserve: step Reserve(line)
                undo_3 = ([{step: "Unreserve", input: line}] ++ undo_3)
                notUndone = ""
                foreach record in undo_3
            """, text, StringComparison.Ordinal);
        Assert.Contains("""
            values_2 = []
            foreach element_2 in settled_2
              undo = (element_2.done ++ undo)
              values_2 = (values_2 ++ [{value: element_2.value, failure: element_2.failure}])
            outcomes = values_2
            """, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_payload_is_kept_when_the_result_takes_its_variable() => Assert.Contains("""
          payload = position
          Next: position = step Next(payload)
          undo = ([{step: "Back", input: payload}] ++ undo)
        """, Ir("""
        long position = 1;
        while (position < 5) { position = await flow.Step(Next, position); }
        await flow.Compensate();
        """, more: """
        [Step, Compensate(nameof(Back))] public Task<int> Next(long number) => Task.FromResult((int)number + 1);
        [Step] public Task Back(long number) => Task.CompletedTask;
        """), StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_left_for_emitters_and_nothing_happens_twice()
    {
        var lowered = Sagas.Apply(Body.Read(Body.Source("await flow.Step(Book, new Line(\"a\", 1)); await flow.Compensate();", members: Members)));
        Assert.False(lowered.IsSaga);
        Assert.DoesNotContain(lowered.Steps, static step => step.Compensation is not null);
        Assert.Same(lowered, Sagas.Apply(lowered));
    }

    private static void Same(string expected, string statements, string attribute = "[Workflow(\"w\")]") => Assert.Equal(expected, Ir(statements, attribute));

    private static string Ir(string statements, string attribute = "[Workflow(\"w\")]", string more = "") =>
        IrPrinter.Print(Sagas.Apply(Body.Read(Body.Source(statements, attribute, Members + more))).Body);
}
