// Function 'Run' is [Idempotent], but no [Startup] class says where its work is remembered on a cloud: add one with a line such as app.UseDynamoDbIdempotency("table")
using Portable;

namespace Traps.Whole;

public static class PORT022
{
    [Function("port022"), QueueTrigger("port022"), DeadLetter("port022-dead"), Idempotent(MessageId = true)]
    public static void Run(string order) => Console.WriteLine(order);
}
