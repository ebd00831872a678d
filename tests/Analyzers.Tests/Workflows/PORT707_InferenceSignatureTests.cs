using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT707_InferenceSignatureTests
{
    [Fact]
    public Task A_class_that_is_not_partial() => Check.Reports(
        "PORT707",
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed record Risk(int Score);
        public sealed class Scoring
        {
            [Inference("risk-model")] public partial Task<Risk> [|Score|](Order order, CancellationToken ct = default);
        }
        """,
        "Inference 'Score' belongs to 'Scoring', which is not partial",
        "CS0751");

    [Fact]
    public Task A_method_with_a_body() => Check.Reports(
        "PORT707",
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed record Risk(int Score);
        public sealed partial class Scoring
        {
            [Inference("risk-model")] public Task<Risk> [|Score|](Order order) => Task.FromResult(new Risk(0));
        }
        """,
        "must be a partial method without a body");

    [Fact]
    public Task A_method_without_payload_or_answer() => Check.Reports(
        "PORT707",
        """
        using Portable;
        public sealed record Risk(int Score);
        public sealed partial class Scoring
        {
            [Inference("risk-model")] public partial Task<Risk> [|NoPayload|](CancellationToken ct);
            [Inference("risk-model")] public partial Task [|NoAnswer|](Risk risk);
            [Inference("Risk Model")] public partial Task<Risk> [|BadName|](Risk risk);
        }
        """);

    [Fact]
    public Task Fix_makes_the_method_and_the_classes_around_it_partial() => Fix.Changes(
        "PORT707",
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed record Risk(int Score);

        // Models.
        class Models
        {
            public sealed class Scoring
            {
                /// <summary>Asks the model.</summary>
                [Inference("risk-model")]
                public Task<Risk> Score(Order order);
            }
        }
        """,
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed record Risk(int Score);

        // Models.
        partial class Models
        {
            public sealed partial class Scoring
            {
                /// <summary>Asks the model.</summary>
                [Inference("risk-model")]
                public partial Task<Risk> Score(Order order);
            }
        }
        """);

    [Fact]
    public Task Fix_keeps_a_body_that_someone_wrote() => Fix.NotOffered(
        "PORT707",
        """
        using Portable;
        public sealed record Risk(int Score);
        public sealed class Scoring
        {
            [Inference("risk-model")] public Task<Risk> Score(Risk risk) => Task.FromResult(risk);
        }
        """);

    [Fact]
    public Task A_partial_method_of_payload_and_answer() => Check.Silent(
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed record Risk(int Score);
        public sealed partial class Scoring
        {
            [Inference("risk-model", TimeoutSeconds = 5)] public partial Task<Risk> Score(Order order, CancellationToken ct = default);
        }
        """);
}
