using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Prints the main workflow. What it prints is what <see cref="GoogleWorkflowsEmitter"/>'s passes leave of the IR.</summary>
internal sealed partial class GoogleMain(WorkflowModel model, Yaml yaml, GoogleNames names)
{
    // The engine's limits on the lists of a switch and of an assign.
    private const int MostConditions = 50;
    private const int MostAssignments = 50;

    private readonly GoogleFailures _failures = new(model);

    public void Print(IrBlock body) => yaml.Map("main", () =>
    {
        if (model.InputVariable is { } input)
        {
            yaml.Line($"params: [{input}]");
        }

        yaml.Map("steps", () =>
        {
            Block(body);
            if (!IrFlow.Ends(body))
            {
                yaml.Item(names.Step("return"), () => yaml.Entry("return", "null"));
            }
        });
    });

    private void Block(IrBlock block)
    {
        for (var i = 0; i < block.Statements.Count; i++)
        {
            // Assignments in a row are one step, which makes them in their order.
            yaml.Comment(block.Statements[i].Source.Text);
            var assignments = block.Statements.Skip(i).TakeWhile(static statement => statement is IrAssign or IrTake).Take(MostAssignments).ToList();
            if (assignments.Count > 0)
            {
                Assign(assignments);
                i += assignments.Count - 1;
                continue;
            }

            Statement(block.Statements[i]);
        }
    }

    private void Statement(IrStatement statement)
    {
        switch (statement)
        {
            case IrStep step:
                Step(step);
                break;

            case IrIf branch:
                If(branch);
                break;

            case IrReturn back:
                yaml.Item(names.Step("return"), () => Value("return", back.Value ?? new IrLiteral(IrKind.Null, "")));
                break;

            case IrThrow thrown:
                Throw(thrown);
                break;

            case IrTry attempt:
                Try(attempt);
                break;

            case IrForEach loop:
                ForEach(loop);
                break;

            case IrLoop loop:
                Loop(loop);
                break;

            case IrScope scope:
                Scope(scope);
                break;

            case IrBreak or IrContinue or IrLeave:
                yaml.Item(names.Step("go"), () => yaml.Entry("next", Target(statement)));
                break;

            case IrParallel parallel:
                Parallel(parallel);
                break;

            case IrMap map:
                Map(map);
                break;

            case IrWait wait:
                Wait(wait);
                break;

            case IrEvent wait:
                Event(wait);
                break;

            case IrChild child:
                Child(child);
                break;

            case IrPublish publish:
                Publish(publish);
                break;
        }
    }

    private static string Taken(IrTaken what) => what == IrTaken.UtcNow ? "${time.format(sys.now())}" : "${uuid.generate()}";

    private void Assign(IReadOnlyList<IrStatement> assignments) => yaml.Item(names.Step("set"), () => yaml.Map("assign", () =>
    {
        for (var i = 0; i < assignments.Count; i++)
        {
            if (i > 0 && assignments[i].Source != assignments[i - 1].Source)
            {
                yaml.Comment(assignments[i].Source.Text);
            }

            if (assignments[i] is IrTake take)
            {
                yaml.Line($"- {take.Result}: {Taken(take.What)}");
            }
            else if (assignments[i] is IrAssign assign)
            {
                Value("- " + assign.Variable, assign.Value, 2);
            }
        }
    }));

    private void Assign(string step, IEnumerable<(string Variable, IrExpression Value)> values) => yaml.Item(step, () => yaml.Map("assign", () =>
    {
        foreach (var (variable, value) in values)
        {
            Value("- " + variable, value, 2);
        }
    }));

    /// <summary>A list of steps, which cannot be empty.</summary>
    private void Steps(IrBlock block)
    {
        if (block.Statements.Count > 0)
        {
            Block(block);
            return;
        }

        Nothing(names.Step("ignore"));
    }

    // A step that does nothing is one that sets a variable that nothing reads; each branch has its own.
    private void Nothing(string step)
    {
        _ignored ??= names.Variable("ignored");
        yaml.Item(step, () => yaml.Map("assign", () => yaml.Line($"- {_ignored}: true")));
    }

    private string? _ignored;

    private void If(IrIf branch) => yaml.Item(names.Step("if"), () => yaml.Map("switch", () =>
    {
        // A chain of else-ifs is one switch.
        for (var count = 1; ; count++)
        {
            Rule(Yaml.Expression(GoogleExpression.Print(branch.Condition)), branch.Then);
            if (branch.Else is { Statements: { Count: 1 } only } && only[0] is IrIf next && count < MostConditions - 1)
            {
                branch = next;
                yaml.Comment(branch.Source.Text);
                continue;
            }

            if (branch.Else is { } otherwise)
            {
                Rule("true", otherwise);
            }

            return;
        }
    }));

    private void Rule(string condition, IrBlock block) => yaml.ItemLine($"condition: {condition}", () =>
    {
        // What a transformation made has no line of its own to show, and stands directly at the condition.
        switch (block.Statements.Count == 1 ? block.Statements[0] : null)
        {
            case IrBreak or IrContinue or IrLeave:
                yaml.Entry("next", Target(block.Statements[0]));
                break;

            case IrThrow { Source.Text: "", IsDefect: false, Failure: IrVariable failure }:
                Value("raise", failure);
                break;

            default:
                yaml.Map("steps", () => Steps(block));
                break;
        }
    });

    // A map is raised by its variable: the published schema has numbers as codes in a literal one.
    private void Throw(IrThrow thrown)
    {
        if (thrown is { IsDefect: false, Failure: IrVariable known })
        {
            yaml.Item(names.Step("raise"), () => Value("raise", known));
            return;
        }

        var raised = names.Variable("raised");
        yaml.Item(names.Step("set"), () => yaml.Map("assign", () =>
        {
            Value("- " + raised, thrown.Failure, 2);
            if (thrown.IsDefect)
            {
                yaml.Line($"- {raised}.{GoogleFailures.Defect}: true");
            }
        }));
        yaml.Item(names.Step("raise"), () => yaml.Entry("raise", $"${{{raised}}}"));
    }

    private void Try(IrTry attempt) => yaml.Item(names.Step("try"), () => yaml
        .Map("try", () => yaml.Map("steps", () => Steps(attempt.Body)))
        .Map("except", () => yaml
            .Entry("as", attempt.Failure)
            .Map("steps", () =>
            {
                if (!attempt.TakesDefects && (_stops.Count > 0 || _failures.MayBeForeign(attempt.Body)))
                {
                    yaml.Item(names.Step("pass"), () => yaml.Map("switch", () => yaml
                        .ItemLine($"condition: ${{{GoogleFailures.IsForeign(attempt.Failure)}}}", () => yaml.Entry("raise", $"${{{attempt.Failure}}}"))));
                    Block(attempt.Handler);
                    return;
                }

                Steps(attempt.Handler);
            })));
}
