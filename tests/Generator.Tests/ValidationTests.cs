using Portable.Generator.Tests.Harness;
using Portable.TestKit;

namespace Portable.Generator.Tests;

/// <summary>Validators of payloads as a reader sees them, and what leads to one.</summary>
public sealed class ValidationTests
{
    internal const string Payloads = """
        using System.ComponentModel.DataAnnotations;
        namespace Orders;

        public abstract record Document([property: Required] string Author)
        {
            [StringLength(20, MinimumLength = 2)] public string? Title { get; init; }
        }

        [JsonDerivedType(typeof(CardPayment), "card")]
        public record Payment([Range(typeof(decimal), "0.01", "1000")] decimal Amount);

        public record CardPayment(decimal Amount, [CreditCard] string Number) : Payment(Amount);

        public record Line([Required, RegularExpression("^[a-z]\\-\\d+$", ErrorMessage = "\"{0}\" is no \\SKU.")] string Sku, [Range(1, 99)] int Quantity, Line? Bundle = null);

        public readonly record struct Money([Range(0.0, double.MaxValue)] double Cents);

        [OneOfTwo]
        public record Order(
            [Required(AllowEmptyStrings = false)] [property: JsonPropertyName("order-id")] string Id,
            [MinLength(1), MaxLength(10)] IReadOnlyList<Line> Lines,
            [EmailAddress, Display(Name = "e-mail")] string? Email,
            Dictionary<string, Money> Prices,
            Money? Discount,
            Payment? Payment,
            string Plain) : Document("a"), IValidatableObject
        {
            [Compare(nameof(Email))] public string? EmailAgain { get; init; }
            [AllowedValues("a", 'b', 3, null, Speed.Fast)] public object? Any { get; init; }
            [JsonIgnore, Required] public string? Hidden { get; init; }
            public Unchecked? Nothing { get; init; }
            public IEnumerable<ValidationResult> Validate(ValidationContext context) => [];
        }

        public record Unchecked(int Number, List<string> Texts);

        public enum Speed { Slow, Fast }

        public sealed class OneOfTwoAttribute : ValidationAttribute;
        """;

    private const string Functions = """
        namespace Orders;

        public static class F
        {
            [Function, HttpTrigger("POST", "/orders")] public static void Place(Order order) { }
            [Function, HttpTrigger("POST", "/maybe")] public static void Maybe([FromBody] Order? order) { }
            [Function, HttpTrigger("POST", "/lists")] public static void Many([FromBody] List<Line> lines) { }
            [Function, HttpTrigger("POST", "/unchecked")] public static void Loose(Unchecked body) { }
            [Function, QueueTrigger("orders")] public static void Settle(Message<Order> message) { }
            [Function, StreamTrigger("lines")] public static void Lines(StreamRecord<Line>[] lines) { }
        }
        """;

    [Fact]
    public void A_validator_per_type_and_none_where_there_is_nothing_to_check()
    {
        var run = Run.Of(new Project(Payloads, Functions));
        run.AssertCompiles();
        var text = run.Text("PortableValidators.g.cs");
        Assert.DoesNotContain("Unchecked", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", text, StringComparison.Ordinal);
        Snapshot.Match(text, "local.PortableValidators");
        Assert.Contains(", global::Portable.Generated.PortableValidators.Orders_Order)", run.Text("Orders.F_Place.g.cs"), StringComparison.Ordinal);
        Assert.Contains("PortableValidators.Orders_Order)", run.Text("Orders.F_Settle.g.cs"), StringComparison.Ordinal);
        Assert.Contains("PortableValidators.Orders_Line)", run.Text("Orders.F_Lines.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("PortableValidators", run.Text("Orders.F_Loose.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_steps_payload_is_checked_too()
    {
        var run = Run.Of(new Project(Payloads, """
            namespace Orders;
            public sealed class W
            {
                [Workflow("w")] public async Task Run(IWorkflow flow, Line line) => await flow.Step(Pack, line);
                [Step] public Task Pack(Line line) => Task.CompletedTask;
            }
            """));
        run.AssertCompiles();
        Assert.Contains("PortableValidators.Orders_Line)", run.Text("Orders.W_Run.g.cs"), StringComparison.Ordinal);
        Assert.Contains("Orders_Line(", run.Text("PortableValidators.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_attributes_gets_no_validators() =>
        Assert.DoesNotContain(Run.Of(new Project(Sources.All)).Files, static file => file.HintName == "PortableValidators.g.cs");

    [Fact]
    public void An_attribute_that_changes_writes_the_validators_alone()
    {
        var run = Run.Start(new Project(Payloads, Functions)).Edit(0, "[Range(1, 99)]", "[Range(2, 99)]");
        Assert.Contains("RangeAttribute(2, 99)", run.Text("PortableValidators.g.cs"), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Fact]
    public void Half_typed_attributes_do_no_harm()
    {
        foreach (var broken in (string[])["[Range(1]", "[Range(,)]", "[Nope]", "[RegularExpression(null)]", "[Range(typeof(Nope), \"1\", \"2\")]", "[StringLength()]", "[Compare(\"Nope\")]"])
        {
            var run = Run.Start(new Project(Payloads.Replace("[Range(1, 99)]", broken, StringComparison.Ordinal), Functions));
            Assert.Null(run.Result.Exception);
            Assert.Empty(run.Result.Diagnostics);
        }
    }
}
