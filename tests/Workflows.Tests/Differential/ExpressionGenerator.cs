namespace Portable.Workflows.Tests.Differential;

/// <summary>Random expressions of a type over what a scope has.</summary>
internal sealed partial class ExpressionGenerator(Random random, Features features)
{
    private int _names;

    /// <summary>An expression. A list is a literal only where C# knows the type that it becomes.</summary>
    public Expr Of(Ty type, Scope scope, int depth = 3)
    {
        var choices = new List<(int Weight, Func<Expr> Make)>();
        if (type is not (Ty.Item or Ty.Ints or Ty.Texts or Ty.Items or Ty.Order or Ty.Place or Ty.Pace))
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
            Calls(type, scope, depth - 1, choices);
            Patterns(type, scope, depth - 1, choices);
        }

        if (choices.Count == 0)
        {
            choices.Add((1, () => type switch { Ty.Item => NewItem(scope, 0), Ty.Place => NewPlace(scope, 0), Ty.Pace => NewPace(scope), _ => List(type, scope, 0) }));
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

            foreach (var member in Members(variable.Type, type).Concat(MembersOfParts(variable.Type, type)))
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
        (Ty.Place, Ty.Text) => ["City"],
        (Ty.Place, Ty.Int) => ["Floor"],
        (Ty.Place, Ty.Kind) => ["Kind"],
        (Ty.Place, Ty.MaybeSize) => ["Size"],
        (Ty.Pace, Ty.Text) => ["Name"],
        (Ty.Pace, Ty.Span) => ["Wait", "Rest"],
        (Ty.Order, Ty.Text) => ["Id"],
        (Ty.Order, Ty.Int) => ["Count"],
        (Ty.Order, Ty.Long) => ["Big"],
        (Ty.Order, Ty.Bool) => ["Express"],
        (Ty.Order, Ty.MaybeText) => ["Note"],
        (Ty.Order, Ty.MaybeInt) => ["Limit"],
        (Ty.Order, Ty.Decimal) => ["Price"],
        (Ty.Order, Ty.Item) => ["Main"],
        (Ty.Order, Ty.MaybeItem) => ["Extra"],
        (Ty.Order, Ty.Place) => ["Place"],
        (Ty.Order, Ty.MaybePlace) => ["Other"],
        (Ty.Order, Ty.Kind) => ["Kind"],
        (Ty.Order, Ty.Size) => ["Size"],
        (Ty.Report, Ty.Text) => ["Text"],
        (Ty.Report, Ty.Int) => ["Number"],
        (Ty.Report, Ty.Long) => ["Big"],
        (Ty.Report, Ty.Bool) => ["Flag"],
        (Ty.Report, Ty.MaybeText) => ["Note"],
        (Ty.Report, Ty.MaybeInt) => ["Limit"],
        (Ty.Report, Ty.MaybeItem) => ["Item"],
        (Ty.Report, Ty.Kind) => ["Kind"],
        (Ty.Report, Ty.MaybeSize) => ["Size"],
        (Ty.Report, Ty.MaybePlace) => ["Place"],
        (Ty.Order or Ty.Report, Ty.Items) => ["Items"],
        (Ty.Order or Ty.Report, Ty.Ints) => ["Numbers"],
        (Ty.Order or Ty.Report, Ty.Texts) => ["Tags"],
        _ => [],
    };

    // A record within a record.
    private static IEnumerable<string> MembersOfParts(Ty of, Ty type) => of != Ty.Order ? []
        : Members(Ty.Item, type).Select(static member => "Main." + member).Concat(Members(Ty.Place, type).Select(static member => "Place." + member));

    private Expr NewPace(Scope scope) => Expr.Of(Ty.Pace, $"new Pace({Of(Ty.Text, scope, 0)}, {Of(Ty.Span, scope, 1)}, {Of(Ty.Span, scope, 0)})");

    private bool Has(Features feature) => (features & feature) == feature;

    // Not just any value: C# takes it that what is compared with null may be null from there on.
    private Expr Maybe(Ty type, Scope scope, int depth)
    {
        var names = Named(type, scope).ToList();
        var name = names.Count > 0 ? names[random.Next(names.Count)] : Values.Literal(type, random);
        return random.Next(3) > 0 ? Expr.Of(type, $"{name}") : Expr.Of(type, $"({Of(Ty.Bool, scope, depth)} ? {name} : {Values.Literal(type, random)})");
    }

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
            if (Has(Features.Shapes))
            {
                choices.Add((1, () => Expr.Of(type, $"({Of(Ty.Kind, scope, depth)} switch {{ Kind.Rush => {Of(type, scope, depth)}, Kind.Normal or Kind.Gift => {Of(type, scope, depth)}, _ => {Of(type, scope, depth)} }})")));
                choices.Add((1, () => Expr.Of(type, $"({Of(Ty.MaybeSize, scope, depth)} switch {{ Size.Large => {Of(type, scope, depth)}, null => {Of(type, scope, depth)}, _ => {Of(type, scope, depth)} }})")));
            }
        }

        var maybe = type switch { Ty.Text => Ty.MaybeText, Ty.Int => Ty.MaybeInt, Ty.Item => Ty.MaybeItem, Ty.Place => Ty.MaybePlace, Ty.Size => Ty.MaybeSize, _ => type };
        if (maybe != type)
        {
            choices.Add((3, () => Expr.Of(type, $"({Maybe(maybe, scope, depth)} ?? {Of(type, scope, depth)})")));
        }

        // Reading off something that may be null.
        foreach (var (name, member) in Named(Ty.MaybeItem, scope).SelectMany(name => Members(Ty.Item, type).Select(member => (name, member)))
            .Concat(Named(Ty.MaybePlace, scope).SelectMany(name => Members(Ty.Place, type).Select(member => (name, member)))))
        {
            choices.Add((1, () => Expr.Of(type, $"({name} is null ? {Of(type, scope, depth)} : {name}.{member})")));
            if (type is Ty.MaybeText or Ty.MaybeSize)
            {
                choices.Add((1, () => Expr.Of(type, $"{name}?.{member}")));
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

    private Expr NewItem(Scope scope, int depth) => Expr.Of(
        Ty.Item, $"new Item({Of(Ty.Text, scope, depth)}, {Of(Ty.Int, scope, depth)}, {Of(Ty.MaybeText, scope, depth)}, {Of(Ty.Bool, scope, depth)})");

    private Expr NewPlace(Scope scope, int depth) => random.Next(3) switch
    {
        0 => Expr.Of(Ty.Place, $"new Place({Of(Ty.Text, scope, depth)})"),
        1 => Expr.Of(Ty.Place, $"new Place({Of(Ty.Text, scope, depth)}, Size: {Of(Ty.MaybeSize, scope, depth)})"),
        _ => Expr.Of(Ty.Place, $"new Place({Of(Ty.Text, scope, depth)}, {Of(Ty.Int, scope, depth)}, {Of(Ty.Kind, scope, depth)}, {Of(Ty.MaybeSize, scope, depth)})"),
    };

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
