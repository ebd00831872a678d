using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator.Emit.Manifest;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Emit.Aws;

/// <summary>Lambda's managed runtime: one class-library handler per function, stream in and stream out, so that no serializer of the vendor's is needed.</summary>
internal sealed class AwsManagedEmitter : ICloudEmitter
{
    private const string Stream = "global::System.IO.Stream";
    private const string Signature = "(global::System.IO.Stream input, global::Amazon.Lambda.Core.ILambdaContext context)";
    private const string Invoke = "Function.InvokeAsync(input, context.AwsRequestId, context.RemainingTime)";
    private const string OtherCode = "StepFailedWithCode";

    public Cloud Cloud => Cloud.Aws;

    public Hosting Hosting => Hosting.Managed;

    public string Adapter => "Portable.Aws.LambdaFunction";

    public string Run => "global::Portable.Runtime.ManagedHost.NotAnExecutable(\"AWS Lambda's managed runtime loads this assembly as a class library: set each function's handler as portable.json says.\")";

    public string? WorkflowBackend => "Portable.Aws.Workflows.AwsWorkflows";

    public string? OutputBackend => "Portable.Aws.AwsOutputs";

    public bool HasStepsFunction => true;

    public EmittedFile? Function(FunctionEntry function, Options options)
    {
        var writer = CodeFile.Begin(function.Namespace)
            .Line($"/// <summary>The Lambda handler of <c>{function.Name}</c>: <c>{Handler(function.Name, function.Namespace, function.Identifier, false, null, options)}</c>.</summary>")
            .Line(CodeFile.Generated)
            .Open($"public static class {function.Identifier}_Lambda");
        Field(writer, function.Name);
        writer.Line("/// <summary>Called by the runtime with the event as it came.</summary>")
            .Line($"public static global::System.Threading.Tasks.Task<{Stream}> Handle{Signature} =>");
        writer.Indentation++;
        writer.Line($"{Invoke};");
        writer.Indentation--;
        return new EmittedFile(CodeFile.NameOf(function.Namespace, function.Identifier, ".Aws"), writer.Close().ToString());
    }

    /// <summary>
    /// Step Functions matches a failed step by the name of the exception's type, so each error code that a retry filter or a handler names
    /// has a type of its own; the message carries the whole failure.
    /// </summary>
    public IEnumerable<EmittedFile> Workflow(WorkflowUnit unit, Options options)
    {
        var workflow = unit.Workflow;
        var codes = workflow.Steps.SelectMany(static step => step.Retry?.On ?? EquatableArray<string>.Empty)
            .Concat(FailureCodes.In(workflow.Body)).Distinct(StringComparer.Ordinal)
            .Where(static code => SyntaxFacts.IsValidIdentifier(code) && code != OtherCode).OrderBy(static code => code, StringComparer.Ordinal).ToList();
        var writer = CodeFile.Begin(workflow.Namespace)
            .Line($"/// <summary>The Lambda handler that runs the steps of <c>{workflow.Name}</c>.</summary>")
            .Line(CodeFile.Generated)
            .Open($"public static class {workflow.Identifier}_Steps_Lambda");
        Field(writer, workflow.Name + "-steps");
        writer.Line("/// <summary>Called by Step Functions for each step; a failed one is an error named after its code.</summary>")
            .Open($"public static async global::System.Threading.Tasks.Task<{Stream}> Handle{Signature}");
        writer.Open("try").Line($"return await {Invoke}.ConfigureAwait(false);").Close();
        writer.Open("catch (global::Portable.Aws.LambdaStepFailure failure)");
        writer.Open("throw failure.Failure.Code switch");
        foreach (var code in codes)
        {
            writer.Line($"{CodeFile.Text(code)} => new Errors.{CodeFile.Name(code)}(failure.Message),");
        }

        writer.Line($"_ => new Errors.{OtherCode}(failure.Message),").Close(";").Close().Close().Line();
        writer.Line("/// <summary>Step Functions sees the name of the type as the error; the message is the failure's JSON.</summary>");
        writer.Open("private static class Errors");
        foreach (var code in codes.Append(OtherCode))
        {
            writer.Line($"internal sealed class {CodeFile.Name(code)}(string message) : global::System.Exception(message);");
        }

        yield return new EmittedFile(CodeFile.NameOf(workflow.Namespace, workflow.Identifier, ".Aws"), writer.Close().Close().ToString());
    }

    public IEnumerable<EmittedFile> Application(ApplicationModel application, Options options) => [];

    public string Handler(string name, string @namespace, string identifier, bool isSteps, TriggerModel? trigger, Options options) =>
        $"{options.AssemblyName}::{@namespace}.{identifier}{(isSteps ? "_Steps" : "")}_Lambda::Handle".Replace("@", "");

    public void Platform(ManifestWriter json, FunctionEntry function) => AwsSettings.Write(json, function);

    public EmittedFile? Definition(WorkflowUnit unit) => StepFunctions.Definition(unit);

    public IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow) => StepFunctions.Substitutions(workflow);

    private static void Field(SourceWriter writer, string name) => writer
        .Line($"private static readonly global::Portable.Aws.LambdaFunction Function = new(global::Portable.Generated.PortableApplication.Shared, {CodeFile.Text(name)});")
        .Line();
}
