namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>Texts that mean something to YAML, JSONata or an expression.</summary>
internal static class Texts
{
    public static Regression[] All { get; } =
    [
        // YAML 1.1 ends a line there: the definition could not be read (Google Workflows).
        new("a-line-separator-in-a-text", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, string input) => [input == "\u2028" ? "\u2028" : "other", "\u0085", "\ufeff", "a\u2029b"];
            """) { Input = "\"\\u2028\"", Ends = "returns [\"\\u2028\",\"\\u0085\",\"\\uFEFF\",\"a\\u2029b\"]" },
        new("texts-that-look-like-expressions", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, string input) => [input, "{% $x %}", "${x}", input + "${y}", "A: b # c", "null", "true", ""];
            """) { Input = "\"{% 1 %}\"", Ends = "returns [\"{% 1 %}\",\"{% $x %}\",\"${x}\",\"{% 1 %}${y}\",\"A: b # c\",\"null\",\"true\",\"\"]" },
        new("texts-compare-by-their-characters", """
            public async Task<IReadOnlyList<bool>> Run(IWorkflow flow, string input) => [input == "é", input == "e\u0301", input.Length == 2, string.CompareOrdinal("a", "B") < 0];
            """) { Input = "\"e\\u0301\"", Ends = "returns [false,true,true,false]" },
        new("texts-of-values-are-those-of-dotnet", """
            public async Task<string> Run(IWorkflow flow, Item input) => $"{input.Flag} {input.Note} {input.Qty}|{input.Note is null}";
            """) { Input = """{"name":"a","qty":-1,"note":null,"flag":true}""", Ends = "returns \"True  -1|True\"" },
    ];
}
