namespace Portable.Analyzers.Tests.Inference;

/// <summary>A function of a request beside two inferences, a quick one and a slow one.</summary>
internal static class InferenceSource
{
    /// <param name="body">The body of the function; <c>order</c> and <c>ct</c> are in scope.</param>
    /// <param name="members">Other members of its class.</param>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="quick">The attribute of the inference <c>Score</c>.</param>
    public static string With(string body, string members = "", string trigger = "HttpTrigger(\"POST\", \"/orders\"), AllowAnonymous", string quick = "Inference(\"risk-model\", TimeoutSeconds = 5)") => $$"""
        using Portable;
        using Portable.Runtime;
        namespace Shop;

        public sealed record Order(string Id, int Cents);
        public sealed record Risk(int Score);

        public sealed partial class Orders
        {
        {{members}}
            [Function, {{trigger}}]
            public async Task<Risk> Place(Order order, CancellationToken ct)
            {
                await Task.CompletedTask;
                {{body}}
            }

            [{{quick}}]
            public partial Task<Risk> Score(Order order, CancellationToken cancellationToken = default);

            [Inference("story-model", TimeoutSeconds = 45)]
            public partial Task<Risk> Tell(Order order, CancellationToken cancellationToken = default);
        }
        """;
}
