using Portable.Analyzers.Tests.Functions;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Limits;

public sealed class PORT407_EnvironmentSizeTests
{
    // PORTABLE_QUEUE_TARGET_QUEUE_01=https://sqs.us-east-1.amazonaws.com/123456789012/target-queue-01: 64 and twice 15 bytes.
    [Theory]
    [InlineData(44, "'Run' sends to 44 queues, whose settings take at least 4,136 bytes, and aws takes environment variables of up to 4 KB in all (AWS Lambda quotas: environment variables)")]
    [InlineData(60, "at least 5,640 bytes")]
    public Task More_than_the_environment_holds(int queues, string message) => Check.Reports("PORT407", Source(queues, "[|Run|]"), message);

    [Theory]
    [InlineData(1)]
    [InlineData(43)]
    public Task What_it_holds(int queues) => Check.Silent(Source(queues, "Run"));

    [Fact]
    public Task The_queue_for_what_fails_counts() => Check.Reports(
        "PORT407", Source(43, "[|Run|]").Replace("HttpTrigger(\"POST\", \"/\")", "QueueTrigger(\"orders\"), DeadLetter(\"orders-dead-letters\")", StringComparison.Ordinal), "sends to 44 queues");

    [Fact]
    public Task Buckets_need_no_settings() => Check.Silent(Source(60, "Run").Replace("[Queue(", "[Bucket(", StringComparison.Ordinal).Replace("IQueue<Order>", "IBlobStore", StringComparison.Ordinal));

    [Fact]
    public Task A_cloud_that_is_not_targeted() => Check.Silent("// property: PortableTargetedClouds=gcp,azure\n" + Source(60, "Run"));

    private static string Source(int queues, string name) => FunctionSource.With(
        $"[Function, HttpTrigger(\"POST\", \"/\")] public static void {name}(Order order, {string.Join(", ", Enumerable.Range(1, queues).Select(i => $"[Queue(\"target-queue-{i:00}\")] IQueue<Order> q{i}"))}) {{ }}");
}
