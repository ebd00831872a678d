using Portable.Generator.Model;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using static Portable.Workflows.Tests.GoogleWorkflows.Build;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>Workflows whose definitions are kept as text, to be read by people.</summary>
internal static class Printed
{
    public static readonly IrEvent Paid = new("WaitPaid", "paid", Int(60), "payment", From("var payment = await flow.WaitFor<Payment>(\"paid\", ...);"));

    private static readonly Dictionary<string, WorkflowModel> s_workflows = new()
    {
        ["services"] = Workflow(Block(
            Paid,
            Child(Var("payment", IrKind.Object)),
            new IrPublish("Publish", "com.acme.order.placed", 1, Var("r", IrKind.Object), From("await flow.Publish(...);")),
            Wait("Delay", Int(60)))),
        ["branches"] = Workflow(
            Block(
                Parallel(
                    "Parallel", false,
                    Branch("left", Block(Step("Reserve", null, "stock"), Return(Var("stock"))), "a"),
                    Branch("right", Block(Try(Block(Step("Charge")), "failure", Block(Step("Note")))))),
                Map("Map", Var("a", IrKind.List), "item", Block(Step("Ship", Var("item"), "label"), Return(Var("label"))), "labels"),
                Return(Var("labels", IrKind.List))),
            null,
            StepOf("Charge", Retry(3))),
        ["loops"] = Workflow(Block(
            Set("i", Int(0)),
            While(
                Less(Var("i"), Int(3)),
                Block(If(Same(Var("i"), Int(1)), Block(Continue())), Try(Block(Step("Charge", Var("i")), Break()), "failure", Block(Step("Note")))),
                Block(Set("i", Plus(Var("i"), Int(1))))),
            ForEach("item", List(Int(1), Int(2)), Block(If(Same(Var("item"), Int(2)), Block(Break())), Step("Ship", Var("item")))),
            Scope("tier", Block(If(Same(Var("i"), Int(2)), Block(Step("Gold"), Leave("tier"))), Step("Plain"))),
            Return(Var("i")))),
    };

    public static IEnumerable<string> Names => s_workflows.Keys;

    public static string Definition(string name) => GoogleWorkflowsEmitter.Emit(s_workflows[name])!;

    public static IrChild Child(IrExpression input) => new("RunShipping", "shipping", input, "r", From("var r = await flow.Run(Shipping, ...);"));
}
