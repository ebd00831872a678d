namespace Portable.Workflows.Tests.Differential;

/// <summary>Random expressions of a type over what a scope has.</summary>
internal sealed class ExpressionGenerator(Random random, Features features)
{
    private int _names;

    /// <summary>An expression. A list is a literal only where C# knows the type that it becomes.</summary>
    public Expr Of(Ty type, Scope scope, int depth = 3)
    {
        var choices = new List<(int Weight, Func<Expr> Make)>();
        if (type is not (Ty.Item or Ty.Ints or Ty.Texts or Ty.Items or Ty.Order))
        {
            choices.Add((4, () => Expr.Of(type, $"{Values.Literal(type, random)}")));
        }

        foreach (var text in Named(type, scope))
        {
            choices.Add((3, () => Expr.Of(type, $"{text}")));
        }

        if (depth > 0)
        {
            Composed(type, scope, depth - 1, choices);
            Conditional(type, scope, depth - 1, choices);
        }

        if (choices.Count == 0)
        {
            choices.Add((1, () => type == Ty.Item ? NewItem(scope, 0) : List(type, scope, 0)));
        }

        return Choose(choices)();
    }

    /// <summary>The variables of a type and what can be read off others.</summary>
    public static IEnumerable<string> Named(Ty type, Scope scope)
    {
        foreach (var variable in scope.Variables)
        {
            if (variable.Type == type)
            {
                yield return variable.Name;
            }

            foreach (var member in Members(variable.Type, type))
            {
                yield return $"{variable.Name}.{member}";
            }
        }
    }

    public T Choose<T>(IReadOnlyList<(int Weight, T What)> choices)
    {
        var at = random.Next(choices.Sum(static choice => choice.Weight));
        foreach (var (weight, what) in choices)
        {
            if ((at -= weight) < 0)
            {
                return what;
            }
        }

        throw new InvalidOperationException("No choice.");
    }

    private static IEnumerable<string> Members(Ty of, Ty type) => (of, type) switch
    {
        (Ty.Item, Ty.Text) => ["Name"],
        (Ty.Item, Ty.Int) => ["Qty"],
        (Ty.Item, Ty.MaybeText) => ["Note"],
        (Ty.Item, Ty.Bool) => ["Flag"],
        (Ty.Order, Ty.Text) => ["Id", "Main.Name"],
        (Ty.Order, Ty.Int) => ["Count", "Main.Qty"],
        (Ty.Order, Ty.Long) => ["Big"],
        (Ty.Order, Ty.Bool) => ["Express"],
        (Ty.Order, Ty.MaybeText) => ["Note", "Main.Note"],
        (Ty.Order, Ty.MaybeInt) => ["Limit"],
        (Ty.Order, Ty.Decimal) => ["Price"],
        (Ty.Order, Ty.Item) => ["Main"],
        (Ty.Order, Ty.MaybeItem) => ["Extra"],
        (Ty.Order, Ty.Items) => ["Items"],
        (Ty.Order, Ty.Ints) => ["Numbers"],
        (Ty.Order, Ty.Texts) => ["Tags"],
        (Ty.Ints or Ty.Texts or Ty.Items, Ty.Int) => [],
        _ => [],
    };

    private bool Has(Features feature) => (features & feature) == feature;

    private void Conditional(Ty type, Scope scope, int depth, List<(int Weight, Func<Expr> Make)> choices)
    {
        if (!Has(Features.Conditional) || type == Ty.Order)
        {
            return;
        }

        choices.Add((2, () => Expr.Of(type, $"({Of(Ty.Bool, scope, depth)} ? {Of(type, scope, depth)} : {Of(type, scope, depth)})")));
        if (type is not (Ty.Ints or Ty.Texts or Ty.Items) && Has(Features.Switch))
        {
            choices.Add((1, () => random.Next(2) == 0
                ? Expr.Of(type, $"({Of(Ty.Int, scope, depth)} switch {{ 0 => {Of(type, scope, depth)}, {random.Next(1, 4)} => {Of(type, scope, depth)}, _ => {Of(type, scope, depth)} }})")
                : Expr.Of(type, $"({Of(Ty.Text, scope, depth)} switch {{ \"a\" => {Of(type, scope, depth)}, \"done\" or \"b\" => {Of(type, scope, depth)}, _ => {Of(type, scope, depth)} }})")));
        }

        var maybe = type switch { Ty.Text => Ty.MaybeText, Ty.Int => Ty.MaybeInt, Ty.Item => Ty.MaybeItem, _ => type };
        if (maybe != type)
        {
            choices.Add((3, () => Expr.Of(type, $"({Of(maybe, scope, depth)} ?? {Of(type, scope, depth)})")));
        }

        // Reading off something that may be null.
        foreach (var name in Named(Ty.MaybeItem, scope))
        {
            if (Members(Ty.Item, type).FirstOrDefault() is { } member)
            {
                choices.Add((1, () => Expr.Of(type, $"({name} is null ? {Of(type, scope, depth)} : {name}.{member})")));
                if (type == Ty.MaybeText)
                {
                    choices.Add((1, () => Expr.Of(type, $"{name}?.{member}")));
                }
            }
        }

        var list = type switch { Ty.Int => Ty.Ints, Ty.Text => Ty.Texts, Ty.Item => Ty.Items, _ => type };
        if (list != type && Has(Features.Lists))
        {
            foreach (var name in Named(list, scope))
            {
                choices.Add((2, () => Expr.Of(type, $"({name}.Count > {random.Next(2)} ? {name}[0] : {Of(type, scope, depth)})")));
                choices.Add((1, () => Expr.Of(type, $"({name}.Count > 0 ? {name}[{name}.Count - 1] : {Of(type, scope, depth)})")));
            }
        }
    }

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

        if (Has(Features.Defects))
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
            choices.Add((2, () => Expr.Of(Ty.Text, $"{failure}.{Pick("Code", "Message")}")));
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
            foreach (var list in Named(Ty.Texts, scope).Take(2))
            {
                choices.Add((1, () => Expr.Of(Ty.Text, $"string.Join(\",\", {list})")));
            }
        }
    }

    private Expr NewItem(Scope scope, int depth) => Expr.Of(
        Ty.Item, $"new Item({Of(Ty.Text, scope, depth)}, {Of(Ty.Int, scope, depth)}, {Of(Ty.MaybeText, scope, depth)}, {Of(Ty.Bool, scope, depth)})");

    private Expr List(Ty type, Scope scope, int depth)
    {
        var element = type switch { Ty.Ints => Ty.Int, Ty.Texts => Ty.Text, _ => Ty.Item };
        var elements = Enumerable.Range(0, random.Next(3)).Select(_ => Of(element, scope, depth)).ToList();
        return Named(type, scope).FirstOrDefault() is { } list && random.Next(3) == 0
            ? elements.Count == 0 ? Expr.Of(type, $"[.. {list}]") : Expr.Of(type, $"[.. {list}, {elements}]")
            : Expr.Of(type, $"[{elements}]");
    }

    private static IEnumerable<string> ListNames(Scope scope) =>
        Named(Ty.Ints, scope).Concat(Named(Ty.Texts, scope)).Concat(Named(Ty.Items, scope));

    private string Pick(params ReadOnlySpan<string> texts) => texts[random.Next(texts.Length)];
}
