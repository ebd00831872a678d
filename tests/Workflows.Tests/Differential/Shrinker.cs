using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portable.Workflows.Tests.Differential;

/// <summary>Cuts a failing case down: statements go, expressions become simpler, faults and parts of the input disappear, as long as it still fails alike.</summary>
internal static class Shrinker
{
    private const int LargestRound = 60;

    public static async Task<(RandomProgram Program, Situation Situation, Subject Subject, Difference Difference)> ShrinkAsync(
        RandomProgram program, Situation situation, Subject subject, Difference difference, TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = DateTime.UtcNow + limit;
        var changed = true;
        while (changed && DateTime.UtcNow < deadline)
        {
            changed = false;
            foreach (var candidates in Programs(program).Chunk(LargestRound))
            {
                var compiled = Compile(candidates, cancellationToken);
                for (var i = 0; i < candidates.Length && !changed; i++)
                {
                    // Branches of a workflow that compensates end in another way: without it another difference would come to light.
                    if (compiled[i] is { } smaller && smaller.Model.IsSaga == subject.Model.IsSaga && await StillAsync(smaller, situation, difference, cancellationToken) is { } same)
                    {
                        (program, subject, difference, changed) = (candidates[i], smaller, same, true);
                    }
                }

                if (changed || DateTime.UtcNow > deadline)
                {
                    break;
                }
            }

            foreach (var candidate in Situations(situation))
            {
                if (await StillAsync(subject, candidate, difference, cancellationToken) is { } same)
                {
                    (situation, difference, changed) = (candidate, same, true);
                    break;
                }
            }
        }

        return (program, situation, subject, difference);
    }

    private static async Task<Difference?> StillAsync(Subject subject, Situation situation, Difference difference, CancellationToken cancellationToken) =>
        await Comparison.RunAsync(subject, situation, cancellationToken) is { } found && found.Engine == difference.Engine && found.Kind == difference.Kind ? found : null;

    private static IReadOnlyList<Subject?> Compile(RandomProgram[] candidates, CancellationToken cancellationToken)
    {
        var sources = candidates.Select(static (candidate, i) => (candidate with { Name = $"{candidate.Name}-{i}" }).Candidate()).ToList();
        try
        {
            return [.. Batch.Compile(sources, cancellationToken).Select(static result => result.Subject)];
        }
        catch (InvalidOperationException)
        {
            return new Subject?[candidates.Length];
        }
    }

    private static IEnumerable<RandomProgram> Programs(RandomProgram program)
    {
        foreach (var body in Smaller(program.Body))
        {
            yield return program with { Body = (Block)body };
        }

        for (var i = 0; i < program.Methods.Length; i++)
        {
            foreach (var body in Smaller(program.Methods[i].Body))
            {
                yield return program with { Methods = program.Methods.SetItem(i, program.Methods[i] with { Body = (Block)body }) };
            }
        }

        for (var i = 0; i < program.Children.Length; i++)
        {
            foreach (var child in Programs(program.Children[i]))
            {
                yield return program with { Children = program.Children.SetItem(i, child) };
            }
        }

        for (var i = 0; i < program.Steps.Length; i++)
        {
            if (program.Steps[i] is { Attributes: not "[Step]", Undo: null } step)
            {
                yield return program with { Steps = program.Steps.SetItem(i, step with { Attributes = "[Step]" }) };
            }
        }
    }

    // Large cuts first.
    private static IEnumerable<Node> Smaller(Node node)
    {
        if (node is Block block)
        {
            for (var i = 0; i < block.Statements.Length; i++)
            {
                yield return new Block(block.Statements.RemoveAt(i));
                foreach (var inner in block.Statements[i].Pieces.Select(static piece => piece.Node).OfType<Block>())
                {
                    yield return new Block(block.Statements.RemoveAt(i).InsertRange(i, inner.Statements));
                }
            }

            for (var i = 0; i < block.Statements.Length; i++)
            {
                foreach (var smaller in Smaller(block.Statements[i]))
                {
                    yield return new Block(block.Statements.SetItem(i, (Stmt)smaller));
                }
            }

            yield break;
        }

        var pieces = node is Expr e ? e.Pieces : ((Stmt)node).Pieces;
        if (node is Expr expression)
        {
            foreach (var simple in Simpler(expression))
            {
                yield return simple;
            }
        }

        for (var i = 0; i < pieces.Length; i++)
        {
            if (pieces[i].Node is { } child)
            {
                foreach (var smaller in Smaller(child))
                {
                    var replaced = pieces.SetItem(i, new Piece("", smaller));
                    yield return node is Expr one ? one with { Pieces = replaced } : new Stmt(replaced);
                }
            }
        }
    }

    private static IEnumerable<Expr> Simpler(Expr expression)
    {
        if (expression.Pieces.Length == 1 && expression.Pieces[0].Node is null && expression.Pieces[0].Text.Length < 8)
        {
            yield break;
        }

        foreach (var child in expression.Pieces.Select(static piece => piece.Node).OfType<Expr>().Where(child => child.Type == expression.Type))
        {
            yield return child;
        }

        if (expression.Type switch
            {
                Ty.Int => "1",
                Ty.Long => "1L",
                Ty.Bool => "true",
                Ty.Text => "\"a\"",
                Ty.MaybeText => "(string?)null",
                Ty.MaybeInt => "(int?)null",
                Ty.MaybeItem => "(Item?)null",
                Ty.Item => "input.Main",
                Ty.Kind => "Kind.Rush",
                Ty.Size => "Size.Large",
                Ty.MaybeSize => "(Size?)null",
                Ty.Place => "input.Place",
                Ty.MaybePlace => "(Place?)null",
                Ty.Ints or Ty.Texts or Ty.Items => "[]",
                Ty.Span => "TimeSpan.FromSeconds(1)",
                _ => null,
            } is { } text && Printer.Print(expression) != text)
        {
            yield return new Expr(expression.Type, [new Piece(text)]);
            if (text == "true")
            {
                yield return new Expr(expression.Type, [new Piece("false")]);
            }
        }
    }

    private static IEnumerable<Situation> Situations(Situation situation)
    {
        for (var i = 0; i < situation.Faults.Length; i++)
        {
            yield return situation with { Faults = situation.Faults.RemoveAt(i) };
        }

        for (var i = 0; i < situation.Events.Length; i++)
        {
            yield return situation with { Events = situation.Events.RemoveAt(i) };
        }

        for (var i = 0; i < situation.Faults.Length; i++)
        {
            var fault = situation.Faults[i];
            if (fault.Data is not null || fault.Message != "m")
            {
                yield return situation with { Faults = situation.Faults.SetItem(i, fault with { Data = null, Message = "m" }) };
            }
        }

        var input = (JsonObject)JsonNode.Parse(situation.Input)!;
        foreach (var (name, value) in input.ToList())
        {
            JsonNode? simple = value switch
            {
                JsonArray { Count: > 0 } list => new JsonArray([.. list.Skip(1).Select(static item => item?.DeepClone())]),
                JsonValue one when one.GetValueKind() == JsonValueKind.String && one.GetValue<string>() != "a" => "a",
                JsonValue one when one.GetValueKind() == JsonValueKind.Number && one.ToJsonString() is not ("0" or "1") => 1,
                JsonObject => null,
                _ => value,
            };
            if (simple != value && !(name == "main" && simple is null))
            {
                var copy = (JsonObject)input.DeepClone();
                copy[name] = simple;
                yield return situation with { Input = copy.ToJsonString() };
            }
        }
    }
}
