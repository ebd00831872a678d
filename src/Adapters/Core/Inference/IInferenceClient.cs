using System.Text.Json.Serialization.Metadata;

namespace Portable;

/// <summary>Calls GPU endpoints; the emitted bodies of <see cref="InferenceAttribute"/> methods use it. Replace it in tests.</summary>
public interface IInferenceClient
{
    /// <summary>Posts the input as JSON and reads the answer as JSON.</summary>
    /// <param name="endpoint">The name of the endpoint.</param>
    /// <param name="input">What the model is asked.</param>
    /// <param name="inputType">The contract of the input.</param>
    /// <param name="outputType">The contract of the answer.</param>
    /// <param name="timeout">How long the call may take.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StepFailed">
    /// <see cref="StepFailed.TimeoutCode"/> after the timeout; <see cref="StepFailed.InferenceCode"/> when the endpoint fails or is not configured.
    /// </exception>
    Task<TOut> InvokeAsync<TIn, TOut>(string endpoint, TIn input, JsonTypeInfo<TIn> inputType, JsonTypeInfo<TOut> outputType, TimeSpan timeout, CancellationToken cancellationToken);
}
