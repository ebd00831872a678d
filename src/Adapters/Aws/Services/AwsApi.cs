using System.Net.Http.Headers;
using System.Text.Json;

namespace Portable.Aws.Services;

/// <summary>A service of AWS that takes JSON at its root: its names and the version of its protocol.</summary>
/// <param name="Name">The name in addresses and signatures.</param>
/// <param name="Variable">What stands in <c>AWS_ENDPOINT_URL_{Variable}</c>, the variable with which every SDK redirects the service.</param>
/// <param name="TargetPrefix">What stands before the action in <c>X-Amz-Target</c>.</param>
/// <param name="Version">The version of JSON's protocol that the service speaks.</param>
internal sealed record AwsService(string Name, string Variable, string TargetPrefix, string Version = "1.0")
{
    public static AwsService SecretsManager { get; } = new("secretsmanager", "SECRETS_MANAGER", "secretsmanager", "1.1");

    public static AwsService StepFunctions { get; } = new("states", "SFN", "AWSStepFunctions");

    public static AwsService DynamoDb { get; } = new("dynamodb", "DYNAMODB", "DynamoDB_20120810");

    // Names and versions: botocore, data/sqs/2012-11-05 and data/events/2015-10-07, service-2.json.
    public static AwsService Sqs { get; } = new("sqs", "SQS", "AmazonSQS");

    public static AwsService EventBridge { get; } = new("events", "EVENTBRIDGE", "AWSEvents", "1.1");
}

/// <summary>An error that a service answered.</summary>
internal sealed class AwsApiException(string code, string message, int status = 400) : Exception($"{code}: {message}")
{
    /// <summary>The error's name, without its namespace: <c>TaskTimedOut</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The status of the answer.</summary>
    public int Status { get; } = status;
}

/// <summary>
/// Calls services of AWS with the function's own role. Two services and a handful of actions do not justify an SDK in every function's
/// cold start; the signature is checked against an implementation that is not ours.
/// </summary>
internal sealed class AwsApi(HttpClient http, TimeProvider time, Func<AwsCredentials>? credentials = null, string? region = null)
{
    private readonly Func<AwsCredentials> _credentials = credentials ?? AwsCredentials.FromEnvironment;

    /// <summary>The client.</summary>
    public HttpClient Http => http;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The region.</summary>
    /// <exception cref="InvalidOperationException">The environment does not say.</exception>
    public string Region => region ?? RegionOfEnvironment();

    /// <summary>Who signs now.</summary>
    /// <exception cref="InvalidOperationException">The environment has no credentials.</exception>
    public AwsCredentials Credentials => _credentials();

    /// <summary>Calls an action.</summary>
    /// <exception cref="AwsApiException">The service answered with an error.</exception>
    /// <exception cref="HttpRequestException">The service could not be reached.</exception>
    public async ValueTask<JsonDocument> CallAsync(AwsService service, string action, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var where = Region;
        var address = AddressOf(service, where);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = $"application/x-amz-json-{service.Version}",
            ["host"] = address.Authority,
            ["x-amz-target"] = $"{service.TargetPrefix}.{action}",
        };
        AwsSignature.Sign(headers, body.Span, service.Name, where, _credentials(), time.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new ReadOnlyMemoryContent(body);
        foreach (var (name, value) in headers)
        {
            if (name == "content-type")
            {
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(answer.Length == 0 ? "{}"u8.ToArray() : answer)
            : throw ErrorOf(service, (int)response.StatusCode, answer);
    }

    // {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "message": "..."}
    private static AwsApiException ErrorOf(AwsService service, int status, byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var root = document.RootElement;
            var type = root.GetProperty("__type").GetString()!;
            var message = root.TryGetProperty("message", out var lower) ? lower.GetString() : root.TryGetProperty("Message", out var upper) ? upper.GetString() : null;
            return new AwsApiException(type[(type.LastIndexOf('#') + 1)..], message ?? "", status);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new AwsApiException($"Http{status}", $"{service.Name} answered with something else than its error format.", status);
        }
    }

    private static string RegionOfEnvironment() => Environment.GetEnvironmentVariable("AWS_REGION") is { Length: > 0 } found
        ? found
        : throw new InvalidOperationException("AWS_REGION is not set; Lambda sets it.");

    private static Uri AddressOf(AwsService service, string where) => new(
        Environment.GetEnvironmentVariable($"AWS_ENDPOINT_URL_{service.Variable}")
        ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")
        ?? $"https://{service.Name}.{where}.amazonaws.com/");
}
