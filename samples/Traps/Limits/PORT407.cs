// 'Tell' sends to 46 queues, whose settings take at least 4,324 bytes, and aws takes environment variables of up to 4 KB in all (AWS Lambda quotas: environment variables): split it into functions that send to fewer, or publish events that the others subscribe to
using Portable;

namespace Traps.Limits;

public static class PORT407
{
    [Function("port407"), HttpTrigger("POST", "/port407"), AllowAnonymous]
    public static void Tell(
        Order order,
        [Queue("target-queue-01")] IQueue<Order> target1,
        [Queue("target-queue-02")] IQueue<Order> target2,
        [Queue("target-queue-03")] IQueue<Order> target3,
        [Queue("target-queue-04")] IQueue<Order> target4,
        [Queue("target-queue-05")] IQueue<Order> target5,
        [Queue("target-queue-06")] IQueue<Order> target6,
        [Queue("target-queue-07")] IQueue<Order> target7,
        [Queue("target-queue-08")] IQueue<Order> target8,
        [Queue("target-queue-09")] IQueue<Order> target9,
        [Queue("target-queue-10")] IQueue<Order> target10,
        [Queue("target-queue-11")] IQueue<Order> target11,
        [Queue("target-queue-12")] IQueue<Order> target12,
        [Queue("target-queue-13")] IQueue<Order> target13,
        [Queue("target-queue-14")] IQueue<Order> target14,
        [Queue("target-queue-15")] IQueue<Order> target15,
        [Queue("target-queue-16")] IQueue<Order> target16,
        [Queue("target-queue-17")] IQueue<Order> target17,
        [Queue("target-queue-18")] IQueue<Order> target18,
        [Queue("target-queue-19")] IQueue<Order> target19,
        [Queue("target-queue-20")] IQueue<Order> target20,
        [Queue("target-queue-21")] IQueue<Order> target21,
        [Queue("target-queue-22")] IQueue<Order> target22,
        [Queue("target-queue-23")] IQueue<Order> target23,
        [Queue("target-queue-24")] IQueue<Order> target24,
        [Queue("target-queue-25")] IQueue<Order> target25,
        [Queue("target-queue-26")] IQueue<Order> target26,
        [Queue("target-queue-27")] IQueue<Order> target27,
        [Queue("target-queue-28")] IQueue<Order> target28,
        [Queue("target-queue-29")] IQueue<Order> target29,
        [Queue("target-queue-30")] IQueue<Order> target30,
        [Queue("target-queue-31")] IQueue<Order> target31,
        [Queue("target-queue-32")] IQueue<Order> target32,
        [Queue("target-queue-33")] IQueue<Order> target33,
        [Queue("target-queue-34")] IQueue<Order> target34,
        [Queue("target-queue-35")] IQueue<Order> target35,
        [Queue("target-queue-36")] IQueue<Order> target36,
        [Queue("target-queue-37")] IQueue<Order> target37,
        [Queue("target-queue-38")] IQueue<Order> target38,
        [Queue("target-queue-39")] IQueue<Order> target39,
        [Queue("target-queue-40")] IQueue<Order> target40,
        [Queue("target-queue-41")] IQueue<Order> target41,
        [Queue("target-queue-42")] IQueue<Order> target42,
        [Queue("target-queue-43")] IQueue<Order> target43,
        [Queue("target-queue-44")] IQueue<Order> target44,
        [Queue("target-queue-45")] IQueue<Order> target45,
        [Queue("target-queue-46")] IQueue<Order> target46) => Console.WriteLine(order.Id + target1);
}
