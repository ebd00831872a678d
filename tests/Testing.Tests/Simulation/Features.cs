using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portable.Testing.Tests.Simulation;

public sealed record Numbers(IReadOnlyList<int> Values);

public sealed record Tally(int Total, string Text);

public sealed record Doubled(int First, int Second, IReadOnlyList<int> Rest);

public sealed record Alarm(DateTimeOffset At);

public sealed record Woken(DateTimeOffset Slept, DateTimeOffset Woke, Guid Id, string Run);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Numbers))]
[JsonSerializable(typeof(Tally))]
[JsonSerializable(typeof(Doubled))]
[JsonSerializable(typeof(Alarm))]
[JsonSerializable(typeof(Woken))]
[JsonSerializable(typeof(int))]
public sealed partial class FeatureJson : JsonSerializerContext;

/// <summary>One workflow per feature of the language that the shop has no use for.</summary>
public sealed class FeatureWorkflows
{
    [Workflow("control")]
    public async Task<Tally> Control(IWorkflow flow, Numbers input)
    {
        var total = 0;
        foreach (var number in input.Values)
        {
            if (number == 0)
            {
                continue;
            }

            if (number > 100)
            {
                break;
            }

            switch (number)
            {
                case 1:
                    total += await flow.Step(Double, number);
                    break;
                case 2 or 3:
                    total += 100;
                    break;
                case < 0:
                    return new Tally(number, "negative");
                default:
                    total += number;
                    break;
            }
        }

        for (var i = 0; i < 3; i++)
        {
            total += i;
        }

        var rounds = 0;
        do
        {
            rounds++;
        }
        while (rounds < total && rounds < 4);

        var size = total switch { 0 => "none", > 50 => "many", _ => "few" };
        return new Tally(total, $"{size}, {rounds}");
    }

    [Workflow("errors")]
    public async Task<Tally> Errors(IWorkflow flow, Numbers input)
    {
        var text = "";
        var caught = 0;
        foreach (var number in input.Values)
        {
            try
            {
                await flow.Step(Double, number);
                text = $"{text}+";
            }
            catch (StepFailed failure) when (failure.Code == "Odd")
            {
                caught++;
            }
            catch (StepFailed failure) when (failure.Code == "Fatal")
            {
                throw new StepFailed("Stopped", failure.Message);
            }
            finally
            {
                await flow.Step(Note, number);
            }
        }

        return new Tally(caught, text);
    }

    [Workflow("side-by-side")]
    public async Task<Doubled> SideBySide(IWorkflow flow, Numbers input)
    {
        var (first, second) = await flow.Parallel(
            flow.Branch(Double, 1),
            flow.Branch(async () =>
            {
                await flow.Delay(TimeSpan.FromSeconds(10));
                return await flow.Step(Double, 2);
            }));
        return new Doubled(first, second, []);
    }

    [Workflow("map")]
    public async Task<Doubled> Map(IWorkflow flow, Numbers input) => new(0, 0, await flow.Map(input.Values, Double, maxConcurrency: 2));

    [Workflow("partial-failure")]
    public async Task<Tally> PartialFailure(IWorkflow flow, Numbers input)
    {
        var outcomes = await flow.TryMap(input.Values, async number =>
        {
            await flow.Step(Note, number);
            return new Tally(await flow.Step(Double, number), "doubled");
        });
        var failed = 0;
        var codes = "";
        foreach (var outcome in outcomes)
        {
            if (outcome.Failure is { } failure)
            {
                failed++;
                codes = $"{codes}{failure.Code};";
            }
        }

        return new Tally(failed, codes);
    }

    [Workflow("waits")]
    public async Task<Woken> Waits(IWorkflow flow, Alarm alarm)
    {
        var slept = flow.UtcNow;
        await flow.Delay(TimeSpan.FromSeconds(90));
        await flow.Until(alarm.At);
        return new Woken(slept, flow.UtcNow, flow.NewGuid(), flow.RunId);
    }

    [Workflow("announce")]
    public async Task<Tally> Announce(IWorkflow flow, Numbers input)
    {
        foreach (var number in input.Values)
        {
            await flow.Publish(new OrderShipped($"o-{number}", "T"));
        }

        return new Tally(input.Values.Count, "published");
    }

    [Step]
    public Task<int> Double(int number) => Task.FromResult(number * 2);

    [Step]
    public Task Note(int number) => Task.CompletedTask;
}
