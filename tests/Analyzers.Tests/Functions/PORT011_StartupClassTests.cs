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

    [Fact]
    public Task One_class_in_two_parts() => Check.Silent(
        """
        using Portable;
        [Startup] public sealed partial class Startup : IPortableStartup { public void Configure(IPortableBuilder app) => Add(app); }
        public sealed partial class Startup { private static void Add(IPortableBuilder app) { } }
        public sealed class Other : IPortableStartup { public void Configure(IPortableBuilder app) { } }
        """);
}
