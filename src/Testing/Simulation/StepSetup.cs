using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime;

namespace Portable.Testing;

/// <summary>What the calls of a step, or of another workflow, come to: first its faults in the order given, then its answer.</summary>
public sealed class StepSetup
{
    private readonly List<(int Times, StepFailure Failure)> _faults = [];
    private readonly List<(Func<string, bool> Fits, StepFailure Failure)> _failing = [];
    private readonly JsonTypeInfo? _input;
    private readonly JsonTypeInfo? _output;
    private readonly string _what;
    private Func<string, long, string>? _answer;
    private Func<string, TimeSpan> _duration = static _ => TimeSpan.Zero;
    private long _calls;

    internal StepSetup(string what, JsonTypeInfo? input, JsonTypeInfo? output) => (_what, _input, _output) = (what, input, output);

    /// <summary>It returns this.</summary>
    /// <param name="result">Of the result's type; written with the JSON contract that the application uses.</param>
    public StepSetup Returns(object? result)
    {
        var json = Contracts.Write(result, _output, $"the result of {_what}");
        return ReturnsJson(json);
    }

    /// <summary>It succeeds; for steps that return nothing.</summary>
    /// <exception cref="SimulationSetupException">It has a result, which would be missing.</exception>
    public StepSetup Returns() => _output is null
        ? ReturnsJson("null")
        : throw new SimulationSetupException($"{char.ToUpperInvariant(_what[0])}{_what[1..]} returns {_output.Type.Name}: say which with Returns(result).");

    /// <summary>It returns this.</summary>
    /// <param name="json">The result as JSON text.</param>
    public StepSetup ReturnsJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        _answer = (_, _) => json;
        return this;
    }

    /// <summary>It returns these one after the other, and the last of them from then on. Calls that fail take none.</summary>
    /// <param name="results">Of the result's type.</param>
    public StepSetup ReturnsInTurn(params IReadOnlyList<object?> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentOutOfRangeException.ThrowIfZero(results.Count);
        var json = results.Select(result => Contracts.Write(result, _output, $"the result of {_what}")).ToList();
        _answer = (_, number) => json[(int)Math.Min(number, json.Count - 1)];
        return this;
    }

    /// <summary>It returns what is computed from the payload.</summary>
    /// <param name="answer">Takes the payload, gives the result, or throws <see cref="StepFailed"/>.</param>
    public StepSetup Returns<TIn, TOut>(Func<TIn, TOut> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _answer = (payload, _) => Contracts.Write(answer(Payload<TIn>(payload)), _output, $"the result of {_what}");
        return this;
    }

    /// <summary>The next calls fail.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="times">How many calls fail.</param>
    /// <param name="message">What happened; the code when not given.</param>
    /// <param name="data">Data as JSON text, or <see langword="null"/>.</param>
    public StepSetup Fails(string code, int times = 1, string? message = null, string? data = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        _faults.Add((times, new StepFailure(code, message ?? code, data)));
        return this;
    }

    /// <summary>Every further call fails.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">What happened; the code when not given.</param>
    /// <param name="data">Data as JSON text, or <see langword="null"/>.</param>
    public StepSetup FailsAlways(string code, string? message = null, string? data = null) => Fails(code, int.MaxValue, message, data);

    /// <summary>Every call with such a payload fails, before the faults in their order are looked at.</summary>
    /// <param name="fits">Takes the payload, says whether the call fails.</param>
    /// <param name="code">The error code.</param>
    /// <param name="message">What happened; the code when not given.</param>
    /// <param name="data">Data as JSON text, or <see langword="null"/>.</param>
    public StepSetup FailsWhen<TIn>(Func<TIn, bool> fits, string code, string? message = null, string? data = null)
    {
        ArgumentNullException.ThrowIfNull(fits);
        ArgumentNullException.ThrowIfNull(code);
        _failing.Add((payload => fits(Payload<TIn>(payload)), new StepFailure(code, message ?? code, data)));
        return this;
    }

    /// <summary>Each call takes virtual time. A step that takes longer than its timeout fails with the code <c>Timeout</c>.</summary>
    /// <param name="duration">How long.</param>
    public StepSetup Takes(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        _duration = _ => duration;
        return this;
    }

    /// <summary>Each call takes virtual time, by its payload.</summary>
    /// <param name="duration">Takes the payload, says how long.</param>
    public StepSetup Takes<TIn>(Func<TIn, TimeSpan> duration)
    {
        ArgumentNullException.ThrowIfNull(duration);
        _duration = payload => duration(Payload<TIn>(payload));
        return this;
    }

    internal TimeSpan DurationOf(string payload) => _duration(payload);

    internal void Reset() => _calls = 0;

    /// <summary>The scripted answer; <see langword="null"/> when the script has none and the real one is asked.</summary>
    internal StepReply? Answer(string payload)
    {
        if (_failing.Find(entry => entry.Fits(payload)) is { Failure: { } always })
        {
            return Failed(always, payload);
        }

        var number = Interlocked.Increment(ref _calls) - 1;
        foreach (var (times, failure) in _faults)
        {
            if (number < times)
            {
                return Failed(failure, payload);
            }

            number -= times;
        }

        try
        {
            return _answer is { } answer ? StepReply.Success(answer(payload, number), DurationOf(payload)) : null;
        }
        catch (StepFailed failed)
        {
            return Failed(StepFailure.From(failed), payload);
        }
    }

    private StepReply Failed(StepFailure failure, string payload) => StepReply.Fail(failure.Code, failure.Message, failure.Data, DurationOf(payload));

    private T Payload<T>(string json) => Contracts.Read<T>(json, _input, $"the payload of {_what}");
}

/// <summary>JSON as the application writes and reads it.</summary>
internal static class Contracts
{
    private static readonly JsonSerializerOptions s_plain = new(JsonSerializerDefaults.Web);

    public static string Write(object? value, JsonTypeInfo? contract, string what)
    {
        if (value is JsonElement json)
        {
            return json.GetRawText();
        }

        if (contract is null || value is null)
        {
            return JsonSerializer.Serialize(value, s_plain);
        }

        return contract.Type.IsInstanceOfType(value)
            ? JsonSerializer.Serialize(value, contract)
            : throw new SimulationSetupException($"A {value.GetType().Name} was given as {what}, which is a {contract.Type.Name}.");
    }

    public static T Read<T>(string json, JsonTypeInfo? contract, string what)
    {
        try
        {
            return contract is JsonTypeInfo<T> typed ? JsonSerializer.Deserialize(json, typed)!
                : typeof(T) == typeof(string) && contract?.Type != typeof(string) && json is not ['"', ..] ? (T)(object)json
                : JsonSerializer.Deserialize<T>(json, contract?.Options is { } options && options.TryGetTypeInfo(typeof(T), out _) ? options : s_plain)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new SimulationSetupException($"As a {typeof(T).Name}, {what} cannot be read: {e.Message} It is {json}");
        }
    }
}
