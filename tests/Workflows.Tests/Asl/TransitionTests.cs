using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Ir;
using Portable.Testing;
using static Portable.Workflows.Tests.Asl.MadeIr;

namespace Portable.Workflows.Tests.Asl;

/// <summary>
/// Step Functions bills state transitions: an emitted machine goes through no more states than one that a careful person wrote
/// (<c>HandWritten</c>), on the same input with the same answers, and comes to the same end.
/// </summary>
public sealed class TransitionTests(AslOracle oracle) : IClassFixture<AslOracle>
{
    private static readonly IrVariable Order = Var("order");

    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["linear"] = new(
            Workflow(Block(
                Set("cents", Member(Order, "cents", IrKind.Integer)),
                Call("Price", Var("cents"), "quote"),
                Call("Charge", Var("quote"), "charge"),
                Call("Confirm", Object(("order", Member(Order, "id")), ("charge", Var("charge")))),
                Return(Var("charge")))),
            [("""{"id":"o1","cents":5}""", Echo("Price", "Charge", "Confirm"))]),

        ["if"] = new(
            Workflow(Block(
                Call("Price", Order, "quote"),
                If(Less(Number(100), Var("quote", IrKind.Integer)),
                    Block(Call("Approve", Var("quote"))),
                    Block(If(Is(Var("quote", IrKind.Integer), Number(0)), Block(Return(Text("free")))))),
                Call("Charge", Var("quote")),
                Return(Text("charged")))),
            [("500", Echo("Price", "Approve", "Charge")), ("50", Echo("Price", "Charge")), ("0", Echo("Price"))]),

        ["while"] = new(
            Workflow(Block(
                Set("page", Number(0)),
                Set("more", Flag(true)),
                While(Var("more", IrKind.Boolean), Block(
                    Call("Read", Var("page"), "result"),
                    Set("page", Add(Var("page"), Number(1))),
                    Set("more", Less(Var("page"), Member(Order, "pages", IrKind.Integer))))),
                Return(Var("page")))),
            [("""{"pages":3}""", Echo("Read"))]),

        ["foreach"] = new(
            Workflow(Block(
                Set("packed", List()),
                ForEach("line", Member(Order, "lines", IrKind.List), Block(
                    Call("Pack", Var("line"), "box"),
                    Set("packed", Join(Var("packed"), List(Var("box")))))),
                Return(Object(("boxes", Var("packed")))))),
            [("""{"lines":[1,2,3]}""", Echo("Pack")), ("""{"lines":[]}""", Echo())]),

        ["polling"] = new(
            Workflow(Block(
                Call("Start", Order, "job"),
                While(null, Block(
                    Wait("Wait", Number(30)),
                    Call("Check", Var("job"), "status"),
                    If(Is(Var("status", IrKind.Text), Text("done")), Block(Break)))),
                Call("Fetch", Var("job"), "result"),
                Return(Var("result")))),
            [("\"j1\"", Echo("Start", "Fetch").Fails("Check", 0, "X").Answers("Check", Turns("\"running\"", "\"running\"", "\"done\"")))]),

        ["try"] = new(
            Workflow(Block(
                Call("Reserve", Order, "room"),
                Try(
                    Block(Try(Block(Call("Charge", Var("room"), "charge")), Block(Call("AskForCard", Message()), Return(Text("asked"))), Or(Is(Code(), Text("CardDeclined")), Is(Code(), Text("CardExpired"))))),
                    Block(Call("Release", Var("room")), Throw(Var("failure"))),
                    null),
                Return(Var("charge"))),
                Step("Charge", Retry(2, "Timeout"))),
            [
                ("1", Echo("Reserve", "Charge")),
                ("1", Echo("Reserve", "AskForCard").FailsAlways("Charge", "CardExpired")),
                ("1", Echo("Reserve", "Release").FailsAlways("Charge", "Timeout")),
            ]),

        ["parallel"] = new(
            Workflow(Block(
                Call("Load", Order, "trip"),
                Parallel(
                    "Book",
                    (Block(Call("Flight", Var("trip"), "f"), Return(Var("f"))), "flight"),
                    (Block(Call("Hotel", Var("trip"), "h"), Call("Breakfast", Var("h"), "b"), Return(Var("b"))), "hotel")),
                Return(Object(("flight", Var("flight")), ("hotel", Var("hotel")))))),
            [("1", Echo("Load", "Flight", "Hotel", "Breakfast")), ("1", Echo("Load", "Hotel").FailsAlways("Flight", "SoldOut"))]),

        ["map"] = new(
            Workflow(Block(
                Map("Files", Member(Order, "files", IrKind.List), "file", Block(
                    Call("Resize", Var("file"), "small"),
                    Call("Store", Object(("from", Var("file")), ("to", Var("small"))), "stored"),
                    Return(Var("stored"))), "all", collects: true, concurrency: 5),
                Return(Var("all", IrKind.List)))),
            [("""{"files":[1,2,3]}""", Echo("Resize", "Store").Fails("Resize", 1, "Broken")), ("""{"files":[]}""", Echo())]),

        ["approval"] = new(
            Workflow(Block(
                Call("Ask", Order),
                Try(
                    Block(
                        Event("Approval", "approved", 3600, "by"),
                        If(new IrNot(Member(Var("by"), "ok", IrKind.Boolean)), Block(Return(Text("rejected"))))),
                    Block(Call("Escalate", Order), Return(Text("escalated"))),
                    Is(Code(), Text("Timeout"))),
                Call("Ship", Order),
                Return(Text("shipped")))),
            [
                ("1", Echo("Ask", "Ship").Returns("event:approved", """{"ok":true}""")),
                ("1", Echo("Ask").Returns("event:approved", """{"ok":false}""")),
                ("1", Echo("Ask", "Escalate").FailsAlways("event:approved", "Timeout")),
            ]),

        ["nested"] = new(
            Workflow(Block(
                Set("failed", Number(0)),
                ForEach("batch", Member(Order, "batches", IrKind.List), Block(
                    Try(
                        Block(
                            Map("Rows", Member(Var("batch"), "rows", IrKind.List), "row", Block(
                                If(Is(Var("row"), Number(0)), Block(Return(Null))),
                                Call("Import", Var("row"), "done"),
                                Return(Var("done"))), "rows"),
                            Call("Commit", Var("rows"))),
                        Block(Set("failed", Add(Var("failed"), Number(1))))),
                    If(Is(Var("failed", IrKind.Integer), Number(2)), Block(Break)))),
                Return(Var("failed")))),
            [
                ("""{"batches":[{"rows":[1,0]},{"rows":[2]}]}""", Echo("Import", "Commit")),
                ("""{"batches":[{"rows":[1]},{"rows":[0]},{"rows":[3]}]}""", Echo("Import").FailsAlways("Commit", "Locked")),
            ]),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_more_transitions_than_by_hand(string shape)
    {
        var (model, runs) = Shapes[shape];
        Transitions.NoMoreThan(HandWritten.Machine(shape), AslEmitter.Emit(model)!, oracle, sameFailure: false, runs);
    }

    private static StepScript Echo(params string[] steps) => steps.Aggregate(new StepScript(), (script, step) => script.Answers(step, static input => input));

    // The same turns again in the next run: the last one begins them anew.
    private static Func<string, string> Turns(params string[] answers)
    {
        var turn = 0;
        return _ => answers[turn++ % answers.Length];
    }

    private sealed record Shape(WorkflowModel Model, (string Input, StepScript Script)[] Runs);
}
