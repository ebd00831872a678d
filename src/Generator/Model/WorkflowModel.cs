using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Model;

/// <summary>A workflow: its steps, and its body as IR when it could be compiled.</summary>
/// <param name="Name">The workflow's name.</param>
/// <param name="Identifier">A C# identifier unique in the compilation: <c>OrderWorkflow_Run</c>.</param>
/// <param name="Namespace">The namespace of the emitted types.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Activation">How to make the object to call it on.</param>
/// <param name="Input">The type of the input; <see langword="null"/> for none.</param>
/// <param name="Output">The type of the result; <see langword="null"/> for none.</param>
/// <param name="InputVariable">The variable that stands for the input in the body; <see langword="null"/> for none.</param>
/// <param name="Steps">Every step and inference of the class, in order of declaration.</param>
/// <param name="Body">The compiled body; <see langword="null"/> when the analyzer has something to say about it.</param>
/// <param name="TimeoutSeconds">How long a run may take; 0 when not stated.</param>
internal sealed record WorkflowModel(
    string Name,
    string Identifier,
    string Namespace,
    string Method,
    ActivationModel Activation,
    TypeRef? Input,
    TypeRef? Output,
    string? InputVariable,
    EquatableArray<StepModel> Steps,
    IrBlock? Body,
    int TimeoutSeconds);

/// <summary>A step or an inference.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Activation">How to make the object to call it on.</param>
/// <param name="Input">The payload's type; <see langword="null"/> for none.</param>
/// <param name="Output">The result's type; <see langword="null"/> for none.</param>
/// <param name="TakesCancellation">Whether the method takes a cancellation token.</param>
/// <param name="Retry">The retry policy; <see langword="null"/> means one call.</param>
/// <param name="TimeoutSeconds">How long one call may take; 0 when not stated.</param>
/// <param name="Endpoint">The GPU endpoint of an inference; <see langword="null"/> for a step.</param>
internal sealed record StepModel(
    string Name,
    ActivationModel Activation,
    TypeRef? Input,
    TypeRef? Output,
    bool TakesCancellation,
    RetryModel? Retry,
    int TimeoutSeconds,
    string? Endpoint);

/// <summary>An inference method, whose body is emitted into the user's partial class.</summary>
/// <param name="Namespace">The namespace of the class; empty for the global one.</param>
/// <param name="ContainingTypes">The declarations to re-open, outermost first: <c>partial class OrderWorkflow</c>.</param>
/// <param name="Accessibility">The method's accessibility as written: <c>public</c>.</param>
/// <param name="Name">The method's name.</param>
/// <param name="InputName">The payload parameter's name.</param>
/// <param name="Input">The payload's type.</param>
/// <param name="Output">The answer's type.</param>
/// <param name="CancellationName">The cancellation parameter's name; <see langword="null"/> for none.</param>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="TimeoutSeconds">How long one call may take; 0 means 30.</param>
internal sealed record InferenceModel(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Accessibility,
    string Name,
    string InputName,
    TypeRef Input,
    TypeRef Output,
    string? CancellationName,
    string Endpoint,
    int TimeoutSeconds);
