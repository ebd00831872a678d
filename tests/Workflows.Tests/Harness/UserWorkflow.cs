using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Generator.Model;
using Portable.Runtime;
using Portable.Testing;

namespace Portable.Workflows.Tests.Harness;

/// <summary>The compiled class of a case, called as emitted code calls it, with its steps answered by a script.</summary>
internal sealed class UserWorkflow
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly WorkflowModel _model;
    private readonly MethodInfo _method;
    private readonly StepHandlerDelegate _script;

    public UserWorkflow(WorkflowModel model, StepHandlerDelegate script, bool limited = false)
    {
        _model = model;
        _script = script;
        var type = typeof(UserWorkflow).Assembly.GetType(model.Activation.Type.FullName["global::".Length..], throwOnError: true)!;
        _method = type.GetMethod(model.Method)!;
        Definition = new WorkflowDefinition(model.Name, RunAsync, [.. model.Steps.Where(step => step.Lifted is null).Select(Step)], limited ? model.TimeoutSeconds : 0);
    }

    public WorkflowDefinition Definition { get; }

    public PortableApp App(TimeProvider? time = null) => new("local", [], [Definition], time: time);

    /// <summary>Answers a call as the deployed step does: payload and result pass through the step's own types.</summary>
    public async ValueTask<StepReply> CallAsync(StepInvocation call)
    {
        var step = _model.Steps.Single(candidate => candidate.Name == call.Step);
        if (step.Endpoint is not null)
        {
            return await _script(call);
        }

        var (input, output) = TypesOf(call.Step);
        string payload;
        try
        {
            payload = input is null ? "null" : JsonSerializer.Serialize(JsonSerializer.Deserialize(call.Input, input), input);
        }
        catch (JsonException)
        {
            return StepReply.Fail("BadInput");
        }

        var reply = await _script(call with { Input = payload });
        return reply.Failure is not null ? reply
            : StepReply.Success(output is null ? "null" : JsonSerializer.Serialize(JsonSerializer.Deserialize(reply.Output!, output), output), reply.Duration);
    }

    // Awaits nothing but the method, as what the generator emits.
    private async Task<ReadOnlyMemory<byte>> RunAsync(WorkflowCall call)
    {
        var parameters = _method.GetParameters();
        object?[] arguments = parameters.Length == 1 ? [call.Flow] : [call.Flow, Read(call.Payload, parameters[1].ParameterType)];
        var task = (Task)_method.Invoke(Activator.CreateInstance(_method.DeclaringType!), arguments)!;
        await task;
        return _model.Output is null ? StepCall.NoOutput : JsonSerializer.SerializeToUtf8Bytes(task.GetType().GetProperty("Result")!.GetValue(task), Options.GetTypeInfo(_method.ReturnType.GetGenericArguments()[0]));
    }

    private static object? Read(ReadOnlyMemory<byte> json, Type type) => JsonSerializer.Deserialize(json.Span, Options.GetTypeInfo(type));

    private StepDefinition Step(StepModel step)
    {
        var (input, output) = TypesOf(step.Name);
        var retry = step.Retry is { } policy
            ? RetryPolicy.Create(policy.MaxAttempts, policy.IntervalSeconds, policy.BackoffRate, policy.MaxIntervalSeconds, [.. policy.On])
            : RetryPolicy.Once;
        return new StepDefinition(step.Name, retry, input, output, async call =>
        {
            var reply = await CallAsync(new StepInvocation(step.Name, System.Text.Encoding.UTF8.GetString(call.Payload.Span), call.Context.Attempt));
            return reply.Failure is { } failure ? throw failure.ToException() : System.Text.Encoding.UTF8.GetBytes(reply.Output!);
        });
    }

    private (JsonTypeInfo? Input, JsonTypeInfo? Output) TypesOf(string step)
    {
        var method = _method.DeclaringType!.GetMethod(step)!;
        var payload = method.GetParameters().FirstOrDefault(parameter => parameter.ParameterType != typeof(CancellationToken));
        return (
            payload is null ? null : Options.GetTypeInfo(payload.ParameterType),
            method.ReturnType.IsGenericType ? Options.GetTypeInfo(method.ReturnType.GetGenericArguments()[0]) : null);
    }
}
