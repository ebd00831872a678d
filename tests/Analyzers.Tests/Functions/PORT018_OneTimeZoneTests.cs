using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT018_OneTimeZoneTests
{
    [Fact]
    public Task Two_time_zones() => Check.Reports(
        "PORT018",
        FunctionSource.With("""
            [Function, [|ScheduleTrigger("0 3 * * *", TimeZone = "Europe/Berlin")|]] public static void Berlin() { }
            [Function, [|ScheduleTrigger("0 3 * * *")|]] public static void Utc() { }
            """),
        "Azure has one time zone");

    [Fact]
    public Task One_time_zone() => Check.Silent(FunctionSource.With("""
        [Function, ScheduleTrigger("0 3 * * *", TimeZone = "UTC")] public static void First() { }
        [Function, ScheduleTrigger("0 4 * * *")] public static void Second() { }
        """));

    [Fact]
    public Task Two_time_zones_where_Azure_is_not_meant()
    {
        var project = new Project(FunctionSource.With("""
            [Function, ScheduleTrigger("0 3 * * *", TimeZone = "Europe/Berlin")] public static void Berlin() { }
            [Function, ScheduleTrigger("0 3 * * *")] public static void Utc() { }
            """));
        return Check.Silent(project with { Properties = project.Properties.Add("PortableTargetedClouds", "aws,gcp") });
    }
}
