using Portable.Testing;

namespace Portable.Workflows.Tests;

/// <summary>A workflow, its input, what its steps do, and the status, output or failure code that must come out.</summary>
internal sealed record Scenario(string Workflow, string Input, StepScript Script, string Expected);

/// <summary>The rows of the differential test.</summary>
internal static class Scenarios
{
    private const string Order = """{"id":"o1","totalCents":1000,"express":false,"note":"n","customer":{"name":"Ada","tier":3,"email":"ada@example.org"},"tags":["a"]}""";
    private const string Quote = """{"orderId":"o1","totalCents":1200,"weight":9007199254740991,"discount":null,"insured":true,"shipTo":null}""";
    private const string Charged = """{"id":"c1","status":"charged"}""";

    public static IReadOnlyDictionary<string, Scenario> All { get; } = Build();

    private static Dictionary<string, Scenario> Build()
    {
        var all = new Dictionary<string, Scenario>(StringComparer.Ordinal);
        void Row(string name, string workflow, string input, string expected, Func<StepScript, StepScript> script) =>
            all.Add($"{workflow}: {name}", new Scenario(workflow, input, script(new StepScript()), expected));

        static StepScript Linear(StepScript script) => script.Returns("Price", Quote).Returns("Charge", Charged);
        Row("no fault", "linear", Order, "charged", Linear);
        Row("a retried fault", "linear", Order, "charged", script => Linear(script).Fails("Charge", 2, "PaymentTimeout"));
        Row("a timeout is retried", "linear", Order, "charged", script => Linear(script).Fails("Charge", 1, "Timeout"));
        Row("retries are exhausted", "linear", Order, "PaymentTimeout", script => Linear(script).FailsAlways("Charge", "PaymentTimeout", "slow: \"bank\" \\ {x}", """{"bank":[1,"2"]}"""));
        Row("a fault that is not retried", "linear", Order, "CardDeclined", script => Linear(script).FailsAlways("Charge", "CardDeclined"));
        Row("another fault on the retry", "linear", Order, "CardDeclined", script => Linear(script).Fails("Charge", 1, "PaymentTimeout").FailsAlways("Charge", "CardDeclined"));
        Row("a step without a policy fails", "linear", Order, "InvalidOperationException", script => Linear(script).FailsAlways("Price", "InvalidOperationException", "line\nline"));
        Row("empty input", "linear", "{}", "charged", Linear);
        Row("unknown members", "linear", """{"id":"o2","more":{"x":[]}}""", "charged", Linear);

        static StepScript Branches(StepScript script) => script.Returns("Price", Quote).Returns("Approve", "null").Returns("Upgrade", "null").Answers("Pay", cents => cents.Length > 3 ? "true" : "false");
        Row("the else of all", "branches", Order, "paid", Branches);
        Row("the first branch", "branches", Order.Replace("1000", "100001"), "paid", Branches);
        Row("nothing above the limit", "branches", Order.Replace("1000", "100000"), "paid", Branches);
        Row("a return in a branch", "branches", Order.Replace("1000", "100001"), "rejected", script => Branches(script).Returns("Price", Quote.Replace("1200", "200000")));
        Row("an else if", "branches", Order.Replace("1000", "-1"), "invalid", Branches);
        Row("its other side", "branches", Order.Replace("\"o1\"", "\"\""), "invalid", Branches);
        Row("the third branch", "branches", Order.Replace("1000", "500").Replace("false", "true"), "unpaid", Branches);
        Row("missing members", "branches", """{"id":"o1"}""", "unpaid", Branches);
        Row("null for the text", "branches", """{"id":null,"totalCents":5,"express":true}""", "unpaid", Branches);
        Row("a branch fails", "branches", Order.Replace("1000", "100001"), "No", script => Branches(script).FailsAlways("Approve", "No"));

        static StepScript Nulls(StepScript script, string quote) => script.Returns("Price", quote);
        Row("nested member", "nulls", Order, "local", script => Nulls(script, Quote.Replace("\"shipTo\":null", """ "shipTo":{"city":"Bonn","street":"Weg 2"}""")));
        Row("nested null", "nulls", Order, "local", script => Nulls(script, Quote.Replace("\"shipTo\":null", """ "shipTo":{"city":"Bonn"}""")));
        Row("nested other", "nulls", Order, "mail", script => Nulls(script, Quote.Replace("\"shipTo\":null", """ "shipTo":{"city":"Bonn","street":"Weg 1"}""")));
        Row("lifted above", "nulls", Order, "discount or no note", script => Nulls(script, Quote.Replace("\"discount\":null", "\"discount\":6")));
        Row("lifted equal", "nulls", Order, "five", script => Nulls(script, Quote.Replace("\"discount\":null", "\"discount\":5")));
        Row("no note", "nulls", Order.Replace("\"n\"", "null"), "discount or no note", script => Nulls(script, Quote));
        Row("note missing", "nulls", """{"id":"o1"}""", "discount or no note", script => Nulls(script, Quote));
        Row("customer missing", "nulls", """{"id":"o1","note":"n"}""", "plain customer", script => Nulls(script, Quote));
        Row("customer null", "nulls", """{"id":"o1","note":"n","customer":null}""", "plain customer", script => Nulls(script, Quote));
        Row("tier missing", "nulls", """{"id":"o1","note":"n","customer":{"name":"x"}}""", "plain customer", script => Nulls(script, Quote));
        Row("mail missing", "nulls", """{"id":"o1","note":"n","customer":{"name":"x","tier":2}}""", "no mail", script => Nulls(script, Quote));
        Row("mail null", "nulls", """{"id":"o1","note":"n","customer":{"name":"x","tier":2,"email":null}}""", "no mail", script => Nulls(script, Quote));
        Row("mail", "nulls", Order, "mail", script => Nulls(script, Quote));

        static StepScript RetryAll(StepScript script) => script.Returns("Log", "null").Returns("Charge", Charged);
        Row("no fault", "retry-all", Quote, "charged", RetryAll);
        Row("different faults", "retry-all", Quote, "charged", script => RetryAll(script).Fails("Charge", 1, "A").Fails("Charge", 1, "Timeout").Fails("Charge", 1, "B"));
        Row("exhausted", "retry-all", Quote, "B", script => RetryAll(script).Fails("Charge", 3, "A").FailsAlways("Charge", "B"));
        Row("one call means one", "retry-all", Quote, "A", script => RetryAll(script).Fails("Log", 1, "A"));
        Row("the second use fails", "retry-all", Quote, "A", script => RetryAll(script).Answers("Log", text => text).Fails("Log", 0, "A").Fails("Charge", 4, "A"));

        static StepScript Catching(StepScript script) => script.Returns("Charge", Charged).Returns("Confirm", "null").Returns("Refund", "null");
        Row("no fault", "catching", Quote, "charged", Catching);
        Row("caught by code", "catching", Quote, "declined", script => Catching(script).FailsAlways("Charge", "CardDeclined", "no", """{"reason":"funds"}"""));
        Row("caught without data", "catching", Quote, "declined", script => Catching(script).FailsAlways("Charge", "CardDeclined"));
        Row("caught after retries", "catching", Quote, "refunded", script => Catching(script).FailsAlways("Charge", "Busy", "a: b"));
        Row("caught later", "catching", Quote, "refunded", script => Catching(script).FailsAlways("Confirm", "Timeout", "late"));
        Row("retried inside", "catching", Quote, "charged", script => Catching(script).Fails("Charge", 1, "Busy"));
        Row("the handler fails", "catching", Quote, "Broken", script => Catching(script).FailsAlways("Confirm", "X").FailsAlways("Refund", "Broken", "both", "1"));

        static StepScript Nested(StepScript script) => script.Returns("First", "null").Returns("Second", "null").Returns("Third", "null");
        Row("no fault", "nested-try", Quote, "done", Nested);
        Row("inner", "nested-try", Quote, "inner", script => Nested(script).FailsAlways("Second", "Other"));
        Row("inner goes on", "nested-try", Quote, "done", script => Nested(script).FailsAlways("Second", "Second"));
        Row("inner handler fails", "nested-try", Quote, "outer", script => Nested(script).FailsAlways("Second", "Second").FailsAlways("Third", "Late"));
        Row("outer", "nested-try", Quote, "outer", script => Nested(script).FailsAlways("First", "Early"));
        Row("after the inner", "nested-try", Quote, "outer", script => Nested(script).FailsAlways("Third", "Late"));

        static StepScript Scored(StepScript script, string risk = """{"level":"low","score":10,"blocked":false}""") => script.Returns("Score", risk);
        Row("no fault", "inference", Order, "scored twice", script => Scored(script));
        Row("blocked", "inference", Order, "blocked", script => Scored(script, """{"level":"low","score":10,"blocked":true}"""));
        Row("by score", "inference", Order, "blocked", script => Scored(script, """{"level":"high","score":80,"blocked":false}"""));
        Row("members missing", "inference", Order, "scored twice", script => Scored(script, """{"level":"low"}"""));
        Row("retried", "inference", Order, "scored twice", script => Scored(script).Fails("Score", 1, "InferenceFailed"));
        Row("exhausted", "inference", Order, "InferenceFailed", script => Scored(script).FailsAlways("Score", "InferenceFailed"));
        Row("a timeout is not retried", "inference", Order, "Timeout", script => Scored(script).FailsAlways("Score", "Timeout"));

        static StepScript Echo(StepScript script) => script.Answers("Echo", text => text);
        Row("in a scope", "locals", Order.Replace("false", "true"), "in a scope", Echo);
        Row("in the other", "locals", Order, "o1", Echo);
        Row("empty input", "locals", "{}", """{"order-id":null,"in":3,"carrier":"post","fragile":false,"receipt":{"orderId":null,"status":"made","detail":null,"amount":0}}""", Echo);
        Row("a list of one", "pass-on", Order, """{"id":"o1","tags":["a"]}""", script => script.Answers("Pack", tagged => tagged));
        Row("an empty list", "pass-on", Order.Replace("\"a\"", ""), """{"id":"o1","tags":[]}""", script => script.Answers("Pack", tagged => tagged));
        Row("a list of lists' kind", "pass-on", Order.Replace("\"a\"", "\"a\",\"\",\"b\""), """{"id":"o1","tags":["a","","b"]}""", script => script.Answers("Pack", tagged => tagged));
        Row("it fails", "pass-on", Order, "X", script => script.FailsAlways("Pack", "X"));

        Row("two", "bare", "null", "null", script => script.Returns("Ping", "null").Returns("Count", "2"));
        Row("three", "bare", "null", "null", script => script.Returns("Ping", "null").Returns("Count", "3"));
        Row("fails once", "bare", "null", "null", script => script.Returns("Ping", "null").Returns("Count", "2").Fails("Ping", 1, "X"));
        Row("fails", "bare", "null", "X", script => script.Returns("Ping", "null").Returns("Count", "2").Fails("Ping", 2, "X"));

        Row("no fault", "try-returns", "\"a\"", "\"a\"", Echo);
        Row("caught", "try-returns", "\"a\"", "\"Oops\"", script => script.FailsAlways("Echo", "Oops"));

        const string special = "\"it's \\\"quoted\\\" \\\\ 100 %} ${x} \\u00fc \\ud83d\\ude00\\n\"";
        Row("special characters", "texts", special, "${sys.get_env(\"X\")}", Echo);
        Row("words", "texts", "\"null\"", "true", Echo);
        Row("numbers", "texts", "\"5\"", "true", Echo);
        Row("plain", "texts", "\"x\"", "no", Echo);

        Row("nothing", "long-condition", Order.Replace("o1", "an identifier of some length"), "\"no\"", Echo);
        Row("no customer", "long-condition", """{"id":"an identifier of some length"}""", "\"no\"", Echo);
        Row("the name", "long-condition", Order.Replace("Ada", "somebody with a rather long name that fills the line"), "\"yes\"", Echo);
        Row("the note", "long-condition", Order.Replace("\"n\"", "\"a note that is just as long as that name was, or nearly so\""), "\"yes\"", Echo);
        Row("the amount", "long-condition", Order.Replace("1000", "1000000001").Replace("false", "true"), "\"yes\"", Echo);
        Row("the mail", "long-condition", Order.Replace("\"tier\":3", "\"tier\":13").Replace("ada@", "somebody@"), "\"yes\"", Echo);

        const string facts = """{"left":"l","right":"r","a":1,"b":2,"c":3,"flag":null,"on":false,"shipment":null,"small":9}""";
        static StepScript Placed(StepScript script) => script.Returns("Place", "null");
        Row("equal texts", "facts", facts.Replace("\"r\"", "\"l\""), Made("equal texts", -1, "null", """{"kind":"p"}"""), Placed);
        Row("both null", "facts", """{"a":1}""", Made("equal texts", -1, "null", """{"kind":"p"}"""), Placed);
        Row("one null", "facts", facts.Replace("\"r\"", "null"), Made("end", 2), Placed);
        Row("one missing", "facts", """{"left":"l","b":5,"c":3}""", Made("end", 2), Placed);
        Row("above", "facts", facts.Replace("\"a\":1", "\"a\":4"), Made("above", 4), Placed);
        Row("null is not at least", "facts", facts.Replace("\"b\":2", "\"b\":null"), Made("end", 2), Placed);
        Row("equal numbers", "facts", facts.Replace("\"b\":2", "\"b\":1"), Made("at least", 9), Placed);
        Row("small missing", "facts", """{"left":"l","a":1,"b":1,"c":3}""", Made("at least", 1), Placed);
        Row("flag", "facts", facts.Replace("\"flag\":null", "\"flag\":true"), Made("flag", 0, "\"r\""), Placed);
        Row("flag false and on", "facts", facts.Replace("\"flag\":null", "\"flag\":false").Replace("\"on\":false", "\"on\":true"), Made("flag", 0, "\"r\""), Placed);
        Row("flag false and off", "facts", facts.Replace("\"flag\":null", "\"flag\":false"), Made("end", 2), Placed);
        Row("a struct", "facts", facts, "No", script => script.FailsAlways("Place", "No"));

        const string shipment = """{"order-id":"s1","in":7,"carrier":"ship","fragile":false}""";
        Row("quoted names", "names", facts, "ship", script => script.Returns("Ship", shipment));
        Row("a null", "names", facts, "none", script => script.Returns("Ship", shipment.Replace("\"s1\"", "null")));
        Row("in the input", "names", facts.Replace("\"shipment\":null", "\"shipment\":" + shipment.Replace("7", "-7")), "ship", script => script.Returns("Ship", shipment));
        Row("a default in the input", "names", facts.Replace("\"shipment\":null", """ "shipment":{"in":-1,"carrier":"x"}"""), "x", script => script.Returns("Ship", shipment));

        Row("a text's default", "names", facts.Replace("\"shipment\":null", """ "shipment":{"in":-1}"""), "post", script => script.Returns("Ship", shipment));
        Row("null is no default", "names", facts.Replace("\"shipment\":null", """ "shipment":{"in":-1,"carrier":null}"""), "", script => script.Returns("Ship", shipment));
        Row("a number's default", "names", facts.Replace("\"shipment\":null", """ "shipment":{"carrier":"x"}"""), "ship", script => script.Returns("Ship", shipment));

        static StepScript Do(StepScript script) => script.Answers("Do", text => text);
        var on = facts.Replace("\"on\":false", "\"on\":true");
        Row("past the empty else", "joins", facts, "last", Do);
        Row("the else", "joins", on, "last", Do);
        Row("the then", "joins", on.Replace("\"a\":1", "\"a\":2"), "last", Do);
        Row("a return inside", "joins", on, "stop", script => script.Returns("Do", "\"stop\""));
        Row("handled again", "joins", on, "last", script => Do(script).Fails("Do", 1, "Again"));
        Row("handled twice", "joins", on, "last", script => Do(script).Fails("Do", 2, "Again"));
        Row("a handler's step fails", "joins", on, "Again", script => Do(script).Fails("Do", 3, "Again"));
        Row("ignored", "joins", on, "last", script => Do(script).Fails("Do", 1, "Ignore"));
        Row("returned", "joins", on, "Bad", script => Do(script).Fails("Do", 1, "Bad"));
        Row("the last fails", "joins", facts, "Bad", script => Do(script).Fails("Do", 1, "Bad"));

        Row("a text", "pure", facts, "text", script => script);
        Row("null", "pure", "{}", "null", script => script);
        return all;
    }

    private static string Made(string kind, int value, string extra = "\"extra\"", string parent = "null") => $$"""{"kind":"{{kind}}","value":{{value}},"parent":{{parent}},"extra":{{extra}},"level":4}""";
}
