using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT802_AuthorizationPackageTests
{
    [Theory]
    [InlineData("", "[Function, HttpTrigger(\"GET\", \"/a\"), Authorize(Scope = \"orders:read\", Role = \"admin\")] public static string [|Get|]() => \"\";")]
    [InlineData("[Authorize]", "[Function, HttpTrigger(\"GET\", \"/a\")] public static string [|Get|]() => \"\";")]
    public Task Without_the_package(string onClass, string function) => Check.Reports("PORT802", PORT801_NoAuthorizationTests.Source(function, onClass), "add the package");

    [Fact]
    public Task With_it() => Check.Silent(new Project(
        PORT801_NoAuthorizationTests.Source("[Function, HttpTrigger(\"GET\", \"/a\"), Authorize] public static string Get() => \"\";"),
        "namespace Portable.Jwt { public sealed class JwtAuthorization; }"));
}
