namespace Portable.Workflows.Tests.Cases;

// What the generator would write.
public sealed partial class InferenceWorkflow
{
    public partial Task<Risk> Score(Order order, CancellationToken ct) => Never<Risk>();
}
