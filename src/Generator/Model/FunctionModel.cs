using Portable.Generator.Helpers;

namespace Portable.Generator.Model;

/// <summary>A function: everything that emission needs, as plain data.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Identifier">A C# identifier unique in the compilation, from the type and method: <c>OrderFunctions_Place</c>.</param>
/// <param name="Namespace">The namespace of the emitted types: <c>Portable.Generated.Orders</c>.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Activation">How to make the object to call it on.</param>
/// <param name="Trigger">What starts it.</param>
/// <param name="Parameters">How each parameter is bound, in order.</param>
/// <param name="Return">What it returns.</param>
/// <param name="TimeoutSeconds">How long an invocation may take; 0 when not stated.</param>
/// <param name="Retry">How often a message is delivered; <see langword="null"/> when not stated.</param>
/// <param name="DeadLetter">The queue of what cannot be handled; <see langword="null"/> when not stated.</param>
internal sealed record FunctionModel(
    string Name,
    string Identifier,
    string Namespace,
    string Method,
    ActivationModel Activation,
    TriggerModel Trigger,
    EquatableArray<ParameterModel> Parameters,
    ReturnModel Return,
    int TimeoutSeconds,
    RetryModel? Retry,
    string? DeadLetter)
{
    /// <summary>How much memory an instance needs, in MB; 0 when not stated.</summary>
    public int MemoryMegabytes { get; init; }

    /// <summary>The latency that is promised at the 95th percentile, in milliseconds; 0 when nothing is.</summary>
    public int LatencyMilliseconds { get; init; }

    /// <summary>How many instances are started before anybody calls; 0 when not stated.</summary>
    public int WarmInstances { get; init; }

    /// <summary>What identifies its calls; <see langword="null"/> when not stated.</summary>
    public IdempotencyModel? Idempotency { get; init; }

    /// <summary>Who may call it by HTTP; <see langword="null"/> when nothing is said.</summary>
    public AuthorizationModel? Authorization { get; init; }

    /// <summary>Who answers for it; <see langword="null"/> when nobody is named.</summary>
    public OwnerModel? Owner { get; init; }

    /// <summary>What is to be checked of the payload, its own type first; empty when nothing is.</summary>
    public EquatableArray<ValidatedTypeModel> Validation { get; init; }

    /// <summary>The secrets among its parameters and those of its constructor.</summary>
    public IEnumerable<string?> Secrets => Activation.Dependencies.Select(static dependency => dependency.Secret).Concat(Parameters.Select(static parameter => parameter.Secret)).Append(Authorization?.Secret);

    /// <summary>What its parameters and those of its constructor send to.</summary>
    public IEnumerable<OutputModel?> Outputs => Activation.Dependencies.Select(static dependency => dependency.Output).Concat(Parameters.Select(static parameter => parameter.Output));
}

internal enum ParameterSource
{
    Route,
    Query,
    Header,
    Body,
    Service,
    Cancellation,
    Context,

    /// <summary>A message body alone.</summary>
    MessageBody,

    /// <summary>A message as the trigger has it: <c>Message&lt;T&gt;</c>, <c>StreamRecord&lt;T&gt;</c>, <c>StorageEvent</c>, ...</summary>
    Message,

    /// <summary>A list or array of bodies.</summary>
    BodyBatch,

    /// <summary>A list or array of messages.</summary>
    MessageBatch,

    /// <summary>Who calls: a <c>ClaimsPrincipal</c>.</summary>
    User,

    /// <summary>A <c>ScheduledEvent</c>.</summary>
    Scheduled,

    /// <summary>A <c>CloudNative.CloudEvents.CloudEvent</c>.</summary>
    CloudEvent,
}

/// <summary>How a parameter is bound.</summary>
/// <param name="Name">The C# name.</param>
/// <param name="Source">Where its value comes from.</param>
/// <param name="WireName">The name in the route, query string or headers.</param>
/// <param name="Type">The declared type.</param>
/// <param name="Payload">The JSON payload's type for bodies and messages: the <c>T</c> of <c>Message&lt;T&gt;</c> or of a batch.</param>
/// <param name="Parse">How a text becomes the value.</param>
/// <param name="Optional">Whether it may be missing: nullable, or with a default value.</param>
/// <param name="Default">The default value as a C# expression, or <see langword="null"/>.</param>
/// <param name="IsArray">Whether an array was declared (a list otherwise), for query values and batches.</param>
/// <param name="Output">What a service sends to, where it is one that does.</param>
/// <param name="Secret">The name of the secret that it is.</param>
internal sealed record ParameterModel(
    string Name,
    ParameterSource Source,
    string WireName,
    TypeRef Type,
    TypeRef? Payload,
    ParseKind Parse,
    bool Optional,
    string? Default,
    bool IsArray,
    OutputModel? Output = null,
    string? Secret = null);

internal enum ParseKind
{
    None,
    Text,
    Parsable,
    Enum,
}

internal enum ReturnKind
{
    Nothing,
    Value,
    Text,
    HttpResult,
    HttpResultOfValue,
    BatchResult,
}

internal enum AwaitKind
{
    None,
    Task,
    ValueTask,
}

/// <summary>What a handler returns.</summary>
/// <param name="Kind">The shape.</param>
/// <param name="Await">Whether it must be awaited.</param>
/// <param name="Value">The type of the JSON body, where there is one.</param>
internal sealed record ReturnModel(ReturnKind Kind, AwaitKind Await, TypeRef? Value);
