using System.Collections.Immutable;
using System.Text;
using Portable.Testing;

namespace Portable.Workflows.Tests.Differential;

/// <summary>A step fails: its first calls with the same payload, or all of them.</summary>
/// <param name="Times">How many calls with the same payload fail.</param>
internal sealed record Fault(string Step, int Times, string Code, string Message, string? Data)
{
    public override string ToString() => $"{Step} fails {(Times == int.MaxValue ? "always" : Times)}: {Code} '{Message}' {Data}";
}

/// <summary>What the world does in one run: the input, the seed of every result and duration, the faults and the events.</summary>
/// <param name="Fixed">Results that do not follow from the seed: JSON by step.</param>
internal sealed record Situation(int Seed, string Input, ImmutableArray<Fault> Faults, ImmutableDictionary<string, string> Fixed)
{
    private static readonly string[] s_codes = ["Busy", "Declined", "Timeout", "Own", "InvalidOperationException"];

    public ImmutableArray<ScriptedEvent> Events { get; init; } = [];

    /// <summary>The types of results, by step: more than the model tells, which does not know of references that may be null.</summary>
    public ImmutableDictionary<string, Ty> Results { get; init; } = ImmutableDictionary<string, Ty>.Empty;

    /// <summary>Whether JSON from outside lacks members.</summary>
    public bool LacksMembers { get; init; }

    public static Situation Create(int seed, RandomProgram program, Features features)
    {
        var random = new Random(seed);
        var family = program.Family().Select(static member => member.Program).ToList();
        var steps = family.SelectMany(static member => member.UsedSteps().Select(step => (Step: step, member.IsForked))).ToList();
        var failing = steps.Where(static one => !one.Step.IsReliable).ToList();
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (failing.Count > 0)
        {
            var count = random.Next(5) switch { 0 => 0, 1 or 2 => 1, 3 => 2, _ => 4 };
            for (var i = 0; i < count; i++)
            {
                var (step, isForked) = failing[random.Next(failing.Count)];
                var times = random.Next(4) switch { 0 => int.MaxValue, 1 => 1, 2 => 2, _ => 3 };
                faults.Add(new Fault(step.Name, isForked ? int.MaxValue : times, s_codes[random.Next(s_codes.Length)], Values.Text(random), random.Next(3) == 0 ? "{\"a\":[1,\"é\"]}" : null));
            }
        }

        var input = Values.Json(Ty.Order, random);
        var lacks = (features & Features.Missing) != 0 && random.Next(2) == 0;
        return new Situation(seed, (lacks ? Values.Without(input, random) : input)!.ToJsonString(), faults.ToImmutable(), ImmutableDictionary<string, string>.Empty)
        {
            LacksMembers = lacks,
            Results = steps.Where(static one => one.Step.Output is not null).ToImmutableDictionary(static one => one.Step.Name, static one => one.Step.Output!.Value),
            Events = [.. program.UsedEvents().SelectMany(one => Raised(one, random, lacks))],
        };
    }

    // None, before anything is waited for, meanwhile, or too late. No other time has such a fraction, so that nothing happens at the same moment.
    private static IEnumerable<ScriptedEvent> Raised(EventDeclaration declared, Random random, bool lacks)
    {
        for (var count = random.Next(4); count > 0; count--)
        {
            var at = random.Next(3) switch { 0 => TimeSpan.Zero, 1 => TimeSpan.FromSeconds(random.Next(6)), _ => TimeSpan.FromSeconds(random.Next(40)) };
            var payload = Values.Json(declared.Type, random);
            yield return new ScriptedEvent(
                declared.Name,
                (lacks ? Values.Without(payload, random) : payload)?.ToJsonString() ?? "null",
                at == TimeSpan.Zero ? at : at + TimeSpan.FromMicroseconds(random.Next(300_000, 1_000_000)));
        }
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

    public override string ToString() =>
        $"seed {Seed}{(LacksMembers ? ", JSON lacks members" : "")}, input {Input}\n{string.Join("\n", Faults)}{string.Concat(Fixed.Select(static pair => $"\n{pair.Key} returns {pair.Value}"))}"
        + string.Concat(Events.Select(static raised => $"\nevent {raised.Name} at {raised.At}: {raised.PayloadJson}"));
}
