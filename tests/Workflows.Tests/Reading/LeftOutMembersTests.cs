using Portable.Generator.Emit.Workflows;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Reading;

/// <summary>Members that a <c>JsonSerializerContext</c> leaves out of results read as what C# gives them.</summary>
public sealed class LeftOutMembersTests
{
    private const string LeavesOut = "PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault";

    [Fact]
    public void A_result_may_lack_members_that_its_context_leaves_out() =>
        Assert.Equal([true, true], Read(Context("Json", LeavesOut, "Made")));

    [Theory]
    [InlineData("")]
    [InlineData("DefaultIgnoreCondition = JsonIgnoreCondition.Never")]
    [InlineData("DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull")]
    public void Other_contexts_write_every_member(string options) => Assert.Equal([false, false], Read(Context("Json", options, "Made")));

    [Fact]
    public void Types_that_it_does_not_name_are_none_of_its_business() => Assert.Equal([false, false], Read(Context("Json", LeavesOut, "Other")));

    [Fact]
    public void The_first_context_by_name_counts_as_for_everything_else()
    {
        Assert.Equal([true, true], Read(Context("A", LeavesOut, "Made") + Context("B", "", "Made")));
        Assert.Equal([false, false], Read(Context("A", "", "Made") + Context("B", LeavesOut, "Made")));
    }

    [Fact]
    public void A_default_that_engines_cannot_know_is_read_in_a_step()
    {
        const string passed = "await flow.Step(Log, made.Until); return new Result(\"a\");";
        Assert.Empty(Lifted(passed, ""));
        Assert.Equal(["Lift_1"], Lifted(passed, Context("Json", LeavesOut, "Made")));
    }

    [Fact]
    public void The_runtime_knows_the_key_of_a_payload_that_lacks_it()
    {
        var model = Compiled.Read(Compiled.Compile(Source("await flow.Step(Book, made); return new Result(\"a\");", ""))).Single().Model!;
        Assert.Contains(", Key: \"count\", KeyDefault: \"0\"", WorkflowEmitter.Emit(WorkflowUnit.Create(model, new JsonIndex(default))).Text, StringComparison.Ordinal);
    }

    /// <summary>Whether a member of the step's result may be missing, and one of the lifted step's.</summary>
    private static bool[] Read(string contexts)
    {
        var model = Compiled.Read(Compiled.Compile(Source("var first = new List<Made> { made }.OrderBy(one => one.Rate).First(); return new Result(\"a\", made.Count + first.Count);", contexts))).Single().Model!;
        var returned = Assert.Single(IrWalk.All(model.Body).OfType<IrReturn>()).Value!;
        return [.. Within(returned).OfType<IrMember>().Where(static member => member.Name.Member == "Count").Select(static member => member.MayBeMissing)];
    }

    private static IEnumerable<IrExpression> Within(IrExpression expression) => IrWalk.Parts(expression).SelectMany(Within).Prepend(expression);

    private static IEnumerable<string> Lifted(string statements, string contexts) =>
        Compiled.Read(Compiled.Compile(Source(statements, contexts))).Single().Model!.Steps.Where(static step => step.Lifted is not null).Select(static step => step.Name);

    private static string Context(string name, string options, string type) => $$"""

        [JsonSourceGenerationOptions({{options}})]
        [JsonSerializable(typeof({{type}}))]
        public abstract class {{name}}() : JsonSerializerContext(null);

        """;

    private static string Source(string statements, string contexts) => $$"""
        using Portable;
        using System.Text.Json.Serialization;
        namespace App;

        public sealed record Made(int Count, decimal Rate, DateOnly Until);
        public sealed record Other(int Count);
        public sealed record Result(string Text, int Count = 0);
        {{contexts}}
        public sealed class W
        {
            [Workflow("w")]
            public async Task<Result> Run(IWorkflow flow, int input)
            {
                var made = await flow.Step(Make, input);
                {{statements}}
            }

            [Step] public Task<Made> Make(int number) => throw new InvalidOperationException();
            [Step, Idempotent(nameof(Made.Count))] public Task Book(Made made) => throw new InvalidOperationException();
            [Step] public Task Log(DateOnly until) => throw new InvalidOperationException();
        }
        """;
}
