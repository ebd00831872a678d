using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Portable.TestKit.ExternalTools;

/// <summary>
/// The npm packages that tests compare against, behind one Node process: the JSONata reference, the validator of state machines, JSON schemas and YAML.
/// Safe for use from several tests at once.
/// </summary>
public sealed class NodeTools : IDisposable
{
    private readonly Process _process;
    private readonly object _gate = new();

    private NodeTools(Process process) => _process = process;

    /// <summary>Starts the tools.</summary>
    /// <param name="tools">The tools, when they could be started.</param>
    /// <param name="reason">What is missing, otherwise.</param>
    public static bool TryStart([NotNullWhen(true)] out NodeTools? tools, out string reason)
    {
        tools = null;
        if (Path.GetDirectoryName(RepositoryFolder.Find("tests/tools/server.cjs")) is not { } folder)
        {
            reason = "needs the folder tests/tools: run eng/test.sh";
            return false;
        }

        if (!Directory.Exists(Path.Combine(folder, "node_modules", "jsonata")))
        {
            reason = "needs the npm packages of tests/tools: run eng/test.sh";
            return false;
        }

        try
        {
            var start = new ProcessStartInfo("node", ["server.cjs"])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                StandardOutputEncoding = Encoding.UTF8,
            };
            tools = new NodeTools(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            reason = "needs Node.js: run eng/test.sh";
            return false;
        }

        reason = "";
        return true;
    }

    /// <summary>Starts the tools, or skips the test that runs, saying what is missing.</summary>
    public static NodeTools StartOrSkip()
    {
        if (!TryStart(out var tools, out var reason))
        {
            Assert.Skip(reason);
        }

        return tools;
    }

    /// <summary>Evaluates an expression with the reference implementation.</summary>
    public OracleResult Jsonata(string expression, string? inputJson = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        var bindings = new JsonObject();
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            bindings[name] = value;
        }

        return Ask(new JsonObject { ["op"] = "jsonata", ["expression"] = expression, ["input"] = inputJson, ["variables"] = bindings });
    }

    /// <summary>What is wrong with a state machine; empty when nothing is.</summary>
    public IReadOnlyList<string> ValidateAsl(string definitionJson) => Messages(new JsonObject { ["op"] = "asl", ["definition"] = definitionJson });

    /// <summary>What is wrong with a Google workflow by the public schema; empty when nothing is. Skips the test where the schema is not at hand.</summary>
    public IReadOnlyList<string> ValidateGoogleWorkflow(string yaml) => Messages(new JsonObject
    {
        ["op"] = "workflow",
        ["definition"] = yaml,
        ["schema"] = File.ReadAllText(RepositoryFolder.SharedOrSkip("gcp/schemas/workflows.schemastore.json")),
    });

    /// <summary>What is wrong with a document by a schema; empty when nothing is.</summary>
    public IReadOnlyList<string> ValidateSchema(string schemaJson, string documentJson) =>
        Messages(new JsonObject { ["op"] = "schema", ["schema"] = schemaJson, ["document"] = documentJson });

    /// <summary>What is wrong with a Mermaid diagram; empty when nothing is.</summary>
    public IReadOnlyList<string> ValidateMermaid(string diagram) => Messages(new JsonObject { ["op"] = "mermaid", ["text"] = diagram });

    /// <summary>YAML 1.2 read with the core schema, as JSON.</summary>
    /// <exception cref="FormatException">The text is not YAML.</exception>
    public string YamlToJson(string yaml) => Value(new JsonObject { ["op"] = "yaml", ["text"] = yaml });

    /// <summary>The <c>Authorization</c> header of a signed POST to the root of one of AWS's services.</summary>
    public string SignAws(string service, string region, string host, IReadOnlyDictionary<string, string> headers, string body, string accessKeyId, string secret, string? sessionToken)
    {
        var all = new JsonObject();
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        var credentials = new JsonObject { ["accessKeyId"] = accessKeyId, ["secretAccessKey"] = secret };
        if (sessionToken is not null)
        {
            credentials["sessionToken"] = sessionToken;
        }

        return Value(new JsonObject { ["op"] = "sign", ["service"] = service, ["region"] = region, ["host"] = host, ["headers"] = all, ["body"] = body, ["credentials"] = credentials });
    }

    /// <summary>The <c>Authorization</c> header of a signed request to S3, or with <paramref name="query"/> the path with the signed query.</summary>
    public string SignS3(string method, string host, string pathAndQuery, string region, IReadOnlyDictionary<string, string> headers, string accessKeyId, string secret, string? sessionToken, bool query)
    {
        var all = new JsonObject();
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        var credentials = new JsonObject { ["accessKeyId"] = accessKeyId, ["secretAccessKey"] = secret };
        if (sessionToken is not null)
        {
            credentials["sessionToken"] = sessionToken;
        }

        return Value(new JsonObject
        {
            ["op"] = "sign", ["service"] = "s3", ["region"] = region, ["host"] = host, ["method"] = method, ["path"] = pathAndQuery, ["headers"] = all, ["credentials"] = credentials, ["query"] = query,
        });
    }

    /// <summary>Starts an S3 on the loopback address, which ends with the tools. Its credentials are <c>S3RVER</c>, <c>S3RVER</c>; it does not check signatures of version 4.</summary>
    /// <param name="folder">Where it keeps its objects.</param>
    /// <param name="buckets">The buckets that it has.</param>
    /// <returns>Its address.</returns>
    public Uri StartS3(string folder, params string[] buckets) =>
        new($"http://127.0.0.1:{Value(new JsonObject { ["op"] = "s3", ["folder"] = folder, ["buckets"] = new JsonArray([.. buckets.Select(static bucket => (JsonNode)bucket)]) })}/");

    /// <summary>A signed address of Cloud Storage, by the vendor's library.</summary>
    public string SignGoogle(bool writes, string bucket, string name, TimeSpan validFor, DateTimeOffset at, string email, string privateKeyPem) => JsonSerializer.Deserialize<string>(Value(new JsonObject
    {
        ["op"] = "signgoogle",
        ["action"] = writes ? "write" : "read",
        ["bucket"] = bucket,
        ["name"] = name,
        ["seconds"] = (long)validFor.TotalSeconds,
        ["at"] = at.ToUnixTimeMilliseconds(),
        ["email"] = email,
        ["privateKey"] = privateKeyPem,
    }))!;

    /// <summary>Starts a DynamoDB on the loopback address, which ends with the tools.</summary>
    /// <returns>Its address.</returns>
    public Uri StartDynamoDb() => new($"http://127.0.0.1:{Value(new JsonObject { ["op"] = "dynamodb" })}/");

    /// <summary>Starts an Azure Blob service (Azurite, in memory) on the loopback address, which ends with the tools.</summary>
    /// <returns>A connection string.</returns>
    public string StartBlobs() =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"BlobEndpoint=http://127.0.0.1:{Value(new JsonObject { ["op"] = "blobs" })}/devstoreaccount1";

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                _process.Kill();
            }

            _process.Dispose();
        }
    }

    private IReadOnlyList<string> Messages(JsonObject request) => JsonSerializer.Deserialize<string[]>(Value(request))!;

    private string Value(JsonObject request)
    {
        var answer = Ask(request);
        return answer.IsError ? throw new FormatException($"{answer.ErrorCode}: {answer.ErrorMessage}") : answer.Json ?? "null";
    }

    private OracleResult Ask(JsonObject request)
    {
        string? line;
        lock (_gate)
        {
            _process.StandardInput.WriteLine(request.ToJsonString());
            _process.StandardInput.Flush();
            line = _process.StandardOutput.ReadLine();
        }

        using var answer = JsonDocument.Parse(line ?? throw new InvalidOperationException("The tools ended; see their standard error above."));
        return answer.RootElement.TryGetProperty("error", out var error)
            ? new OracleResult(null, error.GetProperty("code").GetString(), error.GetProperty("message").GetString())
            : new OracleResult(answer.RootElement.TryGetProperty("value", out var value) ? value.GetString() : null, null, null);
    }
}

/// <summary>An answer of the reference implementation.</summary>
/// <param name="Json">The value as JSON text; <see langword="null"/> when it is undefined or an error.</param>
/// <param name="ErrorCode">The error's code, or <see langword="null"/>.</param>
/// <param name="ErrorMessage">The error's message, or <see langword="null"/>.</param>
public sealed record OracleResult(string? Json, string? ErrorCode, string? ErrorMessage)
{
    /// <summary>Whether the evaluation failed.</summary>
    public bool IsError => ErrorCode is not null;

    /// <summary>Whether there is neither a value nor an error.</summary>
    public bool IsUndefined => Json is null && !IsError;
}
