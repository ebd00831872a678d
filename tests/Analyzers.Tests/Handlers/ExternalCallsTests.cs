using Portable.Analyzers.Tests.Harness;
using Portable.Analyzers.Tests.Retries;
using Xunit;

namespace Portable.Analyzers.Tests.Handlers;

/// <summary>Which calls leave the process and which do harm when they are made twice, as PORT201 tells it.</summary>
public sealed class ExternalCallsTests
{
    private const string Sql = "// library: Dapper";

    [Theory]
    [InlineData("", "HttpClient http", "await http.PostAsync(\"https://a.example/orders\", null, ct);")]
    [InlineData("", "HttpClient http", "await http.PatchAsync(\"https://a.example/orders/1\", null, ct);")]
    [InlineData("", "HttpClient http", "await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, \"https://a.example/orders\"), ct);")]
    [InlineData("", "HttpClient http", "using var request = new HttpRequestMessage(HttpMethod.Post, \"https://a.example/orders\");\nawait http.SendAsync(request, ct);")]
    [InlineData("", "HttpClient http", "using var request = new HttpRequestMessage { Method = HttpMethod.Patch };\nawait http.SendAsync(request, ct);")]
    [InlineData("", "HttpClient http", "await http.SendAsync(new HttpRequestMessage(new HttpMethod(\"POST\"), \"https://a.example/orders\"), ct);")]
    [InlineData("", "System.Net.Mail.SmtpClient mail", "await mail.SendMailAsync(\"shop@a.example\", \"you@a.example\", \"Paid\", order.Id, ct);")]
    [InlineData("// library: MailKit", "MailKit.IMailTransport mail", "await mail.SendAsync(new MimeKit.MimeMessage(), ct);")]
    [InlineData("", "[Queue(\"parcels\")] IQueue<Order> queue", "await queue.Send(order, cancellationToken: ct);")]
    [InlineData("", "IEventBus bus", "await bus.Publish(new Placed(order.Id), cancellationToken: ct);")]
    [InlineData("", "IWorkflowClient flows", "await flows.Start(\"fulfilment\", order, cancellationToken: ct);")]
    [InlineData("", "[Bucket(\"notes\")] IBlobStore blobs", "await blobs.Put($\"{Guid.NewGuid()}.txt\", default, cancellationToken: ct);")]
    [InlineData("// library: AWSSDK.SQS", "Amazon.SQS.IAmazonSQS sqs", "await sqs.SendMessageAsync(\"url\", order.Id, ct);")]
    [InlineData("// library: AWSSDK.StepFunctions", "Amazon.StepFunctions.IAmazonStepFunctions flows", "await flows.StartExecutionAsync(new() { Input = order.Id }, ct);")]
    [InlineData("// library: Azure.Messaging.ServiceBus", "Azure.Messaging.ServiceBus.ServiceBusSender sender", "await sender.SendMessageAsync(new(order.Id), ct);")]
    [InlineData("// library: Stripe.net", "Stripe.ChargeService charges", "await charges.CreateAsync(new() { Amount = order.Cents }, cancellationToken: ct);")]
    [InlineData("// library: Stripe.net", "Stripe.ChargeService charges", "charges.Create(new() { Amount = order.Cents });")]
    [InlineData("// library: Confluent.Kafka", "Confluent.Kafka.IProducer<string, Order> producer", "await producer.ProduceAsync(\"orders\", new() { Key = order.Id, Value = order }, ct);")]
    [InlineData("// library: Microsoft.Azure.Cosmos", "Microsoft.Azure.Cosmos.Container orders", "await orders.CreateItemAsync(order, ct);")]
    [InlineData("// library: StackExchange.Redis.Abstractions", "StackExchange.Redis.IDatabaseAsync redis", "await redis.StringIncrementAsync(\"orders\");")]
    [InlineData("// library: StackExchange.Redis.Abstractions", "StackExchange.Redis.IDatabaseAsync redis", "await redis.ListLeftPushAsync(\"orders\", order.Id);")]
    public Task A_call_that_does_harm_twice(string header, string service, string statement) => Check.Reports("PORT201", Source(header, service, statement, "[|Handle|]"));

    [Theory]
    [InlineData("", "HttpClient http", "await http.GetAsync(\"https://a.example/orders\", ct);")]
    [InlineData("", "HttpClient http", "await http.PutAsync(\"https://a.example/orders/1\", null, ct);")]
    [InlineData("", "HttpClient http", "await http.DeleteAsync(\"https://a.example/orders/1\", ct);")]
    [InlineData("", "HttpClient http", "await http.SendAsync(new HttpRequestMessage(HttpMethod.Put, \"https://a.example/orders/1\"), ct);")]
    [InlineData("", "HttpClient http", "await http.SendAsync(new HttpRequestMessage(), ct);")]
    [InlineData("", "HttpClient http", "await http.PostAsync(\"https://a.example/orders/search?page=1\", null, ct);")]
    [InlineData("", "HttpClient http", "await http.PostAsync($\"https://a.example/models/{order.Id}:predict\", null, ct);")]
    [InlineData("", "HttpClient http", "await http.PostAsync(new Uri(\"https://a.example/oauth2/v1/issue\"), null, ct);")]
    [InlineData("", "HttpClient http", "using var request = new HttpRequestMessage(HttpMethod.Post, \"https://a.example/orders\");\nrequest.Headers.Add(\"Idempotency-Key\", order.Id);\nawait http.SendAsync(request, ct);")]
    [InlineData("", "[Queue(\"parcels\")] IQueue<Order> queue", "await queue.Send(order, new SendOptions { DeduplicationId = order.Id }, ct);")]
    [InlineData("", "IEventBus bus", "await bus.Publish(new Placed(order.Id), new PublishOptions { Id = order.Id }, ct);")]
    [InlineData("", "IWorkflowClient flows", "await flows.Start(\"fulfilment\", order, order.Id, ct);")]
    [InlineData("", "[Bucket(\"notes\")] IBlobStore blobs", "await blobs.Put($\"{order.Id}.txt\", default, cancellationToken: ct);\nawait blobs.Delete(\"x\", ct);")]
    [InlineData("// library: AWSSDK.SQS", "Amazon.SQS.IAmazonSQS sqs", "await sqs.SendMessageAsync(new Amazon.SQS.Model.SendMessageRequest { MessageBody = order.Id, MessageDeduplicationId = order.Id }, ct);")]
    [InlineData("// library: AWSSDK.StepFunctions", "Amazon.StepFunctions.IAmazonStepFunctions flows", "await flows.StartExecutionAsync(new() { Name = order.Id }, ct);")]
    [InlineData("// library: AWSSDK.DynamoDBv2", "Amazon.DynamoDBv2.IAmazonDynamoDB table", "await table.PutItemAsync(new() { TableName = \"orders\" }, ct);\nawait table.GetItemAsync(\"orders\", [], ct);")]
    [InlineData("// library: Azure.Messaging.ServiceBus", "Azure.Messaging.ServiceBus.ServiceBusClient bus", "var sender = bus.CreateSender(\"orders\");\nawait sender.SendMessageAsync(new(order.Id) { MessageId = order.Id }, ct);")]
    [InlineData("// library: Azure.Messaging.ServiceBus", "Azure.Messaging.ServiceBus.ServiceBusClient bus", "var batch = await bus.CreateSender(\"orders\").CreateMessageBatchAsync(ct);\nbatch.TryAddMessage(new(order.Id));")]
    [InlineData("// library: Stripe.net", "Stripe.ChargeService charges", "await charges.CreateAsync(new() { Amount = order.Cents }, new() { IdempotencyKey = order.Id }, ct);\nawait charges.GetAsync(\"x\", ct);")]
    [InlineData("// library: Microsoft.Azure.Cosmos", "Microsoft.Azure.Cosmos.Container orders", "await orders.UpsertItemAsync(order, ct);")]
    [InlineData("// library: Microsoft.Azure.Cosmos", "Microsoft.Azure.Cosmos.Container orders", "try { await orders.CreateItemAsync(order, ct); }\ncatch (Microsoft.Azure.Cosmos.CosmosException e) when (e.StatusCode == System.Net.HttpStatusCode.Conflict) { }")]
    [InlineData("// library: StackExchange.Redis.Abstractions", "StackExchange.Redis.IDatabaseAsync redis", "await redis.StringSetAsync(\"x\", order.Id);\nawait redis.SetAddAsync(\"y\", order.Id);\nawait redis.StringGetAsync(\"x\");")]
    public Task A_call_that_may_be_made_twice(string header, string service, string statement) => Check.Silent(Source(header, service, statement));

    [Theory]
    [InlineData("insert into orders (id) values (@Id)")]
    [InlineData("  INSERT INTO audit SELECT @Id")]
    [InlineData("update accounts set balance = balance - @Cents where id = @Id")]
    public async Task A_statement_that_adds(string sql)
    {
        await Check.Reports("PORT201", Source(Sql, "System.Data.IDbConnection db", $"await Dapper.SqlMapper.ExecuteAsync(db, \"{sql}\", order);", "[|Handle|]"), "IDbConnection.ExecuteAsync");
        await Check.Reports("PORT201", Source(Sql, "System.Data.IDbConnection db", $"await Dapper.SqlMapper.QuerySingleAsync<int>(db, \"{sql} returning id\", order);", "[|Handle|]"));
        await Check.Reports("PORT201", Source("", "System.Data.Common.DbConnection db", Command(sql), "[|Handle|]"), "DbCommand.ExecuteNonQueryAsync");
    }

    [Theory]
    [InlineData("insert into orders (id) values (@Id) on conflict do nothing")]
    [InlineData("insert into orders (id) select @Id where not exists (select 1 from orders where id = @Id)")]
    [InlineData("insert or ignore into orders values (@Id)")]
    [InlineData("update orders set status = 'paid' where id = @Id")]
    [InlineData("update orders set version = version + 1, status = 'paid' where id = @Id and version = @Version")]
    [InlineData("delete from orders where id = @Id")]
    [InlineData("merge into orders using x on y when matched then update set z = 1")]
    [InlineData("select id from orders")]
    [InlineData("orders.place")]
    public async Task A_statement_that_does_not(string sql)
    {
        await Check.Silent(Source(Sql, "System.Data.IDbConnection db", $"await Dapper.SqlMapper.ExecuteAsync(db, \"{sql}\", order);"));
        await Check.Silent(Source("", "System.Data.Common.DbConnection db", Command(sql)));
    }

    [Theory]
    [InlineData("db.Orders.Add(new Row { Id = order.Id });\nawait db.SaveChangesAsync(ct);", true)]
    [InlineData("if (!await db.Orders.AnyAsync(o => o.Id == order.Id, ct)) { db.Orders.Add(new Row { Id = order.Id }); }\nawait db.SaveChangesAsync(ct);", false)]
    [InlineData("var row = await db.Orders.FindAsync(order.Id);\nrow!.Status = \"paid\";\nawait db.SaveChangesAsync(ct);", false)]
    public Task What_a_context_saves(string statements, bool harm)
    {
        var source = Source("// library: Microsoft.EntityFrameworkCore\nusing Microsoft.EntityFrameworkCore;", "ShopDb db", statements, harm ? "[|Handle|]" : "Handle")
            + "\npublic sealed class Row { public string Id { get; set; } = \"\"; public string? Status { get; set; } }\npublic sealed class ShopDb : DbContext { public DbSet<Row> Orders { get; } = null!; }";
        return harm ? Check.Reports("PORT201", source) : Check.Silent(source);
    }

    [Fact]
    public Task A_generic_contract_is_followed() => Check.Reports(
        "PORT201",
        RetrySource.Function(
            "await sink.Take(order, ct);",
            name: "[|Handle|]",
            parameters: "ISink<Order> sink",
            others: """
                public interface ISink<T> { Task Take(T item, CancellationToken ct); }
                public sealed class Shop(HttpClient http) : ISink<Order> { public Task Take(Order item, CancellationToken ct) => http.PostAsync("https://a.example/orders", null, ct); }
                """),
        "HttpClient.PostAsync (through Shop.Take)");

    [Fact]
    public Task Of_two_implementations_none_is_taken() => Check.Silent(RetrySource.Function(
        "await sink.Take(order, ct);",
        parameters: "ISink sink",
        others: """
            public interface ISink { Task Take(Order item, CancellationToken ct); }
            public sealed class Shop(HttpClient http) : ISink { public Task Take(Order item, CancellationToken ct) => http.PostAsync("https://a.example/orders", null, ct); }
            public sealed class Silent : ISink { public Task Take(Order item, CancellationToken ct) => Task.CompletedTask; }
            """));

    private static string Command(string sql) => $"await using var command = db.CreateCommand();\ncommand.CommandText = \"{sql}\";\nawait command.ExecuteNonQueryAsync(ct);";

    private static string Source(string header, string service, string statement, string name = "Handle") => RetrySource.Function(
        statement, name: name, parameters: service, header: header, others: "[EventContract(\"com.acme.placed\", Version = 1)]\npublic sealed record Placed(string Id);");
}
