using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portable.Benchmarks.Events;

// The same events as plain classes, with the members that the vendor's own event packages have. Names are stated and compared exactly, which is the fastest that System.Text.Json does.

internal sealed class PlainHttpV2
{
    [JsonPropertyName("version")] public string? Version { get; set; }
    [JsonPropertyName("routeKey")] public string? RouteKey { get; set; }
    [JsonPropertyName("rawPath")] public string? RawPath { get; set; }
    [JsonPropertyName("rawQueryString")] public string? RawQueryString { get; set; }
    [JsonPropertyName("cookies")] public string[]? Cookies { get; set; }
    [JsonPropertyName("headers")] public Dictionary<string, string>? Headers { get; set; }
    [JsonPropertyName("queryStringParameters")] public Dictionary<string, string>? QueryStringParameters { get; set; }
    [JsonPropertyName("requestContext")] public PlainV2Context? RequestContext { get; set; }
    [JsonPropertyName("body")] public string? Body { get; set; }
    [JsonPropertyName("pathParameters")] public Dictionary<string, string>? PathParameters { get; set; }
    [JsonPropertyName("isBase64Encoded")] public bool IsBase64Encoded { get; set; }
    [JsonPropertyName("stageVariables")] public Dictionary<string, string>? StageVariables { get; set; }
}

internal sealed class PlainV2Context
{
    [JsonPropertyName("accountId")] public string? AccountId { get; set; }
    [JsonPropertyName("apiId")] public string? ApiId { get; set; }
    [JsonPropertyName("authorizer")] public PlainAuthorizer? Authorizer { get; set; }
    [JsonPropertyName("domainName")] public string? DomainName { get; set; }
    [JsonPropertyName("domainPrefix")] public string? DomainPrefix { get; set; }
    [JsonPropertyName("http")] public PlainHttp? Http { get; set; }
    [JsonPropertyName("requestId")] public string? RequestId { get; set; }
    [JsonPropertyName("routeKey")] public string? RouteKey { get; set; }
    [JsonPropertyName("stage")] public string? Stage { get; set; }
    [JsonPropertyName("time")] public string? Time { get; set; }
    [JsonPropertyName("timeEpoch")] public long TimeEpoch { get; set; }
}

internal sealed class PlainAuthorizer
{
    [JsonPropertyName("jwt")] public PlainJwt? Jwt { get; set; }
}

internal sealed class PlainJwt
{
    [JsonPropertyName("claims")] public Dictionary<string, string>? Claims { get; set; }
    [JsonPropertyName("scopes")] public string[]? Scopes { get; set; }
}

internal sealed class PlainHttp
{
    [JsonPropertyName("method")] public string? Method { get; set; }
    [JsonPropertyName("path")] public string? Path { get; set; }
    [JsonPropertyName("protocol")] public string? Protocol { get; set; }
    [JsonPropertyName("sourceIp")] public string? SourceIp { get; set; }
    [JsonPropertyName("userAgent")] public string? UserAgent { get; set; }
}

internal sealed class PlainRest
{
    [JsonPropertyName("resource")] public string? Resource { get; set; }
    [JsonPropertyName("path")] public string? Path { get; set; }
    [JsonPropertyName("httpMethod")] public string? HttpMethod { get; set; }
    [JsonPropertyName("headers")] public Dictionary<string, string>? Headers { get; set; }
    [JsonPropertyName("multiValueHeaders")] public Dictionary<string, List<string>>? MultiValueHeaders { get; set; }
    [JsonPropertyName("queryStringParameters")] public Dictionary<string, string>? QueryStringParameters { get; set; }
    [JsonPropertyName("multiValueQueryStringParameters")] public Dictionary<string, List<string>>? MultiValueQueryStringParameters { get; set; }
    [JsonPropertyName("pathParameters")] public Dictionary<string, string>? PathParameters { get; set; }
    [JsonPropertyName("stageVariables")] public Dictionary<string, string>? StageVariables { get; set; }
    [JsonPropertyName("requestContext")] public PlainRestContext? RequestContext { get; set; }
    [JsonPropertyName("body")] public string? Body { get; set; }
    [JsonPropertyName("isBase64Encoded")] public bool IsBase64Encoded { get; set; }
}

internal sealed class PlainRestContext
{
    [JsonPropertyName("path")] public string? Path { get; set; }
    [JsonPropertyName("accountId")] public string? AccountId { get; set; }
    [JsonPropertyName("resourceId")] public string? ResourceId { get; set; }
    [JsonPropertyName("stage")] public string? Stage { get; set; }
    [JsonPropertyName("requestId")] public string? RequestId { get; set; }
    [JsonPropertyName("extendedRequestId")] public string? ExtendedRequestId { get; set; }
    [JsonPropertyName("resourcePath")] public string? ResourcePath { get; set; }
    [JsonPropertyName("httpMethod")] public string? HttpMethod { get; set; }
    [JsonPropertyName("apiId")] public string? ApiId { get; set; }
    [JsonPropertyName("domainName")] public string? DomainName { get; set; }
    [JsonPropertyName("domainPrefix")] public string? DomainPrefix { get; set; }
    [JsonPropertyName("requestTime")] public string? RequestTime { get; set; }
    [JsonPropertyName("requestTimeEpoch")] public long RequestTimeEpoch { get; set; }
    [JsonPropertyName("identity")] public PlainIdentity? Identity { get; set; }
    [JsonPropertyName("elb")] public PlainElb? Elb { get; set; }
}

internal sealed class PlainIdentity
{
    [JsonPropertyName("sourceIp")] public string? SourceIp { get; set; }
    [JsonPropertyName("userAgent")] public string? UserAgent { get; set; }
    [JsonPropertyName("caller")] public string? Caller { get; set; }
    [JsonPropertyName("user")] public string? User { get; set; }
}

internal sealed class PlainElb
{
    [JsonPropertyName("targetGroupArn")] public string? TargetGroupArn { get; set; }
}

internal sealed class PlainSqs
{
    public List<PlainSqsMessage>? Records { get; set; }
}

internal sealed class PlainSqsMessage
{
    [JsonPropertyName("messageId")] public string? MessageId { get; set; }
    [JsonPropertyName("receiptHandle")] public string? ReceiptHandle { get; set; }
    [JsonPropertyName("body")] public string? Body { get; set; }
    [JsonPropertyName("md5OfBody")] public string? Md5OfBody { get; set; }
    [JsonPropertyName("md5OfMessageAttributes")] public string? Md5OfMessageAttributes { get; set; }
    [JsonPropertyName("eventSource")] public string? EventSource { get; set; }
    [JsonPropertyName("eventSourceARN")] public string? EventSourceArn { get; set; }
    [JsonPropertyName("awsRegion")] public string? AwsRegion { get; set; }
    [JsonPropertyName("attributes")] public Dictionary<string, string>? Attributes { get; set; }
    [JsonPropertyName("messageAttributes")] public Dictionary<string, PlainSqsAttribute>? MessageAttributes { get; set; }
}

internal sealed class PlainSqsAttribute
{
    [JsonPropertyName("stringValue")] public string? StringValue { get; set; }
    [JsonPropertyName("dataType")] public string? DataType { get; set; }
}

internal sealed class PlainKinesis
{
    public List<PlainKinesisRecord>? Records { get; set; }
}

internal sealed class PlainKinesisRecord
{
    [JsonPropertyName("kinesis")] public PlainKinesisData? Kinesis { get; set; }
    [JsonPropertyName("eventSource")] public string? EventSource { get; set; }
    [JsonPropertyName("eventVersion")] public string? EventVersion { get; set; }
    [JsonPropertyName("eventID")] public string? EventId { get; set; }
    [JsonPropertyName("eventName")] public string? EventName { get; set; }
    [JsonPropertyName("invokeIdentityArn")] public string? InvokeIdentityArn { get; set; }
    [JsonPropertyName("awsRegion")] public string? AwsRegion { get; set; }
    [JsonPropertyName("eventSourceARN")] public string? EventSourceArn { get; set; }
}

internal sealed class PlainKinesisData
{
    [JsonPropertyName("kinesisSchemaVersion")] public string? KinesisSchemaVersion { get; set; }
    [JsonPropertyName("partitionKey")] public string? PartitionKey { get; set; }
    [JsonPropertyName("sequenceNumber")] public string? SequenceNumber { get; set; }
    [JsonPropertyName("data")] public byte[]? Data { get; set; }
    [JsonPropertyName("approximateArrivalTimestamp")] public double ApproximateArrivalTimestamp { get; set; }
}

internal sealed class PlainDynamoDb
{
    public List<PlainDynamoDbRecord>? Records { get; set; }
}

internal sealed class PlainDynamoDbRecord
{
    [JsonPropertyName("eventID")] public string? EventId { get; set; }
    [JsonPropertyName("eventName")] public string? EventName { get; set; }
    [JsonPropertyName("eventVersion")] public string? EventVersion { get; set; }
    [JsonPropertyName("eventSource")] public string? EventSource { get; set; }
    [JsonPropertyName("awsRegion")] public string? AwsRegion { get; set; }
    [JsonPropertyName("eventSourceARN")] public string? EventSourceArn { get; set; }
    [JsonPropertyName("dynamodb")] public PlainChange? Dynamodb { get; set; }
}

internal sealed class PlainChange
{
    public double ApproximateCreationDateTime { get; set; }
    public Dictionary<string, PlainValue>? Keys { get; set; }
    public Dictionary<string, PlainValue>? NewImage { get; set; }
    public Dictionary<string, PlainValue>? OldImage { get; set; }
    public string? SequenceNumber { get; set; }
    public long SizeBytes { get; set; }
    public string? StreamViewType { get; set; }
}

internal sealed class PlainValue
{
    public string? S { get; set; }
    public string? N { get; set; }
    public byte[]? B { get; set; }
    [JsonPropertyName("BOOL")] public bool? Bool { get; set; }
    [JsonPropertyName("NULL")] public bool? Null { get; set; }
    public List<PlainValue>? L { get; set; }
    public Dictionary<string, PlainValue>? M { get; set; }
    [JsonPropertyName("SS")] public List<string>? Ss { get; set; }
    [JsonPropertyName("NS")] public List<string>? Ns { get; set; }
}

internal sealed class PlainS3
{
    public List<PlainS3Record>? Records { get; set; }
}

internal sealed class PlainS3Record
{
    [JsonPropertyName("eventVersion")] public string? EventVersion { get; set; }
    [JsonPropertyName("eventSource")] public string? EventSource { get; set; }
    [JsonPropertyName("awsRegion")] public string? AwsRegion { get; set; }
    [JsonPropertyName("eventTime")] public DateTimeOffset EventTime { get; set; }
    [JsonPropertyName("eventName")] public string? EventName { get; set; }
    [JsonPropertyName("userIdentity")] public Dictionary<string, string>? UserIdentity { get; set; }
    [JsonPropertyName("requestParameters")] public Dictionary<string, string>? RequestParameters { get; set; }
    [JsonPropertyName("responseElements")] public Dictionary<string, string>? ResponseElements { get; set; }
    [JsonPropertyName("s3")] public PlainS3Entity? S3 { get; set; }
}

internal sealed class PlainS3Entity
{
    [JsonPropertyName("configurationId")] public string? ConfigurationId { get; set; }
    [JsonPropertyName("s3SchemaVersion")] public string? SchemaVersion { get; set; }
    [JsonPropertyName("bucket")] public PlainS3Bucket? Bucket { get; set; }
    [JsonPropertyName("object")] public PlainS3Object? Object { get; set; }
}

internal sealed class PlainS3Bucket
{
    [JsonPropertyName("name")] public string? Name { get; set; }
    [JsonPropertyName("ownerIdentity")] public Dictionary<string, string>? OwnerIdentity { get; set; }
    [JsonPropertyName("arn")] public string? Arn { get; set; }
}

internal sealed class PlainS3Object
{
    [JsonPropertyName("key")] public string? Key { get; set; }
    [JsonPropertyName("size")] public long Size { get; set; }
    [JsonPropertyName("eTag")] public string? ETag { get; set; }
    [JsonPropertyName("versionId")] public string? VersionId { get; set; }
    [JsonPropertyName("sequencer")] public string? Sequencer { get; set; }
}

internal sealed class PlainBus
{
    [JsonPropertyName("version")] public string? Version { get; set; }
    [JsonPropertyName("id")] public string? Id { get; set; }
    [JsonPropertyName("detail-type")] public string? DetailType { get; set; }
    [JsonPropertyName("source")] public string? Source { get; set; }
    [JsonPropertyName("account")] public string? Account { get; set; }
    [JsonPropertyName("time")] public DateTimeOffset Time { get; set; }
    [JsonPropertyName("region")] public string? Region { get; set; }
    [JsonPropertyName("resources")] public List<string>? Resources { get; set; }
    [JsonPropertyName("detail")] public JsonElement Detail { get; set; }
}

internal sealed class PlainDevice
{
    [JsonPropertyName("temperature")] public double Temperature { get; set; }
    [JsonPropertyName("humidity")] public int Humidity { get; set; }
    [JsonPropertyName("status")] public string? Status { get; set; }
    [JsonPropertyName("deviceId")] public string? DeviceId { get; set; }
    [JsonPropertyName("topic")] public string? Topic { get; set; }
    [JsonPropertyName("timestamp")] public long Timestamp { get; set; }
}

[JsonSerializable(typeof(PlainHttpV2))]
[JsonSerializable(typeof(PlainRest))]
[JsonSerializable(typeof(PlainSqs))]
[JsonSerializable(typeof(PlainKinesis))]
[JsonSerializable(typeof(PlainDynamoDb))]
[JsonSerializable(typeof(PlainS3))]
[JsonSerializable(typeof(PlainBus))]
[JsonSerializable(typeof(PlainDevice))]
internal sealed partial class PlainJsonContext : JsonSerializerContext;
