using System.Threading;
using System.Threading.Tasks;

namespace Amazon.SQS.Model
{
    public class SendMessageRequest { public string? QueueUrl { get; set; } public string? MessageBody { get; set; } public string? MessageDeduplicationId { get; set; } }
    public class SendMessageResponse;
}

namespace Amazon.SQS
{
    public interface IAmazonSQS
    {
        Task<Model.SendMessageResponse> SendMessageAsync(string queueUrl, string messageBody, CancellationToken cancellationToken = default);
        Task<Model.SendMessageResponse> SendMessageAsync(Model.SendMessageRequest request, CancellationToken cancellationToken = default);
    }
}
