using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <content>Loops, scopes and jumps.</content>
internal sealed partial class GoogleMain
{
    // Where a break or continue of the loop around goes.
    private (string Break, string Continue) _loop = ("", "");
    private readonly Dictionary<string, string> _scopeEnds = new(StringComparer.Ordinal);

    private string Target(IrStatement jump) => jump switch
    {
        IrBreak => _loop.Break,
        IrContinue => _loop.Continue,
        IrLeave leave => _scopeEnds[leave.Name],
        _ => "end",
    };

    private void ForEach(IrForEach loop)
    {
        var name = names.Step("for");
        var items = Held(name, loop.Items, loop.Body);
        yaml.Item(name, () => yaml.Map("for", () =>
        {
            yaml.Entry("value", loop.Item);
            Value("in", items);
            yaml.Map("steps", () => InLoop("break", "continue", () => Steps(loop.Body)));
        }));
    }

    // A loop over a list that its own body replaces goes over the old one: it gets a name of its own.
    private IrExpression Held(string name, IrExpression items, IrBlock body)
    {
        var reads = new HashSet<string>(IrWalk.Variables(items), StringComparer.Ordinal);
        if (!IrNames.Of(body).Any(reads.Contains))
        {
            return items;
        }

        var held = names.Variable(name + "_items");
        Assign(names.Label(name + "_start"), [(held, items)]);
        return new IrVariable(held, IrKind.List);
    }

    /// <summary>
    /// A loop with a condition is a switch that goes back to itself:
    /// <code>
    /// - while_1:
    ///     switch:
    ///       - condition: ${i &lt; 3}
    ///         steps:
    ///           - ...
    ///           - while_1_next:
    ///               next: while_1
    /// </code>
    /// </summary>
    private void Loop(IrLoop loop)
    {
        var name = names.Step("while");
        var continues = IrFlowJumps.Continues(loop.Body);
        var next = names.Label(name + "_next");
        var breaks = IrFlow.Breaks(loop.Body) || IrFlow.Breaks(loop.Advance);
        var end = breaks ? names.Label(name + "_end") : "";
        var isPlain = loop.Advance.Statements.Count == 0 && !loop.TestsAfter;
        var condition = loop.Condition is { } test && !loop.TestsAfter ? Yaml.Expression(GoogleExpression.Print(test)) : "true";
        yaml.Item(name, () => yaml.Map("switch", () => yaml.ItemLine($"condition: {condition}", () => yaml.Map("steps", () => InLoop(end, continues && isPlain ? name : next, () =>
        {
            Block(loop.Body);
            if (IrFlow.Ends(loop.Body) && !continues)
            {
                return;
            }

            Advance(loop, name, next, continues);
        })))));
        if (breaks)
        {
            Nothing(end);
        }
    }

    private void Advance(IrLoop loop, string name, string next, bool continues)
    {
        var again = next;
        if (loop.Advance.Statements.Count > 0)
        {
            if (continues)
            {
                yaml.Item(next, () => yaml.Map("steps", () => Block(loop.Advance)));
            }
            else
            {
                Block(loop.Advance);
            }

            again = names.Label(name + "_again");
        }

        yaml.Item(again, () =>
        {
            if (loop is { TestsAfter: true, Condition: { } condition })
            {
                yaml.Map("switch", () => yaml.ItemLine($"condition: {Yaml.Expression(GoogleExpression.Print(condition))}", () => yaml.Entry("next", name)));
                return;
            }

            yaml.Entry("next", name);
        });
    }

    private void Scope(IrScope scope)
    {
        var end = scope.Name.StartsWith(StructuredExits.GeneratedScope, StringComparison.Ordinal)
            ? names.Step("end")
            : names.Label(Reading.VariableNames.Ascii(scope.Name) + "_end");
        _scopeEnds[scope.Name] = end;
        Block(scope.Body);
        Nothing(end);
    }

    private void InLoop(string breakTo, string continueTo, Action content)
    {
        var outer = _loop;
        _loop = (breakTo, continueTo);
        content();
        _loop = outer;
    }
}

/// <summary>Whether a loop's body goes on with the next round by a jump.</summary>
internal static class IrFlowJumps
{
    public static bool Continues(IrBlock block) => block.Statements.Any(static statement => statement switch
    {
        IrContinue => true,
        IrLoop or IrForEach or IrParallel or IrMap => false,
        _ => IrWalk.Blocks(statement).Any(Continues),
    });
}
