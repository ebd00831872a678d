using Portable.TestKit;
using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing.Tests.GoogleWorkflows;

/// <summary>Short ways to write and run workflows.</summary>
internal static class Flows
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A handler for workflows that call nothing.</summary>
    public static GoogleHttpHandler NoHttp { get; } = static (request, _) => throw new InvalidOperationException($"unexpected call of {request.Url}");

    public static GoogleHttpHandler Http(Func<GoogleHttpRequest, GoogleHttpReply> answer) => (request, _) => new ValueTask<GoogleHttpReply>(answer(request));

    public static ValueTask<SimulationResult> Run(string yaml, string? argument = null, GoogleHttpHandler? http = null, GoogleWorkflowOptions? options = null) =>
        GoogleWorkflowSimulator.Parse(yaml).RunAsync(argument, http ?? NoHttp, options, Token);

    /// <summary>The value of an expression, with the argument <c>args</c>.</summary>
    public static async Task<SimulationResult> Evaluate(string expression, string argument = "null") => await Run(
        $$"""
        main:
          params: [args]
          steps:
            - only:
                return: '${{{expression.Replace("'", "''", StringComparison.Ordinal)}}}'
        """,
        argument);

    /// <summary>The text of one of Google's samples.</summary>
    public static string Sample(string name) => File.ReadAllText(Path.Combine(RepositoryFolder.SharedOrSkip(Folder), name + ".workflows.yaml"));

    /// <summary>The names of the samples; none when they are not there.</summary>
    public static IEnumerable<string> SampleNames => RepositoryFolder.FindShared(Folder) is { } folder
        ? Directory.GetFiles(folder, "*.yaml").Select(static file => Path.GetFileName(file).Replace(".workflows.yaml", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        : [];

    private const string Folder = "gcp/workflows-examples/samples";
}
