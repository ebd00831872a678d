using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portable.Testing.Asl;

/// <summary>
/// Runs an Amazon States Language machine in memory with skipped time: JSONata states (<c>Task</c>, <c>Pass</c>, <c>Choice</c>, <c>Wait</c>,
/// <c>Succeed</c>, <c>Fail</c>, <c>Parallel</c>, inline <c>Map</c>), variables, retriers, catchers, timeouts and heartbeats, tasks that wait for their
/// token, executions of other machines, the service's limits. JSONPath states and distributed maps are refused when the definition is read.
/// </summary>
public sealed class AslSimulator
{
    private readonly AslMachine _machine;

    internal AslMachine Machine => _machine;

    private AslSimulator(AslMachine machine, IReadOnlyList<AslExpression> expressions) => (_machine, Expressions) = (machine, expressions);

    /// <summary>What a definition may have (developer guide, service quotas).</summary>
    private const int DefinitionLimit = 1024 * 1024;

    /// <summary>Every expression of the definition, with its place.</summary>
    public IReadOnlyList<AslExpression> Expressions { get; }

    /// <summary>Reads a definition.</summary>
    /// <param name="definitionJson">The definition as JSON text.</param>
    /// <exception cref="AslDefinitionException">The definition cannot be run; the message says where and why.</exception>
    public static AslSimulator Parse(string definitionJson) => Parse(definitionJson, null);

    /// <summary>Reads a definition as it is deployed: with values for the <c>${Names}</c> in it.</summary>
    /// <param name="definitionJson">The definition as JSON text.</param>
    /// <param name="substitutions">The values by name, as in <c>DefinitionSubstitutions</c>; a name that is not among them stays as it is.</param>
    /// <exception cref="AslDefinitionException">The definition cannot be run; the message says where and why.</exception>
    public static AslSimulator Parse(string definitionJson, IReadOnlyDictionary<string, string>? substitutions)
    {
        ArgumentNullException.ThrowIfNull(definitionJson);
        foreach (var (name, value) in substitutions ?? new Dictionary<string, string>())
        {
            definitionJson = definitionJson.Replace($"${{{name}}}", JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), StringComparison.Ordinal);
        }

        if (Encoding.UTF8.GetByteCount(definitionJson) > DefinitionLimit)
        {
            throw new AslDefinitionException("", "A definition has at most 1 MB.");
        }

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
            var machine = reader.Definition(document.RootElement);
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
        options ??= new AslOptions();
        return await new AslRun(_machine, options, new AslWorld(tasks, options, cancellationToken)).ExecuteAsync(inputJson).ConfigureAwait(false);
    }
}
