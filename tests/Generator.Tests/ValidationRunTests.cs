using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using Portable.Generator.Tests.Harness;
using Portable.Runtime;

namespace Portable.Generator.Tests;

/// <summary>Emitted validators at work: the project is compiled, loaded and called.</summary>
public sealed class ValidationRunTests
{
    private const string Functions = """
        namespace Orders;

        public static class F
        {
            [Function("place"), HttpTrigger("POST", "/orders")] public static string Place(Order order) => order.Id;
            [Function("lists"), HttpTrigger("POST", "/lists")] public static string Many([FromBody] List<Line> lines) => lines.Count.ToString();
            [Function("pay"), HttpTrigger("POST", "/pay")] public static string Pay([FromBody] Payment payment) => payment.GetType().Name;
            [Function("late"), HttpTrigger("POST", "/late")] public static string Late([FromBody] Span span) => "ok";
            [Function("settle"), QueueTrigger("orders")] public static void Settle(Message<Line> message) { }
        }

        [EndAfterStart]
        public sealed class Span : System.ComponentModel.DataAnnotations.IValidatableObject
        {
            public int Start { get; set; }
            public int End { get; set; }
            public IEnumerable<System.ComponentModel.DataAnnotations.ValidationResult> Validate(System.ComponentModel.DataAnnotations.ValidationContext context)
            {
                if (End == Start) yield return new("It is empty.", [nameof(Start), nameof(End)]);
            }
        }

        public sealed class EndAfterStartAttribute : System.ComponentModel.DataAnnotations.ValidationAttribute
        {
            public override bool IsValid(object? value) => value is Span { } span && span.End >= span.Start;
            public override string FormatErrorMessage(string name) => "It ends before it starts.";
        }
        """;

    private static readonly Lazy<PortableApp> App = new(Load);

    private const string Good = """{"order-id":"7","lines":[{"sku":"a-1","quantity":1}],"email":"a@b","emailAgain":"a@b","prices":{},"plain":"p","author":"a","any":null}""";

    [Theory]
    [InlineData("place", Good, null)]
    [InlineData("place", """{"lines":[],"email":"nope","emailAgain":"other","prices":{"x":{"cents":-1}},"discount":{"cents":-2},"author":null,"title":"t","any":"z"}""",
        "any author discount.cents e-mail:email emailAgain lines order-id prices[x].cents title")]
    [InlineData("lists", """[{"sku":"a-1","quantity":1},null,{"sku":"A","quantity":0,"bundle":{"sku":"a-1","quantity":5,"bundle":{"sku":"","quantity":100}}}]""",
        "[2].bundle.bundle.quantity [2].bundle.bundle.sku [2].quantity [2].sku")]
    [InlineData("pay", """{"$type":"card","amount":5,"number":"1234"}""", "number")]
    [InlineData("pay", """{"amount":0}""", "amount")]
    [InlineData("late", """{"start":2,"end":1}""", "body")]
    [InlineData("late", """{"start":2,"end":2}""", "end start")]
    [InlineData("late", """{"start":2,"end":3}""", null)]
    public async Task A_request_is_checked_before_the_handler(string function, string json, string? members)
    {
        var http = (HttpFunction)App.Value.FindFunction(function)!;
        var reply = await new FunctionInvoker(App.Value).InvokeAsync(http, new Request(json), new InvocationContext(App.Value, function, "1"));
        var body = Encoding.UTF8.GetString(reply.Body.Span);
        Assert.True((members is null ? 200 : 400) == reply.StatusCode, body);
        if (members is not null)
        {
            using var problem = JsonDocument.Parse(body);
            var found = problem.RootElement.GetProperty("errors").EnumerateObject().Select(static member => member.Name).Order(StringComparer.Ordinal);
            Assert.Equal(members.Replace("e-mail:", "", StringComparison.Ordinal).Split(' ').Order(StringComparer.Ordinal), found);
            if (members.Contains("e-mail", StringComparison.Ordinal))
            {
                Assert.Contains("e-mail", problem.RootElement.GetProperty("errors").GetProperty("email")[0].GetString(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_message_that_is_not_valid_is_poison_with_the_reason()
    {
        var function = (MessageFunction)App.Value.FindFunction("settle")!;
        ReceivedMessage[] messages = [new("1", Encoding.UTF8.GetBytes("""{"sku":"a-1","quantity":0}""")), new("2", Encoding.UTF8.GetBytes("""{"sku":"a-1","quantity":1}"""))];
        var outcome = await new FunctionInvoker(App.Value).InvokeAsync(function, messages, new InvocationContext(App.Value, "settle", "1"));
        var poison = Assert.Single(outcome.Poison);
        Assert.Equal(("1", "The body is not valid: quantity: The field quantity must be between 1 and 99."), (poison.Id, poison.Reason));
        Assert.Single(outcome.Failed);
    }

    [Fact]
    public async Task There_is_an_end_to_the_errors_and_to_the_depth()
    {
        var many = "[" + string.Join(',', Enumerable.Repeat("""{"sku":"","quantity":0}""", 5000)) + "]";
        var http = (HttpFunction)App.Value.FindFunction("lists")!;
        var reply = await new FunctionInvoker(App.Value).InvokeAsync(http, new Request(many), new InvocationContext(App.Value, "lists", "1"));
        using var problem = JsonDocument.Parse(reply.Body);
        Assert.InRange(problem.RootElement.GetProperty("errors").EnumerateObject().Count(), 50, 101);
    }

    private static PortableApp Load()
    {
        var run = Run.Start(new Project(ValidationTests.Payloads.Replace("public sealed class OneOfTwoAttribute : ValidationAttribute;", "public sealed class OneOfTwoAttribute : ValidationAttribute { public override bool IsValid(object? value) => true; }", StringComparison.Ordinal), Functions));
        run.AssertCompiles();
        using var stream = new MemoryStream();
        var emitted = run.Output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        stream.Position = 0;
        var assembly = new AssemblyLoadContext("validated").LoadFromStream(stream);
        return (PortableApp)assembly.GetType("Portable.Generated.PortableApplication")!.GetMethod("Create", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null)!;
    }

    private sealed class Request(string json) : HttpEnvelope
    {
        public override string Method => "POST";

        public override string Path => "/";

        public override ReadOnlyMemory<byte> Body => Encoding.UTF8.GetBytes(json);

        public override string? Route(string name) => null;

        public override string? Query(string name) => null;

        public override IReadOnlyList<string> QueryAll(string name) => [];

        public override string? Header(string name) => null;
    }
}
