using System.Text.Json;

namespace Portable.Testing.Asl;

/// <summary>
/// Runs an Amazon States Language machine in memory with skipped time: JSONata states (<c>Task</c>, <c>Pass</c>, <c>Choice</c>, <c>Wait</c>,
/// <c>Succeed</c>, <c>Fail</c>, <c>Parallel</c>, inline <c>Map</c>), variables, retriers, catchers, timeouts and the payload limit.
/// JSONPath states and distributed maps are refused when the definition is read.
/// </summary>
public sealed class AslSimulator
{
    private readonly AslMachine _machine;

    private AslSimulator(AslMachine machine, IReadOnlyList<AslExpression> expressions) => (_machine, Expressions) = (machine, expressions);

    /// <summary>Every expression of the definition, with its place.</summary>
    public IReadOnlyList<AslExpression> Expressions { get; }

    /// <summary>Reads a definition.</summary>
    /// <param name="definitionJson">The definition as JSON text.</param>
    /// <exception cref="AslDefinitionException">The definition cannot be run; the message says where and why.</exception>
    public static AslSimulator Parse(string definitionJson)
    {
        ArgumentNullException.ThrowIfNull(definitionJson);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(definitionJson);
        }
        catch (JsonException e)
        {
            throw new AslDefinitionException("", $"The definition is not JSON: {e.Message}");
        }

        using (document)
        {
            var reader = new AslReader();
            var machine = reader.Machine(document.RootElement, "", inherited: false);
            return new AslSimulator(machine, reader.Expressions);
        }
    }

    /// <summary>Runs the machine once.</summary>
    /// <param name="inputJson">The input as JSON text.</param>
    /// <param name="tasks">Answers the tasks.</param>
    /// <param name="options">The world outside the run.</param>
    /// <param name="cancellationToken">Passed to <paramref name="tasks"/>.</param>
    /// <exception cref="SimulationLimitException">The run goes through more states than the options allow.</exception>
    public async ValueTask<SimulationResult> RunAsync(string inputJson, AslTaskHandler tasks, AslOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputJson);
        ArgumentNullException.ThrowIfNull(tasks);
        return await new AslRun(_machine, tasks, options ?? new AslOptions(), cancellationToken).ExecuteAsync(inputJson).ConfigureAwait(false);
    }
}
