using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws.Workflows;

/// <summary>Completes tasks of Step Functions that wait with a token.</summary>
internal sealed class TaskTokens(AwsApi api) : IEventDelivery
{
    public async ValueTask<bool> DeliverAsync(string waiter, string payloadJson, CancellationToken cancellationToken)
    {
        var body = AwsJson.Object(json =>
        {
            json.WriteString("taskToken", waiter);
            json.WriteString("output", payloadJson);
        });
        return await CallAsync("SendTaskSuccess", body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fails a task.</summary>
    public async ValueTask<bool> FailAsync(string token, StepFailure failure, CancellationToken cancellationToken)
    {
        // Longer texts are refused: the error may have 256 characters, the cause 32,768 (API reference, SendTaskFailure).
        var cause = failure.ToJson();
        if (cause.Length > 32_768)
        {
            cause = (failure with { Message = failure.Message[..Math.Min(failure.Message.Length, 1_000)], Data = null }).ToJson();
        }

        var body = AwsJson.Object(json =>
        {
            json.WriteString("taskToken", token);
            json.WriteString("error", failure.Code[..Math.Min(failure.Code.Length, 256)]);
            json.WriteString("cause", cause);
        });
        return await CallAsync("SendTaskFailure", body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a sign of life.</summary>
    public ValueTask<bool> HeartbeatAsync(string token, CancellationToken cancellationToken) =>
        CallAsync("SendTaskHeartbeat", AwsJson.Object(json => json.WriteString("taskToken", token)), cancellationToken);

    private async ValueTask<bool> CallAsync(string action, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await api.CallAsync(AwsService.StepFunctions, action, body, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AwsApiException e) when (e.Code is "TaskTimedOut" or "TaskDoesNotExist" or "InvalidToken")
        {
            return false;
        }
    }
}
