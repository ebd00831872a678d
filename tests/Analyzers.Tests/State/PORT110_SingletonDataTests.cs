using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.State;

public sealed class PORT110_SingletonDataTests
{
    [Theory]
    [InlineData("public void Use(Order order) => [|_value|] = order;", "'Current' is a singleton and keeps 'order', which is the payload of a function, in '_value': ")]
    [InlineData("public void Use(Order order) { [|_value|] = order.CustomerId; }", "keeps 'order'")]
    [InlineData("public void Use(InvocationContext context) => [|_value|] = context.InvocationId;", "the context of an invocation")]
    [InlineData("public void Use(System.Security.Claims.ClaimsPrincipal user) => [|_value|] = user;", "the caller of a request")]
    [InlineData("public void Use(Message<Order> message) => [|Last|] = message;", "a message, in 'Last'")]
    public Task Data_is_kept(string member, string message) => Check.Reports("PORT110", Source(member), message);

    [Theory]
    [InlineData("app.Services.AddSingleton<ICurrent, Current>();")]
    [InlineData("app.Services.AddSingleton(typeof(Current));")]
    [InlineData("app.Services.AddSingleton(new Current());")]
    [InlineData("app.Services.AddSingleton<ICurrent>(_ => new Current());")]
    [InlineData("app.Services.AddSingleton<ICurrent>(services => { return new Current(); });")]
    public Task Ways_to_register(string registration) => Check.Reports("PORT110", Source("public void Use(Order order) => [|_value|] = order;", registration));

    [Theory]
    [InlineData("app.Services.AddScoped<Current>();")]
    [InlineData("app.Services.AddTransient<ICurrent, Current>();")]
    [InlineData("")]
    public Task Others_than_singletons_may(string registration) => Check.Silent(Source("public void Use(Order order) => _value = order;", registration));

    [Theory]
    [InlineData("public Current() { } public Current(Order order) => _value = order;")]
    [InlineData("public void Use(string name) => _value = name;")]
    [InlineData("public void Use(Order order) => _value = order.Id.Length + Count(order);\nprivate static int Count(Order order) => order.Cents;")]
    [InlineData("public string Use(Order order) { var id = order.Id; return id; }")]
    [InlineData("private readonly Dictionary<string, Order> _known = new();\npublic void Use(Order order) { if (_known.Count < 10) { _known[order.Id] = order; } }")]
    public Task No_data_is_kept(string member) => Check.Silent(Source(member));

    private static string Source(string member, string registration = "app.Services.AddSingleton<Current>();") =>
        "using Microsoft.Extensions.DependencyInjection;\n" + HandlerSource.With("").Replace("app.UseMemoryIdempotency();", $"{{ app.UseMemoryIdempotency(); {registration} }}").Replace("IPortableBuilder app) => {", "IPortableBuilder app) {") + $$"""


        public interface ICurrent;

        public sealed class Current : ICurrent
        {
            private object? _value;
            public object? Last { get; set; }
            public object? Value => _value;
            {{member}}
        }
        """;
}
