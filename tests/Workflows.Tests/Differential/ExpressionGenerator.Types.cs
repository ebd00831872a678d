namespace Portable.Workflows.Tests.Differential;

/// <content>What expressions of each type are made of.</content>
internal sealed partial class ExpressionGenerator
{
    private void Composed(Ty type, Scope scope, int depth, List<(int Weight, Func<Expr> Make)> choices)
    {
        switch (type)
        {
            case Ty.Int:
                Ints(scope, depth, choices);
                break;
            case Ty.Long when Has(Features.Lifted):
                // Within +/-2^53, which Step Functions' numbers hold exactly.
                choices.Add((2, () => Expr.Of(type, $"(({Of(Ty.Long, scope, depth)} {Pick("/ 4", "% 1000")}) {Pick("+", "-")} {Of(Ty.Int, scope, depth)})")));
                break;
            case Ty.Bool:
                Booleans(scope, depth, choices);
                break;
            case Ty.Text:
                Texts(scope, depth, choices);
                break;
            case Ty.MaybeText:
                choices.Add((2, () => Of(Ty.Text, scope, depth) with { Type = type }));
                foreach (var failure in scope.Failures)
                {
                    choices.Add((2, () => Expr.Of(type, $"{failure}.FailureData")));
                }

                break;
            case Ty.MaybeInt:
                choices.Add((2, () => Expr.Of(type, $"(int?){Of(Ty.Int, scope, depth)}")));
                break;
            case Ty.MaybeItem:
                choices.Add((2, () => Of(Ty.Item, scope, depth) with { Type = type }));
                break;
            case Ty.Decimal when Has(Features.Lifted):
                choices.Add((2, () => Expr.Of(type, $"({Of(Ty.Decimal, scope, depth)} {Pick("+", "-", "*")} {Of(Ty.Int, scope, 0)})")));
                choices.Add((1, () => Expr.Of(type, $"Math.Round({Of(Ty.Decimal, scope, depth)} / 3, 2)")));
                break;
            case Ty.Item:
                choices.Add((2, () => NewItem(scope, depth)));
                if (Has(Features.With))
                {
                    choices.Add((2, () => Expr.Of(type, $"({Of(Ty.Item, scope, depth)} with {{ Qty = {Of(Ty.Int, scope, depth)}, Note = {Of(Ty.MaybeText, scope, depth)} }})")));
                    choices.Add((1, () => Expr.Of(type, $"({Of(Ty.Item, scope, depth)} with {{ Flag = {Of(Ty.Bool, scope, depth)} }})")));
                }

                break;
            case Ty.Ints or Ty.Texts or Ty.Items when Has(Features.Lists):
                choices.Add((3, () => List(type, scope, depth)));
                break;
            case Ty.MaybePlace:
                choices.Add((2, () => Of(Ty.Place, scope, depth) with { Type = type }));
                break;
            case Ty.MaybeSize:
                choices.Add((2, () => Expr.Of(type, $"(Size?){Of(Ty.Size, scope, depth)}")));
                break;
            case Ty.Place:
                choices.Add((2, () => NewPlace(scope, depth)));
                if (Has(Features.With))
                {
                    choices.Add((1, () => Expr.Of(type, $"({Of(Ty.Place, scope, depth)} with {{ Kind = {Of(Ty.Kind, scope, depth)}, Size = {Of(Ty.MaybeSize, scope, depth)} }})")));
                }

                break;
            case Ty.Span:
                choices.Add((1, () => Expr.Of(type, $"({Of(type, scope, depth)} {Pick("+", "-")} {Of(type, scope, 0)})")));
                choices.Add((1, () => Expr.Of(type, $"({Of(type, scope, depth)} * 2)")));
                choices.Add((1, () => Expr.Of(type, $"TimeSpan.FromSeconds({Of(Ty.Int, scope, depth)} % 5)")));
                break;
            case Ty.Pace:
                choices.Add((1, () => NewPace(scope)));
                break;
            case Ty.Order when Has(Features.With) && Has(Features.Shapes) && random.Next(2) == 0:
                choices.Add((1, () => Expr.Of(type, $"({Of(Ty.Order, scope, 0)} with {{ Kind = {Of(Ty.Kind, scope, depth)}, Place = {Of(Ty.Place, scope, depth)}, Other = {Of(Ty.MaybePlace, scope, depth)} }})")));
                break;
            case Ty.Order when Has(Features.With):
                choices.Add((1, () => Expr.Of(type, $"({Of(Ty.Order, scope, 0)} with {{ Count = {Of(Ty.Int, scope, depth)}, Tags = {Of(Ty.Texts, scope, depth)} }})")));
                break;
        }
    }

    private void Ints(Scope scope, int depth, List<(int Weight, Func<Expr> Make)> choices)
    {
        if (Has(Features.Lists))
        {
            foreach (var list in ListNames(scope))
            {
                choices.Add((1, () => Expr.Of(Ty.Int, $"{list}.Count")));
            }
        }

        if (Has(Features.Arithmetic))
        {
            choices.Add((4, () => Expr.Of(Ty.Int, $"({Of(Ty.Int, scope, depth)} {Pick("+", "-", "+", "*")} {Of(Ty.Int, scope, depth)})")));
            choices.Add((1, () => Expr.Of(Ty.Int, $"(-{Of(Ty.Int, scope, depth)})")));
            choices.Add((1, () => Expr.Of(Ty.Int, $"({Of(Ty.Int, scope, depth)} % {random.Next(2, 6)})")));
        }

        if (Has(Features.Lifted))
        {
            choices.Add((2, () => Expr.Of(Ty.Int, $"({Of(Ty.Int, scope, depth)} / {random.Next(2, 6)})")));
            choices.Add((1, () => Expr.Of(Ty.Int, $"{Of(Ty.Text, scope, depth)}.Length")));
            choices.Add((1, () => Expr.Of(Ty.Int, $"Math.{Pick("Max", "Min")}({Of(Ty.Int, scope, depth)}, {Of(Ty.Int, scope, depth)})")));
            foreach (var list in Named(Ty.Ints, scope).Take(2))
            {
                choices.Add((1, () => Expr.Of(Ty.Int, $"{list}.Count(n{++_names} => n{_names} > {random.Next(3)})")));
            }
        }

        if (Has(Features.Defects) && !scope.IsReliable)
        {
            choices.Add((1, () => Expr.Of(Ty.Int, $"({Of(Ty.Int, scope, depth)} {Pick("/", "%")} {Of(Ty.Int, scope, depth)})")));
            foreach (var list in Named(Ty.Ints, scope).Take(1))
            {
                choices.Add((1, () => Expr.Of(Ty.Int, $"{list}[{random.Next(3)}]")));
            }
        }
    }

    private void Booleans(Scope scope, int depth, List<(int Weight, Func<Expr> Make)> choices)
    {
        choices.Add((4, () => Expr.Of(Ty.Bool, $"({Of(Ty.Int, scope, depth)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Of(Ty.Int, scope, depth)})")));
        choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.Long, scope, depth)} {Pick("<", ">=", "==", "!=")} {Of(Ty.Long, scope, depth)})")));
        choices.Add((2, () => Expr.Of(Ty.Bool, $"({Of(Ty.Text, scope, depth)} {Pick("==", "!=")} {Of(Ty.Text, scope, depth)})")));
        choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.MaybeText, scope, depth)} {Pick("==", "!=")} {Of(Ty.Text, scope, depth)})")));
        choices.Add((3, () => Expr.Of(Ty.Bool, $"({Of(Ty.Bool, scope, depth)} {Pick("&&", "||")} {Of(Ty.Bool, scope, depth)})")));
        choices.Add((1, () => Expr.Of(Ty.Bool, $"(!{Of(Ty.Bool, scope, depth)})")));
        foreach (var maybe in Named(Ty.MaybeText, scope).Concat(Named(Ty.MaybeInt, scope)).Concat(Named(Ty.MaybeItem, scope)))
        {
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({maybe} {Pick("is null", "is not null", "== null", "!= null")})")));
        }

        choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.MaybeInt, scope, depth)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Of(Ty.Int, scope, depth)})")));
        foreach (var failure in scope.Failures)
        {
            choices.Add((3, () => Expr.Of(Ty.Bool, $"({failure}.Code {Pick("==", "!=")} \"{Pick("Busy", "Declined", "Timeout", "Own")}\")")));
        }

        if (Has(Features.Shapes))
        {
            choices.Add((2, () => Expr.Of(Ty.Bool, $"({Of(Ty.Kind, scope, depth)} {Pick("==", "!=")} {Of(Ty.Kind, scope, 0)})")));
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.MaybeSize, scope, depth)} {Pick("==", "!=")} {Of(Ty.Size, scope, 0)})")));
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.Size, scope, depth)} is Size.Large or Size.Small)")));
            foreach (var maybe in Named(Ty.MaybePlace, scope).Concat(Named(Ty.MaybeSize, scope)))
            {
                choices.Add((1, () => Expr.Of(Ty.Bool, $"({maybe} {Pick("is null", "is not null", "== null", "!= null")})")));
            }
        }

        if (Has(Features.Given))
        {
            foreach (var time in Named(Ty.Time, scope))
            {
                choices.Add((1, () => Expr.Of(Ty.Bool, $"({Pick("flow.UtcNow", time)} >= {time})")));
            }

            foreach (var identifier in Named(Ty.Guid, scope))
            {
                choices.Add((1, () => Expr.Of(Ty.Bool, $"({identifier} != Guid.Empty && {identifier}.ToString() == {identifier}.ToString(\"D\").ToLowerInvariant())")));
                choices.Add((1, () => Expr.Of(Ty.Bool, $"({identifier} {Pick("==", "!=")} {Named(Ty.Guid, scope).First()})")));
            }
        }

        if (Has(Features.Spans))
        {
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.Span, scope, depth)} {Pick("<", ">=", "==", "!=")} {Of(Ty.Span, scope, 0)})")));
        }

        if (Has(Features.Switch))
        {
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.Int, scope, depth)} is > 0 and {Pick("< 5", "not 3", "<= 2")})")));
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.Int, scope, depth)} is 0 or 1 or -1)")));
        }

        if (Has(Features.Lists))
        {
            foreach (var list in Named(Ty.Texts, scope))
            {
                choices.Add((1, () => Expr.Of(Ty.Bool, $"{list}.Contains({Of(Ty.Text, scope, depth)})")));
            }

            foreach (var list in Named(Ty.Ints, scope))
            {
                choices.Add((1, () => Expr.Of(Ty.Bool, $"{list}.Contains({Of(Ty.Int, scope, depth)})")));
            }
        }

        if (Has(Features.Lifted))
        {
            choices.Add((1, () => Expr.Of(Ty.Bool, $"{Of(Ty.Text, scope, depth)}.StartsWith({Values.Quote(Values.Text(random))}, StringComparison.Ordinal)")));
            choices.Add((1, () => Expr.Of(Ty.Bool, $"(string.CompareOrdinal({Of(Ty.Text, scope, depth)}, {Of(Ty.Text, scope, depth)}) < 0)")));
            choices.Add((1, () => Expr.Of(Ty.Bool, $"({Of(Ty.Decimal, scope, depth)} {Pick("<", ">=", "==")} {Of(Ty.Decimal, scope, depth)})")));
            foreach (var list in Named(Ty.Items, scope).Take(2))
            {
                choices.Add((1, () => Expr.Of(Ty.Bool, $"{list}.{Pick("Any", "All")}(i{++_names} => i{_names}.Flag)")));
            }
        }
    }

    private void Texts(Scope scope, int depth, List<(int Weight, Func<Expr> Make)> choices)
    {
        foreach (var failure in scope.Failures)
        {
            choices.Add((2, () => Expr.Of(Ty.Text, $"{failure}.{(scope.Messages.Contains(failure) ? Pick("Code", "Message") : "Code")}")));
        }

        if (Has(Features.Interpolation))
        {
            choices.Add((2, () => Expr.Of(Ty.Text, $"({Of(Ty.Text, scope, depth)} + {Of(Ty.Text, scope, depth)})")));
            choices.Add((2, () => Expr.Of(Ty.Text, $"$\"{Pick("n=", "{{", "#")}{{({Of(Ty.Int, scope, depth)})}} {{({Of(Ty.Text, scope, depth)})}}\"")));
        }

        if (Has(Features.Lifted))
        {
            choices.Add((1, () => Expr.Of(Ty.Text, $"{Of(Ty.Text, scope, depth)}.{Pick("ToUpperInvariant()", "Trim()", "Replace(\"a\", \"bb\")")}")));
            choices.Add((1, () => Expr.Of(Ty.Text, $"$\"{{({Of(Ty.Bool, scope, depth)})}}|{{({Of(Ty.Long, scope, depth)})}}|{{({Of(Ty.MaybeText, scope, depth)})}}\"")));
            if (Has(Features.Shapes))
            {
                choices.Add((1, () => Expr.Of(Ty.Text, $"$\"{{({Of(Ty.Kind, scope, depth)})}} {{({Of(Ty.MaybeSize, scope, depth)})}}\"")));
            }

            foreach (var list in Named(Ty.Texts, scope).Take(2))
            {
                choices.Add((1, () => Expr.Of(Ty.Text, $"string.Join(\",\", {list})")));
            }
        }
    }
}
