//// a log beside the program
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Fulfil(Order order) => File.AppendAllText([|"orders.log"|], order.Id + "\n");
}

//// a report in a folder of the program
namespace Shop;

public static class Reports
{
    [Function, HttpTrigger("POST", "/reports/{id}"), AllowAnonymous]
    public static async Task Build(string id, CancellationToken ct) =>
        await File.WriteAllTextAsync([|Path.Combine(AppContext.BaseDirectory, "reports", id)|], "report", ct);
}

//// an absolute folder
namespace Shop;

public static class Export
{
    [Function, ScheduleTrigger("0 3 * * *")]
    public static void Nightly() => Directory.CreateDirectory([|"/var/exports"|]);
}

//// a drive of Windows
namespace Shop;

public static class Export
{
    [Function, ScheduleTrigger("0 3 * * *")]
    public static void Nightly()
    {
        using var writer = new StreamWriter([|@"D:\exports\orders.csv"|]);
        writer.WriteLine("id;cents");
    }
}

//// a stream of a step
namespace Shop;

public sealed class Fulfilment
{
    [Step]
    public async Task Label(Order order, CancellationToken ct)
    {
        await using var file = new FileStream([|$"labels/{order.Id}.pdf"|], FileMode.CreateNew, FileAccess.Write);
        await file.WriteAsync(new byte[] { 1 }, ct);
    }
}

//// the current folder by a local
namespace Shop;

public static class Uploads
{
    [Function, HttpTrigger("PUT", "/uploads/{name}"), AllowAnonymous]
    public static void Put(string name)
    {
        var folder = Environment.CurrentDirectory;
        var path = Path.Combine(folder, name);
        File.WriteAllBytes([|path|], [1, 2, 3]);
    }
}

//// an archive unpacked
namespace Shop;

public static class Archives
{
    [Function, HttpTrigger("POST", "/archives/{name}"), AllowAnonymous]
    public static void Unpack(string name) => System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(Path.GetTempPath(), name), [|"unpacked"|]);
}
