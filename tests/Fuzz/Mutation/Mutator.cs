namespace Portable.Fuzz;

/// <summary>Makes damaged events of real ones. The same seed, target and index make the same event.</summary>
public static class Mutator
{
    /// <summary>One damaged event.</summary>
    /// <param name="original">The event.</param>
    /// <param name="random">The chance.</param>
    public static FuzzEvent Mutate(FuzzEvent original, FuzzRandom random)
    {
        var (head, body) = (original.Head, original.Body);
        for (var i = random.Next(3) + 1; i > 0; i--)
        {
            if (head.Length > 0 && random.Percent(25))
            {
                head = ByteMutations.Apply(head, random);
            }
            else if (random.Percent(70) && JsonTree.TryParse(body) is { } tree)
            {
                // Several places at once, without reading it anew each time.
                for (var places = random.Next(3) + 1; places > 0; places--)
                {
                    JsonMutations.Apply(tree, random);
                }

                body = tree.ToBytes();
            }
            else
            {
                body = ByteMutations.Apply(body, random);
            }
        }

        return new FuzzEvent(original.Name, head, body);
    }
}
