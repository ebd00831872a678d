using Portable.Runtime;

namespace Portable.Core.Tests;

public sealed class LimitTests
{
    [Fact]
    public void Every_limit_says_where_it_is_from_and_stands_once()
    {
        Assert.All(CloudLimits.All, static limit =>
        {
            Assert.Contains(limit.Cloud, (string[])["aws", "gcp", "azure"]);
            Assert.True(limit.Value > 0 && limit.Unit.Length > 0 && limit.What.Length > 0 && limit.Source.Length > 0, limit.What);
        });
        Assert.Equal(CloudLimits.All.Count, CloudLimits.All.Select(static limit => (limit.Cloud, limit.Kind, limit.Trigger)).Distinct().Count());
    }

    [Theory]
    [InlineData("aws", LimitKind.Timeout, "http", 30)]
    [InlineData("aws", LimitKind.Timeout, "queue", 900)]
    [InlineData("aws", LimitKind.Message, "queue", 1_048_576)]
    [InlineData("azure", LimitKind.Timeout, "queue", null)]
    [InlineData("gcp", LimitKind.Event, "event", 524_288)]
    public void The_triggers_own_limit_comes_before_that_of_all(string cloud, LimitKind kind, string trigger, int? value) => Assert.Equal(value, CloudLimits.Find(cloud, kind, trigger)?.Value);
}
