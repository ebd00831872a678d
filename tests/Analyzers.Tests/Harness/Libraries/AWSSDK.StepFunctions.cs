using System.Threading;
using System.Threading.Tasks;

namespace Amazon.StepFunctions.Model
{
    public class StartExecutionRequest { public string? StateMachineArn { get; set; } public string? Name { get; set; } public string? Input { get; set; } }
    public class StartExecutionResponse;
}

namespace Amazon.StepFunctions
{
    public interface IAmazonStepFunctions
    {
        Task<Model.StartExecutionResponse> StartExecutionAsync(Model.StartExecutionRequest request, CancellationToken cancellationToken = default);
    }
}
