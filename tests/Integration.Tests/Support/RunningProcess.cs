using System.Diagnostics;
using System.Text;

namespace Portable.Integration.Tests.Support;

/// <summary>A process that serves until the test ends it.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningProcess(Process process) => _process = process;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static RunningProcess Start(string folder, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var running = new RunningProcess(new Process { StartInfo = Command.StartInfo(folder, file, arguments, environment) });
        running._process.OutputDataReceived += (_, line) => running.Append(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Append(line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Sends a request as soon as the process listens: refused connections are tried again until it does or has ended.</summary>
    public async Task<HttpResponseMessage> SendWhenListeningAsync(HttpClient http, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                using var message = request();
                return await http.SendAsync(message, cancellationToken);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError && !_process.HasExited)
            {
                await pause.WaitForNextTickAsync(cancellationToken);
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"The process does not listen.\n{Output}", e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
