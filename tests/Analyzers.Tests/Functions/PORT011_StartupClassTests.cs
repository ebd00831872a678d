using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT011_StartupClassTests
{
    [Fact]
    public Task Two_classes() => Check.Reports(
        "PORT011",
        """
        using Portable;
        [Startup] public sealed class [|First|] : IPortableStartup { public void Configure(IPortableBuilder app) { } }
        [Startup] public sealed class [|Second|] : IPortableStartup { public void Configure(IPortableBuilder app) { } }
        """,
        "Startup class 'First' is not the only one, Second has [Startup] too");

    [Theory]
    [InlineData("[Startup] public sealed class [|Start|];", "does not implement IPortableStartup")]
    [InlineData("[Startup] public sealed class [|Start|](int count) : IPortableStartup { public void Configure(IPortableBuilder app) => _ = count; }", "has no constructor without parameters")]
    [InlineData("[Startup] public abstract class [|Start|] : IPortableStartup { public void Configure(IPortableBuilder app) { } }", "is abstract")]
    [InlineData("public static class Outer { [Startup] private sealed class [|Start|] : IPortableStartup { public void Configure(IPortableBuilder app) { } } }", "is not visible to emitted code")]
    public Task A_class_that_emitted_code_cannot_make(string source, string message) => Check.Reports("PORT011", "using Portable;\n" + source, message);

    [Fact]
    public Task One_class_in_two_parts() => Check.Silent(
        """
        using Portable;
        [Startup] public sealed partial class Startup : IPortableStartup { public void Configure(IPortableBuilder app) => Add(app); }
        public sealed partial class Startup { private static void Add(IPortableBuilder app) { } }
        public sealed class Other : IPortableStartup { public void Configure(IPortableBuilder app) { } }
        """);
}
