using Portable.Generator.Workflows.Graph;
using Portable.Generator.Workflows.Ir;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;
using Portable.Workflows.Tests.Harness;
using static Portable.Workflows.Tests.Asl.MadeIr;

namespace Portable.Workflows.Tests;

/// <summary>The graph of a workflow, in full and to the taste of Mermaid's own parser.</summary>
public sealed class GraphTests(NodeToolsFixture tools) : IClassFixture<NodeToolsFixture>
{
    private static readonly IrVariable Order = Var("order");

    private static readonly IrBlock Everything = Block(
        Call("Price", Order, "quote"),
        new IrIf(Less(Number(5), Var("quote")), Block(Call("Approve", Var("quote"))), Block(Return(Text("free"))), new IrSource("if (quote.Tags[\"a\"] > 5 && x < `#`)")),
        new IrForEach("line", Order, Block(If(Is(Var("line"), Number(0)), Block(Continue)), Call("Pack", Var("line")), If(Is(Var("line"), Number(9)), Block(Break))), new IrSource("foreach (var line in order.Lines)")),
        While(null, Block(Wait("Delay", Number(30)), Call("Check", null, "done"), If(Var("done", IrKind.Boolean), Block(Break)))),
        Do(Block(Call("Again")), Is(Order, Number(1))),
        Scope("end", Block(If(Is(Order, Number(2)), Block(Leave("end"))), Child("Ship", "ship-parcel"))),
        new IrCompensate(IrSource.None),
        Call("end"),
        Try(
            Block(
                Parallel("Book", (Block(Call("Flight")), null), (Block(Try(Block(Call("Hotel")), Block(Return(Null))), Wait("Delay_2", Order)), null)),
                Map("Files", Order, "file", Block(Call("Resize", Var("file"), "small"), Return(Var("small"))), "all", concurrency: 5),
                Event("Approval", "approved", 60),
                Throw("Rejected")),
            Block(Publish("Placed", "com.acme.failed", Order), Throw(Var("failure"))),
            Is(Code(), Text("Timeout"))));

    public static TheoryData<string> Workflows => [.. Compiled.CaseNames];

    [Fact]
    public void Everything_that_can_be_drawn()
    {
        var graph = MermaidEmitter.Emit(Workflow(Everything) with { CompensatesOnFailure = true })!;
        Snapshot.Match(graph, "everything", "mmd");
        Assert.Empty(tools.Tools.ValidateMermaid(graph));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Mermaid_reads_it(string workflow) => Assert.Empty(tools.Tools.ValidateMermaid(MermaidEmitter.Emit(Compiled.Case(workflow))!));

    [Fact]
    public void A_body_that_is_not_compiled_has_none() => Assert.Null(MermaidEmitter.Emit(Workflow(Everything) with { Body = null }));
}
