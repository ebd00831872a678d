// 'LabelledParcel.LabelImage' holds the bytes of a file, and aws takes payloads and results of steps of up to 256 KiB (AWS Step Functions API Reference: input and output of a state), gcp keeps at most 512 KB in all variables of a run (Google Workflows quotas: memory of variables), azure takes payloads and results of steps of up to 1 MiB (Durable Task Scheduler: message size): put it into a bucket with IBlobStore and pass its name
using Portable;

namespace Traps.Workflows;

public sealed record LabelledParcel(string Id, byte[] LabelImage);

public static class PORT733
{
    [Step]
    public static Task Read(LabelledParcel parcel) => Task.FromResult(parcel.Id);
}
