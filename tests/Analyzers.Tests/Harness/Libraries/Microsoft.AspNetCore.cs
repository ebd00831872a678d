namespace Microsoft.AspNetCore.Builder;

public sealed class WebApplication
{
    public static WebApplication Create(string[]? args = null) => throw null!;

    public void Run(string? url = null) => throw null!;
}
