using System.Collections.Immutable;
using System.Text;

namespace Portable.Workflows.Tests.Differential;

/// <summary>A step fails: its first calls with the same payload, or all of them.</summary>
/// <param name="Times">How many calls with the same payload fail.</param>
internal sealed record Fault(string Step, int Times, string Code, string Message, string? Data)
{
    public override string ToString() => $"{Step} fails {(Times == int.MaxValue ? "always" : Times)}: {Code} '{Message}' {Data}";
}

/// <summary>What the world does in one run: the input, the seed of every result and duration, and the faults.</summary>
/// <param name="Fixed">Results that do not follow from the seed: JSON by step.</param>
internal sealed record Situation(int Seed, string Input, ImmutableArray<Fault> Faults, ImmutableDictionary<string, string> Fixed)
{
    private static readonly string[] s_codes = ["Busy", "Declined", "Timeout", "Own", "InvalidOperationException"];

    public static Situation Create(int seed, RandomProgram program, Features features)
    {
        var random = new Random(seed);
        var steps = program.UsedSteps().ToList();
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (steps.Count > 0)
        {
            var count = random.Next(5) switch { 0 => 0, 1 or 2 => 1, 3 => 2, _ => 4 };
            for (var i = 0; i < count; i++)
            {
                var times = random.Next(4) switch { 0 => int.MaxValue, 1 => 1, 2 => 2, _ => 3 };
                faults.Add(new Fault(steps[random.Next(steps.Count)].Name, times, s_codes[random.Next(s_codes.Length)], Values.Text(random), random.Next(3) == 0 ? "{\"a\":[1,\"é\"]}" : null));
            }
        }

        _ = features;
        return new Situation(seed, Values.Json(Ty.Order, random)!.ToJsonString(), faults.ToImmutable(), ImmutableDictionary<string, string>.Empty);
    }

    /// <summary>A number that follows from the seed and texts, the same on every machine.</summary>
    public static int Hash(int seed, params ReadOnlySpan<string> texts)
    {
        var hash = unchecked((uint)seed) ^ 2166136261u;
        foreach (var text in texts)
        {
            foreach (var one in Encoding.UTF8.GetBytes(text))
            {
                hash = unchecked((hash ^ one) * 16777619u);
            }

            hash = unchecked((hash ^ 0xFFu) * 16777619u);
        }

        hash ^= hash >> 15;
        hash = unchecked(hash * 2246822519u);
        hash ^= hash >> 13;
        return unchecked((int)hash);
    }

    public override string ToString() => $"seed {Seed}, input {Input}\n{string.Join("\n", Faults)}{string.Concat(Fixed.Select(static pair => $"\n{pair.Key} returns {pair.Value}"))}";
}
