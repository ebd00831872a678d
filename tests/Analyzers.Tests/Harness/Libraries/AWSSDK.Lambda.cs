namespace Amazon.Lambda
{
    public interface IAmazonLambda
    {
        System.Threading.Tasks.Task<Model.InvokeResponse> InvokeAsync(Model.InvokeRequest request, System.Threading.CancellationToken cancellationToken = default);

        System.Threading.Tasks.Task<object> ListFunctionsAsync(System.Threading.CancellationToken cancellationToken = default);
    }

    public class AmazonLambdaClient : IAmazonLambda
    {
        public System.Threading.Tasks.Task<Model.InvokeResponse> InvokeAsync(Model.InvokeRequest request, System.Threading.CancellationToken cancellationToken = default) => throw null!;

        public System.Threading.Tasks.Task<object> ListFunctionsAsync(System.Threading.CancellationToken cancellationToken = default) => throw null!;
    }
}

namespace Amazon.Lambda.Model
{
    public class InvokeRequest
    {
        public string FunctionName { get; set; } = "";

        public string Payload { get; set; } = "";
    }

    public class InvokeResponse
    {
        public int StatusCode { get; set; }
    }
}
