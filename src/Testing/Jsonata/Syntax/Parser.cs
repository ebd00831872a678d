using System.Runtime.CompilerServices;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Jsonata.Syntax;

/// <summary>Top-down operator precedence, building the paths that the evaluation walks.</summary>
internal sealed class Parser
{
    private readonly Lexer _lexer;
    private Token _token;

    private Parser(string source) => _lexer = new Lexer(source);

    public static Node Parse(string source)
    {
        var parser = new Parser(source);
        parser.Advance();
        var root = parser.Expression(0);
        return parser._token.Kind == TokenKind.End
            ? root
            : throw new JsonataException("S0201", $"'{parser._token.Text}' is not expected here.", parser._token.Position);
    }

    private Node Expression(int power)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var token = _token;
        Advance(afterOperand: true);
        var left = Prefix(token);
        while (power < LeftPower(_token))
        {
            token = _token;
            Advance();
            left = Infix(token, left);
        }

        return left;
    }

    private void Advance(bool afterOperand = false) => _token = _lexer.Next(afterOperand);

    private void Expect(string symbol, bool afterOperand = false)
    {
        if (!_token.Is(symbol))
        {
            throw new JsonataException(
                _token.Kind == TokenKind.End ? "S0203" : "S0202",
                $"'{symbol}' is expected before '{_token.Text}'.",
                _token.Position);
        }

        Advance(afterOperand);
    }

    private static int LeftPower(Token token) => token.Kind != TokenKind.Operator ? 0 : token.Text switch
    {
        "[" or "(" or "@" or "#" => 80,
        "." => 75,
        "{" => 70,
        "*" or "/" or "%" => 60,
        "+" or "-" or "&" => 50,
        "=" or "!=" or "<" or "<=" or ">" or ">=" or "in" or "~>" or "?:" or "??" or "^" => 40,
        "and" => 30,
        "or" => 25,
        "?" => 20,
        ":=" => 10,
        _ => 0,
    };

    private Node Prefix(Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.Name:
                return Name(token);
            case TokenKind.Variable:
                return new VariableNode(token.Text, token.Position);
            case TokenKind.Text:
                return new LiteralNode(token.Text, token.Position);
            case TokenKind.Number:
                return new LiteralNode(token.Number, token.Position);
            case TokenKind.Value:
                return new LiteralNode(token.Text switch { "true" => true, "false" => false, _ => JsonNull.Value }, token.Position);
            case TokenKind.End:
                throw new JsonataException("S0207", "The expression ends too early.", token.Position);
        }

        switch (token.Text)
        {
            case "and" or "or" or "in":
                return Name(token);
            case "-":
                var operand = Expression(70);
                return operand is LiteralNode { Value: double number, Predicates: [] } ? new LiteralNode(-number, operand.Position) : new NegateNode(operand, token.Position);
            case "(":
                return Block(token);
            case "[":
                return Array(token);
            case "{":
                return Object(token);
            case "*":
                throw new JsonataNotSupportedException("A wildcard", token.Position);
            case "**":
                throw new JsonataNotSupportedException("A descendant wildcard", token.Position);
            case "%":
                throw new JsonataNotSupportedException("A parent reference", token.Position);
            case "|":
                throw new JsonataNotSupportedException("A transformation", token.Position);
            case "!" or "~":
                throw new JsonataException("S0204", $"'{token.Text}' is no operator.", token.Position);
            default:
                throw new JsonataException("S0211", $"'{token.Text}' cannot stand here.", token.Position);
        }
    }

    private Node Infix(Token token, Node left)
    {
        switch (token.Text)
        {
            case ".":
                return Path(left, Expression(75), token.Position);
            case "[":
                return Filter(token, left);
            case "(":
                return Call(token, left);
            case "?":
                var then = Expression(0);
                if (!_token.Is(":"))
                {
                    return new ConditionNode(left, then, null, token.Position);
                }

                Advance();
                return new ConditionNode(left, then, Expression(0), token.Position);
            case "?:":
                return new ConditionNode(left, left, Expression(0), token.Position);
            case "??":
                return new CoalesceNode(left, Expression(0), token.Position);
            case ":=":
                return left is VariableNode { Predicates: [] } variable
                    ? new BindNode(variable.Name, Expression(9), token.Position)
                    : throw new JsonataException("S0212", "Only a variable can stand left of ':='.", left.Position);
            case "~>":
                var right = Expression(40);
                return new ApplyNode(left, right, token.Position) { KeepArray = left.KeepArray || right.KeepArray };
            case "{":
                throw new JsonataNotSupportedException("Grouping", token.Position);
            case "^":
                throw new JsonataNotSupportedException("Ordering", token.Position);
            case "@":
                throw new JsonataNotSupportedException("A context binding", token.Position);
            case "#":
                throw new JsonataNotSupportedException("A positional binding", token.Position);
            default:
                return new BinaryNode(token.Text, left, Expression(LeftPower(token)), token.Position);
        }
    }

    private static PathNode Name(Token token) => new([new NameNode(token.Text, token.Position)], token.Position);

    private static PathNode Path(Node left, Node right, int position)
    {
        var path = left as PathNode ?? new PathNode([left], position);
        if (right is PathNode rest)
        {
            path.Steps.AddRange(rest.Steps);
            path.KeepSingletonArray |= rest.KeepSingletonArray;
        }
        else
        {
            right.Stages = right.Predicates;
            right.Predicates = [];
            path.Steps.Add(right);
        }

        for (var i = 0; i < path.Steps.Count; i++)
        {
            if (path.Steps[i] is LiteralNode literal)
            {
                path.Steps[i] = literal.Value is string name
                    ? new NameNode(name, literal.Position) { KeepArray = literal.KeepArray, Predicates = literal.Predicates, Stages = literal.Stages }
                    : throw new JsonataException("S0213", "A number, boolean or null cannot be a step of a path.", literal.Position);
            }
        }

        path.KeepSingletonArray |= path.Steps.Exists(static step => step.KeepArray);
        if (path.Steps[0] is ArrayNode first)
        {
            first.IsConstructedArray = true;
        }

        if (path.Steps[^1] is ArrayNode last)
        {
            last.IsConstructedArray = true;
        }

        return path;
    }

    private Node Filter(Token token, Node left)
    {
        if (_token.Is("]"))
        {
            left.KeepArray = true;
            if (left is PathNode path)
            {
                path.Steps[^1].KeepArray = true;
                path.KeepSingletonArray = true;
            }

            Advance();
            return left;
        }

        var predicate = Expression(0);
        Expect("]", afterOperand: true);
        if (left is PathNode steps)
        {
            steps.Steps[^1].Stages.Add(predicate);
        }
        else
        {
            left.Predicates.Add(predicate);
        }

        return left;
    }

    private Node Call(Token token, Node procedure)
    {
        List<Node> arguments = [];
        if (!_token.Is(")"))
        {
            while (true)
            {
                if (_token.Is("?"))
                {
                    throw new JsonataNotSupportedException("Partial application", _token.Position);
                }

                arguments.Add(Expression(0));
                if (!_token.Is(","))
                {
                    break;
                }

                Advance();
            }
        }

        Expect(")", afterOperand: true);
        return procedure is PathNode { SingleName: "function" or "λ" } ? Lambda(token, arguments) : new CallNode(procedure, arguments, token.Position);
    }

    private LambdaNode Lambda(Token token, List<Node> arguments)
    {
        List<string> parameters = [];
        foreach (var argument in arguments)
        {
            parameters.Add(argument is VariableNode variable
                ? variable.Name
                : throw new JsonataException("S0208", "A parameter of a function is a variable.", argument.Position));
        }

        if (_token.Is("<"))
        {
            throw new JsonataNotSupportedException("The signature of a function", _token.Position);
        }

        Expect("{");
        var body = Expression(0);
        Expect("}");
        return new LambdaNode(parameters, Tail(body), token.Position);
    }

    /// <summary>Marks the calls with which a function ends.</summary>
    private static Node Tail(Node node) => node switch
    {
        CallNode { Predicates: [] } call => new CallNode(call.Procedure, call.Arguments, call.Position) { IsTail = true },
        ConditionNode condition => Marked(new ConditionNode(condition.Condition, Tail(condition.Then), condition.Otherwise is { } otherwise ? Tail(otherwise) : null, condition.Position), condition),
        CoalesceNode coalesce => Marked(new CoalesceNode(coalesce.Left, Tail(coalesce.Right), coalesce.Position, Tail(coalesce.Left)), coalesce),
        BlockNode { Expressions: [.. var before, var last] } block => Marked(new BlockNode([.. before, Tail(last)], block.Position), block),
        _ => node,
    };

    private static Node Marked(Node node, Node original)
    {
        (node.KeepArray, node.Predicates, node.Stages, node.IsConstructedArray) = (original.KeepArray, original.Predicates, original.Stages, original.IsConstructedArray);
        return node;
    }

    private BlockNode Block(Token token)
    {
        List<Node> expressions = [];
        while (!_token.Is(")"))
        {
            expressions.Add(Expression(0));
            if (!_token.Is(";"))
            {
                break;
            }

            Advance();
        }

        Expect(")", afterOperand: true);
        return new BlockNode(expressions, token.Position)
        {
            IsConstructedArray = expressions.Exists(static part => part.IsConstructedArray || part is PathNode { Steps: [{ IsConstructedArray: true }, ..] }),
        };
    }

    private ArrayNode Array(Token token)
    {
        List<Node> items = [];
        if (!_token.Is("]"))
        {
            while (true)
            {
                var item = Expression(0);
                if (_token.Is(".."))
                {
                    var position = _token.Position;
                    Advance();
                    item = new BinaryNode("..", item, Expression(0), position);
                }

                items.Add(item);
                if (!_token.Is(","))
                {
                    break;
                }

                Advance();
            }
        }

        Expect("]", afterOperand: true);
        return new ArrayNode(items, token.Position);
    }

    private ObjectNode Object(Token token)
    {
        List<(Node Key, Node Value)> members = [];
        if (!_token.Is("}"))
        {
            while (true)
            {
                var key = Expression(0);
                Expect(":");
                members.Add((key, Expression(0)));
                if (!_token.Is(","))
                {
                    break;
                }

                Advance();
            }
        }

        Expect("}", afterOperand: true);
        return new ObjectNode(members, token.Position);
    }
}
