namespace Portable.Testing.Jsonata.Syntax;

/// <summary>A node of a parsed expression. The marks are set while parsing and decide how results flatten and collapse.</summary>
internal abstract class Node(int position)
{
    public int Position { get; } = position;

    /// <summary>Followed by <c>[]</c>: a single result stays a list.</summary>
    public bool KeepArray { get; set; }

    /// <summary>Filters behind the node, outside a path.</summary>
    public List<Node> Predicates { get; set; } = [];

    /// <summary>Filters behind a step, applied to the result for each item.</summary>
    public List<Node> Stages { get; set; } = [];

    /// <summary>An array constructor at the start or end of a path, or a block with one: does not flatten.</summary>
    public bool IsConstructedArray { get; set; }
}

internal sealed class PathNode(List<Node> steps, int position) : Node(position)
{
    public List<Node> Steps { get; } = steps;

    public bool KeepSingletonArray { get; set; }

    /// <summary>The name, when the path is nothing but one.</summary>
    public string? SingleName => Steps is [NameNode name] ? name.Name : null;
}

internal sealed class NameNode(string name, int position) : Node(position)
{
    public string Name { get; } = name;
}

/// <summary>A text, number, boolean or null.</summary>
internal sealed class LiteralNode(object value, int position) : Node(position)
{
    public object Value { get; } = value;
}

internal sealed class VariableNode(string name, int position) : Node(position)
{
    public string Name { get; } = name;
}

internal sealed class BinaryNode(string symbol, Node left, Node right, int position) : Node(position)
{
    public string Symbol { get; } = symbol;

    public Node Left { get; } = left;

    public Node Right { get; } = right;
}

internal sealed class NegateNode(Node operand, int position) : Node(position)
{
    public Node Operand { get; } = operand;
}

internal sealed class ArrayNode(List<Node> items, int position) : Node(position)
{
    public List<Node> Items { get; } = items;
}

internal sealed class ObjectNode(List<(Node Key, Node Value)> members, int position) : Node(position)
{
    public List<(Node Key, Node Value)> Members { get; } = members;
}

internal sealed class ConditionNode(Node condition, Node then, Node? otherwise, int position) : Node(position)
{
    public Node Condition { get; } = condition;

    public Node Then { get; } = then;

    public Node? Otherwise { get; } = otherwise;
}

/// <summary><c>left ?? right</c>: left where it is defined.</summary>
internal sealed class CoalesceNode(Node left, Node right, int position, Node? then = null) : Node(position)
{
    /// <summary>What to evaluate when the left side is defined, where that is not just its value.</summary>
    public Node? Then { get; } = then;

    public Node Left { get; } = left;

    public Node Right { get; } = right;
}

internal sealed class BlockNode(List<Node> expressions, int position) : Node(position)
{
    public List<Node> Expressions { get; } = expressions;
}

internal sealed class BindNode(string variable, Node value, int position) : Node(position)
{
    public string Variable { get; } = variable;

    public Node Value { get; } = value;
}

internal sealed class CallNode(Node procedure, List<Node> arguments, int position) : Node(position)
{
    public Node Procedure { get; } = procedure;

    public List<Node> Arguments { get; } = arguments;

    /// <summary>Stands at the end of a function.</summary>
    public bool IsTail { get; init; }
}

internal sealed class LambdaNode(List<string> parameters, Node body, int position) : Node(position)
{
    public List<string> Parameters { get; } = parameters;

    public Node Body { get; } = body;
}

/// <summary><c>left ~> right</c>.</summary>
internal sealed class ApplyNode(Node left, Node right, int position) : Node(position)
{
    public Node Left { get; } = left;

    public Node Right { get; } = right;
}
