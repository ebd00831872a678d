// Process start -> first response, beside the bare minimum program for the same protocol, in one interleaved run.
//   dotnet run -c Release --project benchmarks/ColdStart [-- --quick] [--runs N] [--only aws|gcp]
// --quick takes what an earlier run has published where there is such a thing, leaves ReadyToRun out, and starts each program less often.
using System.Runtime.CompilerServices;
using Portable.Benchmarks.ColdStart;

var quick = args.Contains("--quick");
var only = Option("--only");
var runs = int.Parse(Option("--runs") ?? (quick ? "21" : "61"));
var here = Path.GetDirectoryName(SourceFile())!;
var publisher = new Publisher(Path.Combine(here, "Apps"), Path.Combine(here, "../../artifacts/coldstart"), reuse: quick);

const string HelloEvent = """
    {"version":"2.0","routeKey":"GET /hello","rawPath":"/hello","rawQueryString":"name=you","headers":{"accept":"*/*","accept-encoding":"gzip, deflate, br","host":"id.execute-api.us-east-1.amazonaws.com","user-agent":"curl/8.5","x-amzn-trace-id":"Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700","x-forwarded-for":"203.0.113.7","x-forwarded-port":"443","x-forwarded-proto":"https"},"queryStringParameters":{"name":"you"},"requestContext":{"accountId":"123456789012","apiId":"id","domainName":"id.execute-api.us-east-1.amazonaws.com","domainPrefix":"id","http":{"method":"GET","path":"/hello","protocol":"HTTP/1.1","sourceIp":"203.0.113.7","userAgent":"curl/8.5"},"requestId":"JKJaXmPLvHcESHA=","routeKey":"GET /hello","stage":"$default","time":"12/Mar/2026:19:03:58 +0000","timeEpoch":1583348638390},"isBase64Encoded":false}
    """;
const string GreetEvent = """
    {"version":"2.0","routeKey":"POST /greet/{name}","rawPath":"/greet/you","rawQueryString":"","headers":{"accept":"*/*","content-type":"application/json","host":"id.execute-api.us-east-1.amazonaws.com","user-agent":"curl/8.5","x-forwarded-proto":"https"},"requestContext":{"accountId":"123456789012","apiId":"id","domainName":"id.execute-api.us-east-1.amazonaws.com","http":{"method":"POST","path":"/greet/you","protocol":"HTTP/1.1","sourceIp":"203.0.113.7","userAgent":"curl/8.5"},"requestId":"JKJaXmPLvHcESHA=","stage":"$default"},"pathParameters":{"name":"you"},"body":"{\"text\":\"Hello\"}","isBase64Encoded":false}
    """;

// How each program is published: NativeAOT; compiled ahead for the shared runtime, as managed deployables are; and not at all.
(string Kind, string Framework, string Property)[] kinds = quick
    ? [("aot", "net9.0", ""), ("jit", "net10.0", "")]
    : [("aot", "net9.0", ""), ("r2r", "net10.0", "-p:ColdStartReadyToRun=true"), ("jit", "net10.0", "")];
var groups = new List<(string Title, double? Goal, Subject[] Subjects)>();
if (only is null or "aws")
{
    var hello = new LambdaCase("Hello", HelloEvent, "Hello, you");
    var greet = new LambdaCase("Greet", GreetEvent, "Hello, you");
    foreach (var (kind, framework, property) in kinds)
    {
        var bare = publisher.Publish("AwsBare", kind, framework, property);
        var portable = publisher.Publish("AwsPortable", kind, framework, property);
        var services = publisher.Publish("AwsServices", kind, framework, property);
        groups.Add(("aws-" + kind, kind == "aot" ? 1.25 : null,
        [
            Subject.Lambda("bare", bare, hello),
            Subject.Lambda("portable", portable, hello),
            Subject.Lambda("portable-json", portable, greet),
            Subject.Lambda("portable-services", services, hello),
        ]));
    }
}

if ((only is null or "gcp") && Directory.Exists(Path.Combine(here, "Apps/GcpPortable")))
{
    foreach (var (kind, framework, property) in kinds)
    {
        groups.Add(("gcp-" + kind, kind == "aot" ? 1.25 : null,
        [
            new Subject("bare", publisher.Publish("GcpBare", kind, framework, property), "GcpBare", Subject.Web("/hello?name=you", "Hello, you")),
            new Subject("portable", publisher.Publish("GcpPortable", kind, framework, property), "GcpPortable", Subject.Web("/hello?name=you", "Hello, you")),
        ]));
    }
}

// Interleaved, so that whatever else the machine does falls on all of them alike. The first rounds warm the page cache.
for (var run = -3; run < runs; run++)
{
    foreach (var group in groups)
    {
        foreach (var subject in group.Subjects)
        {
            subject.MeasureOnce(count: run >= 0);
        }
    }
}

Console.WriteLine();
Console.WriteLine($"{"program",-26} {"median ms",10} {"min ms",8} {"ratio",7} {"warm us",8} {"RSS MB",8} {"size MB",9} {"zip MB",8}");
foreach (var (title, _, subjects) in groups)
{
    foreach (var subject in subjects)
    {
        subject.Zip();
        subject.MeasureWarm();
        Console.WriteLine(
            $"{title + " " + subject.Name,-26} {subject.MedianMs,10:F2} {subject.MinMs,8:F2} {subject.MedianMs / subjects[0].MedianMs,7:F2} {subject.WarmUs,8:F0} {subject.MedianMb,8:F1} {subject.SizeMb,9:F2} {subject.ZippedMb,8:F2}");
    }
}

Console.WriteLine();
foreach (var (title, goal, subjects) in groups)
{
    foreach (var subject in subjects.Skip(1))
    {
        var ratio = subject.MedianMs / subjects[0].MedianMs;
        Console.WriteLine($"figure coldstart.{title}.{subject.Name} {ratio:F2} x-bare goal {(goal is { } most ? $"{most:F2} {(ratio <= most ? "ok" : "short")}" : "none ok")}");
    }

    if (goal is not null)
    {
        Console.WriteLine($"figure package.{title}.zipped {subjects[1].ZippedMb:F2} MB goal 6.00 {(subjects[1].ZippedMb <= 6 ? "ok" : "short")}");
    }
}

string? Option(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}

static string SourceFile([CallerFilePath] string path = "") => path;
