using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>What a variable is assigned; printed at every edge that assigns it, in that edge's terms.</summary>
internal abstract class AslValue
{
    /// <summary>What it is computed from; <see langword="null"/> when that is what the state has got.</summary>
    public virtual IrExpression? Source => null;

    /// <summary>The code of a failure as part of an expression; empty when it must be read from the variable.</summary>
    public virtual string Code => "";

    /// <summary>The value as <c>Assign</c> has it.</summary>
    public abstract JsonNode Node(Jsonata print);

    /// <summary>The value as part of an expression; empty when it must be read from its variable.</summary>
    public abstract string Text(Jsonata print);

    /// <summary>The value of an expression.</summary>
    public static AslValue Of(IrExpression expression) => new Computed(expression);

    /// <summary>A part of what the state has got.</summary>
    /// <param name="text">The part as JSONata; in parentheses where it is part of something.</param>
    public static AslValue Of(string text) => new Got(IsOneGroup(text) ? text.Substring(1, text.Length - 2) : text, text);

    /// <summary>A value that differs each time it is computed, such as the time, or that is too long to repeat.</summary>
    public static AslValue Once(string text) => new Got(text, "");

    /// <summary>A failure, whose code alone is less to write.</summary>
    public static AslValue Failure(string text, string code) => new Got(text, "", code.Length > 0 ? $"({code})" : "");

    // Whether the parentheses at both ends belong together, and are neither a block's nor mixed with a text's.
    private static bool IsOneGroup(string text)
    {
        if (text.Length < 3 || text[0] != '(' || text.Contains(":=") || text.Contains("'"))
        {
            return false;
        }

        var depth = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Computed(IrExpression expression) : AslValue
    {
        public override IrExpression? Source => expression;

        public override JsonNode Node(Jsonata print) => print.Node(expression);

        // Objects are read through their variable: that is what the reader of a definition looks for.
        public override string Text(Jsonata print)
        {
            if (expression is IrObject or IrMerge)
            {
                return "";
            }

            var text = print.Print(expression);
            return expression is IrLiteral or IrVariable || !text.Contains(' ') ? text : $"({text})";
        }
    }

    private sealed class Got(string value, string text, string code = "") : AslValue
    {
        public override string Code => code;

        public override JsonNode Node(Jsonata print) => AslConstants.Literal(value) ?? Jsonata.Template(value);

        public override string Text(Jsonata print) => text;
    }
}
