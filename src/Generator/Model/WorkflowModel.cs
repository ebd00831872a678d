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
/// <param name="CompensatesOnFailure">Whether a run that fails undoes its completed steps.</param>
/// <param name="IsExpress">Whether it runs as an Express workflow on Step Functions.</param>
/// <param name="Children">The workflows that the body runs by method: the text that C# has for the method, and the workflow's name.</param>
/// <param name="Payloads">Types of events awaited, events published, and inputs and results of children, which JSON contexts must know.</param>
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
    int TimeoutSeconds,
    bool CompensatesOnFailure = false,
    bool IsExpress = false,
    EquatableArray<ChildModel> Children = default,
    EquatableArray<TypeRef> Payloads = default)
{
    /// <summary>The secrets that the classes of its steps and of the body take.</summary>
    public IEnumerable<string?> Secrets =>
        Steps.Select(static step => step.Activation).Append(Activation).SelectMany(static activation => activation.Dependencies).Select(static dependency => dependency.Secret);

    /// <summary>What its steps and the body's own constructor send to.</summary>
    public IEnumerable<OutputModel?> Outputs =>
        Steps.Select(static step => step.Activation).Append(Activation).SelectMany(static activation => activation.Dependencies).Select(static dependency => dependency.Output);

    /// <summary>
    /// Whether the workflow compensates. Branches and map items of such a workflow are not stopped when another one fails: what they did
    /// must be known to be undone.
    /// </summary>
    public bool IsSaga => CompensatesOnFailure || IrWalk.All(Body).Any(static statement => statement is IrCompensate);
}

/// <summary>A workflow run by another one.</summary>
/// <param name="Expression">The text of the argument in C#, as <c>CallerArgumentExpression</c> hands it over.</param>
/// <param name="Workflow">The name of the workflow.</param>
internal sealed record ChildModel(string Expression, string Workflow);

/// <summary>A step or an inference.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Activation">How to make the object to call it on.</param>
/// <param name="Input">The payload's type; <see langword="null"/> for none.</param>
/// <param name="Output">The result's type; <see langword="null"/> for none.</param>
/// <param name="TakesCancellation">Whether the method takes a cancellation token.</param>
/// <param name="Retry">The retry policy; <see langword="null"/> means one call.</param>
/// <param name="TimeoutSeconds">How long one call may take; 0 when not stated.</param>
/// <param name="Endpoint">The GPU endpoint of an inference; <see langword="null"/> for a step.</param>
/// <param name="Compensation">What undoes it; <see langword="null"/> when nothing does.</param>
/// <param name="KeyMember">The member of the payload that identifies the call; <see langword="null"/> without [Idempotent].</param>
/// <param name="HeartbeatSeconds">The longest silence of a call; 0 when not stated.</param>
/// <param name="IsIsolated">Whether it is deployed as a function of its own.</param>
/// <param name="Lifted">The expression that a generated step evaluates; <see langword="null"/> for the user's own steps.</param>
/// <param name="KeyKind">What that member is: a text, an integer, or something else whose JSON is a text.</param>
/// <param name="KeyDefault">What that member is when the JSON lacks it: a text, an integer or null; <see langword="null"/> without [Idempotent].</param>
/// <param name="IsHttp">Whether the endpoint is an address on AWS too.</param>
/// <param name="Validation">What is to be checked of the payload before the step runs.</param>
internal sealed record StepModel(
    string Name,
    ActivationModel Activation,
    TypeRef? Input,
    TypeRef? Output,
    bool TakesCancellation,
    RetryModel? Retry,
    int TimeoutSeconds,
    string? Endpoint,
    CompensationModel? Compensation = null,
    IrName? KeyMember = null,
    int HeartbeatSeconds = 0,
    bool IsIsolated = false,
    LiftedModel? Lifted = null,
    IrKind KeyKind = IrKind.Text,
    IrLiteral? KeyDefault = null,
    bool IsHttp = false,
    EquatableArray<ValidatedTypeModel> Validation = default)
{
    /// <summary>The types whose JSON contracts a generated step needs.</summary>
    public IEnumerable<TypeRef> LiftedTypes =>
        Lifted is { } lifted ? lifted.Variables.Select(static variable => variable.Type.Underlying).Append(Output!.Underlying).Concat(lifted.Outputs.Select(static output => output.Type.Underlying)) : [];
}

/// <summary>What undoes a step.</summary>
/// <param name="Step">The step that undoes it.</param>
/// <param name="TakesResult">Whether that step takes the undone step's result; otherwise it takes its payload, or nothing.</param>
internal sealed record CompensationModel(string Step, bool TakesResult);

/// <summary>
/// A pure expression of a workflow's body that engines cannot compute, evaluated by a generated step in .NET. Its input is an object
/// with one member per variable.
/// </summary>
/// <param name="Expression">The expression as C# with fully qualified names, over the variables.</param>
/// <param name="Variables">The variables, in the order of the input's members.</param>
/// <param name="Outputs">The variables that the expression sets.</param>
/// <param name="IsQuery">Whether it has a query in it, whose methods C# looks for by their namespace.</param>
/// <param name="Functions">Declarations of local functions that the expression calls: ways to what is private.</param>
/// <param name="IsFilter">Whether an exception means <see langword="false"/>, as in a <c>when</c> filter.</param>
internal sealed record LiftedModel(string Expression, EquatableArray<LiftedVariable> Variables, bool IsFilter = false, EquatableArray<string> Functions = default, EquatableArray<LiftedVariable> Outputs = default, bool IsQuery = false)
{
    /// <summary>The member of the result that is the expression's value, where it sets variables besides.</summary>
    public const string ValueName = "value";

    /// <summary>The member of the result that is the value of a variable that the expression sets.</summary>
    public static string OutputName(int index) => "out" + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A variable of a lifted expression.</summary>
internal sealed record LiftedVariable(string Name, TypeRef Type);

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
