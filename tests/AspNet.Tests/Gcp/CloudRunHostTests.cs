using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Portable.AspNet.Tests.Hosts;
using Portable.Gcp;
using Portable.Runtime.AspNetCore;

namespace Portable.AspNet.Tests.Gcp;

public sealed class CloudRunHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 1, "Set FUNCTION_TARGET to the function to run: Place, Find, Echo, Fail, Fulfil, Import, Sweep, order-fulfilment-steps.")]
    [InlineData("Nothing", 1, "FUNCTION_TARGET is 'Nothing', which is not a function; there is Place, Find, Echo, Fail, Fulfil, Import, Sweep, order-fulfilment-steps.")]
    public async Task Without_a_target_the_choices_are_named_in_one_line(string target, int exitCode, string line)
    {
        await using var host = HostProcess.Start(new Dictionary<string, string> { ["FUNCTION_TARGET"] = target }, "gcp");
        Assert.Equal(exitCode, await host.WaitForExitAsync());
        Assert.Equal([line], host.Lines);
    }

    [Fact]
    public async Task The_only_function_needs_no_target()
    {
        var (host, http) = await HostProcess.ServeAsync(new Dictionary<string, string> { ["PORT"] = "0" }, "gcp-one");
        await using (host)
        using (http)
        {
            Assert.Equal("""{"id":"7","quantity":1}""", await http.GetStringAsync("/orders/7", Token));
        }
    }

    [Fact]
    public async Task Sigterm_lets_the_running_request_finish()
    {
        Assert.SkipUnless(!RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "needs POSIX signals");
        var (host, http) = await HostProcess.ServeAsync(new Dictionary<string, string> { ["PORT"] = "0", ["FUNCTION_TARGET"] = "Hold" }, "conformance");
        await using (host)
        using (http)
        {
            var running = http.GetStringAsync("/", Token);
            await host.WhenEnteredAsync();
            host.Terminate();
            await WhenRefusedAsync(http.BaseAddress!);
            await host.ReleaseAsync("finished");
            Assert.Equal("finished", await running);
            Assert.Equal(0, await host.WaitForExitAsync());
        }
    }

    [Theory]
    [InlineData(null, null, null, "127.0.0.1:8080")]
    [InlineData("9000", null, null, "127.0.0.1:9000")]
    [InlineData("9000", "service", null, "0.0.0.0:9000")]
    [InlineData("9000", null, "true", "0.0.0.0:9000")]
    [InlineData("9000", null, "false", "127.0.0.1:9000")]
    public async Task The_address_is_every_interface_only_in_a_container(string? port, string? service, string? container, string address)
    {
        await using var app = new OrdersApp().Build("gcp", null, "Find");
        var arguments = CloudRunArguments.Parse(app, [], name => name switch { "PORT" => port, "K_SERVICE" => service, "DOTNET_RUNNING_IN_CONTAINER" => container, _ => null });
        Assert.Equal(address, arguments.Address.ToString());
    }

    [Theory]
    [InlineData(new[] { "sweep" }, "Sweep", 8080)]
    [InlineData(new[] { "--target", "Find", "--port", "81" }, "Find", 81)]
    public async Task The_command_line_wins(string[] args, string function, int port)
    {
        await using var app = new OrdersApp().Build("gcp");
        var arguments = CloudRunArguments.Parse(app, args, name => name == "FUNCTION_TARGET" ? "Place" : null);
        Assert.Equal((function, port), (arguments.Function.Name, arguments.Address.Port));
    }

    [Theory]
    [InlineData(new[] { "--what" }, null, "'--what' is not an option")]
    [InlineData(new[] { "a", "b" }, null, "'a' is not an option")]
    [InlineData(new[] { "--port" }, null, "'--port' is not an option")]
    [InlineData(new string[0], "http", "PORT is 'http'")]
    public async Task A_malformed_start_is_refused(string[] args, string? port, string reason)
    {
        await using var app = new OrdersApp().Build("gcp", null, "Find");
        var refused = Assert.Throws<FormatException>(() => CloudRunArguments.Parse(app, args, name => name == "PORT" ? port : null));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("105445aa7843bc8bf206b12000100000/11111111111111111111;o=1", null)]
    [InlineData("105445aa7843bc8bf206b12000100000/18446744073709551615;o=1", "00-105445aa7843bc8bf206b12000100000-ffffffffffffffff-01")]
    [InlineData("105445AA7843BC8BF206B12000100000/10", "00-105445aa7843bc8bf206b12000100000-000000000000000a-00")]
    [InlineData("105445aa7843bc8bf206b12000100000/10;o=0", "00-105445aa7843bc8bf206b12000100000-000000000000000a-00")]
    [InlineData("105445aa7843bc8bf206b12000100000/0", null)]
    [InlineData("105445aa7843bc8bf206b12000100000", null)]
    [InlineData("short/1;o=1", null)]
    [InlineData("zz5445aa7843bc8bf206b12000100000/1", null)]
    [InlineData(null, null)]
    public void Googles_trace_header_becomes_the_standard_one(string? header, string? expected)
    {
        var actual = TraceHeaders.FromCloudTraceContext(header);
        Assert.Equal(header?.Contains("11111111111111111111", StringComparison.Ordinal) == true ? "00-105445aa7843bc8bf206b12000100000-9a3298afb5ac71c7-01" : expected, actual);
    }

    /// <summary>Waits until nobody listens any more.</summary>
    private static async Task WhenRefusedAsync(Uri address)
    {
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, address.Port, Token);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
