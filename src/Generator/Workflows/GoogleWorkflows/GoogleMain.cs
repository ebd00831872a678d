using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Prints the main workflow.</summary>
internal sealed class GoogleMain(WorkflowModel model, Yaml yaml)
{
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);

    public void Print(IrBlock body)
    {
        _labels.UnionWith(IrSteps.Of(body).Select(static step => step.Label));
        _variables.UnionWith(IrNames.Of(body));
        yaml.Map("main", () =>
        {
            if (model.InputVariable is { } input)
            {
                _variables.Add(input);
                yaml.Line($"params: [{input}]");
            }

            yaml.Map("steps", () =>
            {
                Block(body);
                if (!IrFlow.Ends(body))
                {
                    yaml.Item(Name("return"), () => yaml.Entry("return", "null"));
                }
            });
        });
    }

    private void Block(IrBlock block)
    {
        foreach (var statement in block.Statements)
        {
            yaml.Comment(statement.Source.Text);
            switch (statement)
            {
                case IrStep step:
                    Step(step);
                    break;

                case IrAssign assign:
                    yaml.Item(Name("set"), () => yaml.Map("assign", () => Value("- " + assign.Variable, assign.Value, 2)));
                    break;

                case IrIf branch:
                    If(branch);
                    break;

                case IrReturn back:
                    yaml.Item(Name("return"), () => Value("return", back.Value ?? new IrLiteral(IrKind.Null, ""), 1));
                    break;

                case IrTry attempt:
                    yaml.Item(Name("try"), () => yaml
                        .Map("try", () => yaml.Map("steps", () => Block(attempt.Body)))
                        .Map("except", () => yaml
                            .Entry("as", attempt.Failure)
                            .Map("steps", () => Handler(attempt.Handler))));
                    break;
            }
        }
    }

    private void Handler(IrBlock handler)
    {
        if (handler.Statements.Count > 0)
        {
            Block(handler);
            return;
        }

        // A list of steps cannot be empty.
        yaml.Item(Name("ignore"), () => yaml.Map("assign", () => yaml.Line($"- {Variable("ignored")}: true")));
    }

    private void Step(IrStep call)
    {
        var step = model.Steps.First(candidate => candidate.Name == call.Step);
        if (RetryPlan.Of(step.Retry) is not { } plan)
        {
            yaml.Item(call.Label, () => Call(call, step, "1"));
            return;
        }

        if (step.Endpoint is not null)
        {
            yaml.Item(call.Label, () => yaml.Map("try", () => Call(call, step, "")).Map("retry", () => Retry(step, plan)));
            return;
        }

        // A step is told which call it is.
        var attempt = Variable(call.Label + "_attempt");
        yaml.Item(Label(call.Label + "_attempts"), () => yaml.Map("assign", () => yaml.Line($"- {attempt}: 0")));
        yaml.Item(call.Label, () => yaml
            .Map("try", () => yaml.Map("steps", () =>
            {
                yaml.Item(Label(call.Label + "_count"), () => yaml.Map("assign", () => yaml.Line($"- {attempt}: ${{{attempt} + 1}}")));
                yaml.Item(Label(call.Label + "_call"), () => Call(call, step, $"${{{attempt}}}"));
            }))
            .Map("retry", () => Retry(step, plan)));
    }

    private void Retry(StepModel step, RetryPlan plan) => yaml
        .Entry("predicate", Yaml.Expression(GoogleWorkflowsEmitter.PredicateOf(step.Name)))
        .Entry("max_retries", GoogleSteps.Number(plan.Retries)) // the first call is not counted here
        .Map("backoff", () => yaml
            .Entry("initial_delay", GoogleSteps.Number(plan.FirstDelay))
            .Entry("max_delay", GoogleSteps.Number(plan.LongestDelay))
            .Entry("multiplier", GoogleSteps.Number(plan.Rate)));

    private void Call(IrStep call, StepModel step, string attempt)
    {
        yaml.Entry("call", GoogleWorkflowsEmitter.SubworkflowOf(step.Name));
        yaml.Map("args", () =>
        {
            Value("input", call.Input ?? new IrLiteral(IrKind.Null, ""), 1);
            if (step.Endpoint is null)
            {
                yaml.Entry("attempt", attempt);
            }
        });
        if (call.Result is not null)
        {
            yaml.Entry("result", call.Result);
        }
    }

    private void If(IrIf branch) => yaml.Item(Name("if"), () => yaml.Map("switch", () =>
    {
        // A chain of else-ifs is one switch.
        for (var count = 1; ; count++)
        {
            Rule(Yaml.Expression(GoogleExpression.Print(branch.Condition)), branch.Then);
            if (branch.Else is { Statements: { Count: 1 } only } && only[0] is IrIf next && count < MostConditions - 1)
            {
                branch = next;
                continue;
            }

            if (branch.Else is { } otherwise)
            {
                Rule("true", otherwise);
            }

            return;
        }
    }));

    private const int MostConditions = 50;

    private void Rule(string condition, IrBlock block) =>
        yaml.ItemLine($"condition: {condition}", () => yaml.Map("steps", () => Handler(block)));

    private void Value(string key, IrExpression value, int levels)
    {
        switch (value)
        {
            case IrObject { Fields.Count: 0 }:
                yaml.Line($"{key}: {{}}");
                break;

            case IrObject made:
                yaml.Line($"{key}:");
                yaml.Indented(levels, () =>
                {
                    foreach (var field in made.Fields)
                    {
                        Value(Yaml.Scalar(field.Name.Wire), field.Value, 1);
                    }
                });
                break;

            case IrLiteral { Kind: IrKind.Text } literal:
                yaml.Line($"{key}: {Yaml.Scalar(literal.Text)}");
                break;

            case IrLiteral { Kind: IrKind.Null }:
                yaml.Line($"{key}: null");
                break;

            case IrLiteral literal:
                yaml.Line($"{key}: {literal.Text}");
                break;

            default:
                yaml.Line($"{key}: {Yaml.Expression(GoogleExpression.Print(value))}");
                break;
        }
    }

    private string Name(string kind)
    {
        _numbers.TryGetValue(kind, out var number);
        _numbers[kind] = ++number;
        return Label($"{kind}_{number}");
    }

    private string Label(string wanted) => Unique(wanted, _labels);

    private string Variable(string wanted) => Unique(wanted, _variables);

    private static string Unique(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{wanted}_{number}";
        }

        return name;
    }
}
