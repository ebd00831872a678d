// The least that ASP.NET Core's slim builder needs to answer on $PORT.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:" + Environment.GetEnvironmentVariable("PORT"));
var app = builder.Build();
app.MapGet("/hello", static context => context.Response.WriteAsync("Hello, you"));
app.Run();
