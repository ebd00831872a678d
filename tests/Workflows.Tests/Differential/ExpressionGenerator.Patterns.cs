namespace Portable.Workflows.Tests.Differential;

/// <content>Calls of the workflow's own functions, and patterns.</content>
internal sealed partial class ExpressionGenerator
{
    /// <summary>The methods of the class.</summary>
    public List<Function> Methods { get; } = [];

    private void Calls(Ty type, Scope scope, int depth, List<(int Weight, Func<Expr> Make)> choices)
    {
        foreach (var function in Methods.Concat(scope.Functions).Where(function => function.IsPure && function.Result == type && function.MayBeCalled(scope)))
        {
            choices.Add((2, () => Expr.Of(type, $"{function.Name}({function.Parameters.Select(parameter => Of(parameter, scope, depth))})")));
        }
    }

    private void Patterns(Ty type, Scope scope, int depth, List<(int Weight, Func<Expr> Make)> choices)
    {
        if (!Has(Features.Patterns))
        {
            return;
        }

        if (type == Ty.Bool)
        {
            Tests(scope, depth, choices);
        }

        if (type is Ty.Int or Ty.Text or Ty.Bool or Ty.MaybeText or Ty.Item)
        {
            foreach (var list in Named(Ty.Texts, scope).Take(2))
            {
                choices.Add((1, () =>
                {
                    var (one, first, last) = (Capture(), Capture(), Capture());
                    return Expr.Of(type, $"({list} switch {{ [] => {Of(type, scope, depth)}, [var {one}] => {With(type, scope, depth, (one, Ty.Text))}, [\"a\", _, ..] => {Of(type, scope, depth)}, [var {first}, .., var {last}] => {With(type, scope, depth, (first, Ty.Text), (last, Ty.Text))} }})");
                }));
            }

            choices.Add((1, () =>
            {
                var text = Capture();
                return Expr.Of(type, $"(({Of(Ty.Int, scope, depth)}, {Of(Ty.Text, scope, depth)}) switch {{ (0, _) => {Of(type, scope, depth)}, (> 2, \"a\" or \"\") => {Of(type, scope, depth)}, (_, var {text}) => {With(type, scope, depth, (text, Ty.Text))} }})");
            }));
            choices.Add((1, () =>
            {
                var (qty, note) = (Capture(), Capture());
                return Expr.Of(type, $"({Of(Ty.Item, scope, depth)} switch {{ {{ Flag: true, Qty: var {qty} }} => {With(type, scope, depth, (qty, Ty.Int))}, (_, < 3, {{ }} {note}, _) => {With(type, scope, depth, (note, Ty.Text))}, _ => {Of(type, scope, depth)} }})");
            }));
        }
    }

    private void Tests(Scope scope, int depth, List<(int Weight, Func<Expr> Make)> choices)
    {
        foreach (var list in Named(Ty.Texts, scope).Take(2))
        {
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({list} is {Pick("[]", "[_, ..]", "[_, .., \"a\"]", "[not \"b\", _]", "not [_]")})")));
        }

        foreach (var list in Named(Ty.Ints, scope).Take(2))
        {
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({list} is {Pick("[> 0, ..]", "[.., < 3]", "[1 or 2, _, ..]", "[_, >= 0 and < 9]")})")));
        }

        choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.Item, scope, depth)} is {Pick("(\"a\", > 0, _, _)", "(_, _, null, true)", "{ Qty: > 0, Note: not null }", "not { Flag: true }", "{ Note: \"a\" or null }")})")));
        choices.Add((1, () => Expr.Of(Ty.Bool, $"(({Of(Ty.Int, scope, depth)}, {Of(Ty.Bool, scope, depth)}) is {Pick("(> 2, true)", "(0, _)", "(_, false)", "(not 1, _)")})")));
    }

    private Expr With(Ty type, Scope scope, int depth, params ReadOnlySpan<(string Name, Ty Type)> captured)
    {
        var inner = scope.Nest();
        foreach (var (name, of) in captured)
        {
            inner.Declare(name, of);
        }

        return Of(type, inner, depth);
    }

    private string Capture() => $"c{++_names}";
}
