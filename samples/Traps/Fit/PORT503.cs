// 'Encode' encodes a video with ffmpeg: a function has little processor and a timeout that cuts such work off in the middle; split it into one message or workflow step per piece, or give it to a job or an always-on worker
using System.Diagnostics;
using Portable;

namespace Traps.Fit;

public static class PORT503
{
    [Function("port503"), HttpTrigger("POST", "/port503/{id}"), AllowAnonymous]
    public static async Task Encode(string id, CancellationToken cancellationToken)
    {
        using var encoder = Process.Start("ffmpeg", ["-i", id, id + ".webm"]);
        await encoder.WaitForExitAsync(cancellationToken);
    }
}
