// 'Tally' asks for batches of 20000, and aws delivers at most 10,000 messages of a queue at a time (AWS Lambda, event source mappings: BatchSize): ask for less, or take aws out of PortableClouds
using Portable;

namespace Traps.Limits;

public static class PORT403
{
    [Function("port403"), QueueTrigger("port403", BatchSize = 20_000), DeadLetter("port403-dead")]
    public static void Tally(string[] words) => Console.WriteLine(words.Length);
}
