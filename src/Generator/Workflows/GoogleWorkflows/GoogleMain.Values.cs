using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <content>Values: maps and lists as YAML, the rest as expressions.</content>
internal sealed partial class GoogleMain
{
    private void Value(string key, IrExpression value, int levels = 1)
    {
        switch (value)
        {
            case IrObject { Fields.Count: 0 }:
                yaml.Line($"{key}: {{}}");
                break;

            case IrObject made:
                yaml.Line($"{key}:");
                yaml.Indented(levels, () => Fields(made));
                break;

            case IrList { Items.Count: 0 }:
                yaml.Line($"{key}: []");
                break;

            case IrList list:
                yaml.Line($"{key}:");
                yaml.Indented(levels, () => Items(list));
                break;

            default:
                yaml.Line($"{key}: {Scalar(value)}");
                break;
        }
    }

    private void Fields(IrObject made)
    {
        foreach (var field in made.Fields)
        {
            Value(Yaml.Scalar(field.Name.Wire), field.Value);
        }
    }

    private void Items(IrList list)
    {
        foreach (var item in list.Items)
        {
            switch (item)
            {
                case IrObject { Fields.Count: 0 }:
                    yaml.Line("- {}");
                    break;

                case IrObject made:
                    yaml.Line("-");
                    yaml.Indented(1, () => Fields(made));
                    break;

                case IrList { Items.Count: 0 }:
                    yaml.Line("- []");
                    break;

                case IrList inner:
                    yaml.Line("-");
                    yaml.Indented(1, () => Items(inner));
                    break;

                default:
                    yaml.Line($"- {Scalar(item)}");
                    break;
            }
        }
    }

    private static string Scalar(IrExpression value) => value switch
    {
        IrLiteral { Kind: IrKind.Text } literal => Yaml.Scalar(literal.Text),
        IrLiteral { Kind: IrKind.Null } => "null",
        IrLiteral literal => literal.Text,
        _ => Yaml.Expression(GoogleExpression.Print(value)),
    };
}
