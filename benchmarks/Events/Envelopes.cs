using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Aws.Events;
using Portable.Aws.Events.Http;
using Portable.Runtime;
using static Portable.Benchmarks.Events.Figures;

namespace Portable.Benchmarks.Events;

/// <summary>
/// Reads every envelope as the adapter does, up to what a handler is bound to (a request's method, route value, query value, header and body; a message's identifier and body), and
/// deserialises the same bytes into plain classes with source-generated contracts, after which a handler would find the same things in members.
/// </summary>
internal static class Envelopes
{
    private const double TimeGoal = 0.5;
    private const double AllocationGoal = 0.3;

    private static readonly RoutePattern Route = RoutePattern.Parse("/orders/{id}");
    private static readonly string GatewayRoute = HttpRequestEvent.GatewayRoute(Route);
    private static readonly HttpFunction Function = new("Place", "POST", Route.Template, static _ => new(HttpReply.Status(200)));

    public static void Run(bool quick)
    {
        // Short rounds, and the fastest of them: a machine that does other things too makes some slower and none faster.
        var rounds = quick ? 150 : 500;
        var budget = TimeSpan.FromMilliseconds(0.5);
        Console.WriteLine($"envelopes: the fastest of {rounds} rounds, ours and System.Text.Json in turn");
        Console.WriteLine($"{"",-16} {"bytes",7} {"ours",10} {"STJ",10} {"ratio",6} {"ours",9} {"STJ",9} {"ratio",6}");
        foreach (var subject in Subjects())
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            var (count, stjCount) = (Calibrate(subject.Ours, budget), Calibrate(subject.Theirs, budget));
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(Time(subject.Ours, count));
                theirs.Add(Time(subject.Theirs, stjCount));
            }

            var (oursBytes, theirBytes) = (Allocated(subject.Ours), Allocated(subject.Theirs));
            var ratio = ours.Min() / theirs.Min();
            Console.WriteLine($"{subject.Name,-16} {subject.Length,7} {ours.Min(),7:0.00} us {theirs.Min(),7:0.00} us {ratio,6:0.00} {oursBytes,7:0} B {theirBytes,7:0} B {oursBytes / theirBytes,6:0.00}");
            Print($"events.{subject.Name}.time", ratio, "x of System.Text.Json", TimeGoal);
            Print($"events.{subject.Name}.allocation", oursBytes / theirBytes, "x of System.Text.Json", AllocationGoal);
        }
    }

    private static IEnumerable<Subject> Subjects()
    {
        yield return Http("http-v2", Payloads.HttpV2, PlainJsonContext.Default.PlainHttpV2);
        yield return Http("http-rest", Payloads.Rest, PlainJsonContext.Default.PlainRest);
        yield return Http("http-alb", Payloads.LoadBalancer, PlainJsonContext.Default.PlainRest);
        yield return Messages("sqs-10", Payloads.Sqs(10), SqsEvent.Read, PlainJsonContext.Default.PlainSqs);
        yield return Messages("sqs-1", Payloads.Sqs(1), SqsEvent.Read, PlainJsonContext.Default.PlainSqs);
        yield return Messages("kinesis-100", Payloads.Kinesis(100), KinesisEvent.Read, PlainJsonContext.Default.PlainKinesis);
        yield return Messages("dynamodb-10", Payloads.DynamoDb(10), DynamoDbEvent.Read, PlainJsonContext.Default.PlainDynamoDb);
        yield return Messages("s3", Payloads.S3, S3Event.Read, PlainJsonContext.Default.PlainS3);
        yield return Messages("eventbridge", Payloads.Bus, static json => BusEvent.Read(json, "com.acme.order.placed"), PlainJsonContext.Default.PlainBus);
        yield return Messages("iot", Payloads.Device, static json => DeviceEvent.Read(json, "id"), PlainJsonContext.Default.PlainDevice);
        yield return new("schedule", Payloads.Schedule.Length, () => ScheduleEvent.Read(Payloads.Schedule, TimeProvider.System), () => JsonSerializer.Deserialize(Payloads.Schedule, PlainJsonContext.Default.PlainBus));
    }

    private static Subject Http<T>(string name, byte[] json, JsonTypeInfo<T> type) => new(
        name,
        json.Length,
        () =>
        {
            var request = HttpRequestEvent.Read(json);
            if (request.Match(Function, GatewayRoute) is not null || request.Route("id") is null || request.Query("express") is null || request.Header("content-type") is null || request.Body.IsEmpty)
            {
                throw new InvalidOperationException(name);
            }

            return request;
        },
        () => JsonSerializer.Deserialize(json, type));

    private static Subject Messages<T>(string name, byte[] json, Func<ReadOnlyMemory<byte>, MessageBatch> read, JsonTypeInfo<T> type) => new(
        name,
        json.Length,
        () =>
        {
            var batch = read(json);
            return batch.Messages.Exists(static message => message.Detail is Unreadable) ? throw new InvalidOperationException(name) : batch.Messages;
        },
        () => JsonSerializer.Deserialize(json, type));

    private static int Calibrate(Func<object?> work, TimeSpan budget)
    {
        // Past the first tiers of the compiler, which works in the background.
        for (var tier = 0; tier < 4; tier++)
        {
            Time(work, 500);
            Thread.Sleep(120);
        }

        var one = Time(work, 300);
        return Math.Max(10, (int)(budget.TotalMicroseconds / one));
    }

    private static double Time(Func<object?> work, int count)
    {
        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(since).TotalMicroseconds / count;
    }

    private static double Allocated(Func<object?> work)
    {
        const int Count = 200;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
        {
            work();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Count;
    }

    private sealed record Subject(string Name, int Length, Func<object?> Ours, Func<object?> Theirs);
}
