using Portable.Build.Extraction;

namespace Portable.Integration.Tests.Tool;

public sealed class ArtifactPathTests
{
    [Theory]
    [InlineData("portable.json")]
    [InlineData("definitions/aws/order-fulfilment.asl.json")]
    [InlineData("a/.hidden")]
    [InlineData("a/b..c/d")]
    public void A_relative_path_is_safe(string path) => Assert.True(ArtifactPath.IsSafe(path));

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\..\\b")]
    [InlineData("C:/x")]
    [InlineData("x:stream")]
    [InlineData("a/b.")]
    [InlineData("a/b ")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    public void Anything_else_is_refused(string path) => Assert.False(ArtifactPath.IsSafe(path));
}
