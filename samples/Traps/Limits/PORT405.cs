// 'Import' names the queue 'google-orders', and gcp makes no topic whose name begins with 'goog' (Pub/Sub: guidelines to name a topic): use another name, or take gcp out of PortableClouds
using Portable;

namespace Traps.Limits;

public static class PORT405
{
    [Function("port405"), QueueTrigger("google-orders"), DeadLetter("port405-dead")]
    public static void Import(string order) => Console.WriteLine(order);
}
