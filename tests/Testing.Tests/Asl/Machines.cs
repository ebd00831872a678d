using Portable.Testing.Asl;

namespace Portable.Testing.Tests.Asl;

/// <summary>Short ways to write and run machines.</summary>
internal static class Machines
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A machine from its states, starting at the first.</summary>
    public static string Of(string states, string startAt = "A", string more = "") =>
        $$$"""{"QueryLanguage":"JSONata","StartAt":"{{{startAt}}}",{{{more}}}"States":{ {{{states}}} }}""";

    /// <summary>A task that runs a step.</summary>
    public static string Task(string step, string more) =>
        $$$"""{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"FunctionName":"steps","Payload":{"step":"{{{step}}}","input":"{% $states.input %}"}},{{{more}}} }""";

    public static ValueTask<SimulationResult> Run(string definition, string input = "{}", StepScript? script = null, AslOptions? options = null) =>
        AslSimulator.Parse(definition).RunAsync(input, AslTasks.FromSteps((script ?? new StepScript()).Handler), options, Token);
}
