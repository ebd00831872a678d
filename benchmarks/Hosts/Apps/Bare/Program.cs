// ASP.NET Core's slim builder with the same JSON: a route, a body, an answer; and a push of Pub/Sub read into plain classes.
using System.Text.Json;
using Portable.Benchmarks.Hosts;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:" + Environment.GetEnvironmentVariable("PORT"));
builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, HostsJson.Default));
var app = builder.Build();
app.MapPost("/orders/{id}", static (string id, Order order) => TypedResults.Ok(Receipt.Of(id, order)));
app.MapPost("/", static (Push push) =>
    JsonSerializer.Deserialize(push.Message.Data, HostsJson.Default.Order) is { } order && Receipt.Of(push.Message.MessageId, order).Items > 0 ? Results.NoContent() : Results.BadRequest());
app.Run();
