// 'ScannedParcel.Photo' holds the bytes of a file, and aws takes messages of up to 1 MiB, their attributes included (Amazon SQS API Reference: SendMessage), azure takes messages of up to 64 KiB, base64 included (Azure Storage: scale targets of queues): put it into a bucket with IBlobStore and pass its name
using Portable;

namespace Traps.Limits;

public sealed record ScannedParcel(string Id, byte[] Photo);

public static class PORT406
{
    [Function("port406"), QueueTrigger("port406"), DeadLetter("port406-dead")]
    public static void Read(ScannedParcel parcel) => Console.WriteLine(parcel.Id);
}
