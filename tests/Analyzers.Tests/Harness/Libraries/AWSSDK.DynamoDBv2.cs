using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Amazon.DynamoDBv2.Model
{
    public class AttributeValue { public string? S { get; set; } }
    public class PutItemRequest { public string? TableName { get; set; } public Dictionary<string, AttributeValue>? Item { get; set; } public string? ConditionExpression { get; set; } }
    public class PutItemResponse;
    public class GetItemResponse { public Dictionary<string, AttributeValue>? Item { get; set; } }
}

namespace Amazon.DynamoDBv2
{
    public interface IAmazonDynamoDB
    {
        Task<Model.PutItemResponse> PutItemAsync(Model.PutItemRequest request, CancellationToken cancellationToken = default);
        Task<Model.GetItemResponse> GetItemAsync(string tableName, Dictionary<string, Model.AttributeValue> key, CancellationToken cancellationToken = default);
    }
}
