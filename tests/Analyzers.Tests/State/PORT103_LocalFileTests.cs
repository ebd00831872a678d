using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.State;

public sealed class PORT103_LocalFileTests
{
    [Theory]
    [InlineData("File.WriteAllText([|\"orders.txt\"|], order.Id);", "'Handle' writes to the relative path 'orders.txt' by 'File.WriteAllText'")]
    [InlineData("await File.AppendAllTextAsync([|\"/var/log/orders.txt\"|], order.Id, ct);", "writes to '/var/log/orders.txt'")]
    [InlineData("Directory.CreateDirectory([|@\"C:\\orders\"|]);", null)]
    [InlineData("using var file = File.Create([|$\"out/{order.Id}.json\"|]);", "the relative path 'out/'")]
    [InlineData("File.WriteAllText([|\"out/\" + order.Id|], \"\");", null)]
    [InlineData("File.WriteAllText([|Path.Combine(\"out\", order.Id)|], \"\");", null)]
    [InlineData("File.WriteAllText([|Path.Combine(AppContext.BaseDirectory, order.Id)|], \"\");", "the folder of the program")]
    [InlineData("File.WriteAllText([|Path.Combine(Environment.CurrentDirectory, \"a\", \"b\", \"c\", order.Id)|], \"\");", "the current folder")]
    [InlineData("File.WriteAllText([|$\"{Directory.GetCurrentDirectory()}/{order.Id}\"|], \"\");", null)]
    [InlineData("var path = Path.Combine(\"out\", order.Id); File.WriteAllText([|path|], \"\");", null)]
    [InlineData("using var writer = new StreamWriter([|\"orders.csv\"|]);", "new StreamWriter")]
    [InlineData("using var stream = new FileStream([|\"orders.bin\"|], FileMode.Create);", "new FileStream")]
    [InlineData("using var stream = File.Open([|\"orders.bin\"|], FileMode.Open, FileAccess.ReadWrite);", null)]
    [InlineData("File.Copy(\"template.txt\", [|\"copy.txt\"|]);", null)]
    public Task Written_outside(string statement, string? message) => Check.Reports("PORT103", HandlerSource.With(statement), message);

    [Theory]
    [InlineData("File.WriteAllText(Path.Combine(Path.GetTempPath(), order.Id), \"\");")]
    [InlineData("File.WriteAllText(Path.GetTempFileName(), \"\");")]
    [InlineData("File.WriteAllText(\"/tmp/orders.txt\", \"\");")]
    [InlineData("File.WriteAllText($\"/tmp/{order.Id}\", \"\");")]
    [InlineData("File.WriteAllText(\"/mnt/orders/\" + order.Id, \"\");")]
    [InlineData("File.WriteAllText(order.Id, \"\");")]
    [InlineData("File.WriteAllText($\"{order.Id}.txt\", \"\");")]
    [InlineData("Console.WriteLine(File.ReadAllText(\"template.txt\"));")]
    [InlineData("using var stream = new FileStream(\"template.bin\", FileMode.Open);")]
    [InlineData("using var stream = File.Open(\"template.bin\", FileMode.Open, FileAccess.Read);")]
    [InlineData("using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, \"table.json\"));")]
    [InlineData("using var writer = new StreamWriter(new MemoryStream());")]
    [InlineData("var path = \"out\"; path = Path.GetTempPath(); File.WriteAllText(path, \"\");")]
    public Task Not_written_outside(string statement) => Check.Silent(HandlerSource.With(statement));

    [Fact]
    public Task Code_without_handlers_may() => Check.Silent(HandlerSource.Beside("public static class Tool { public static void Run() => File.WriteAllText(\"out.txt\", \"\"); }"));

    [Fact]
    public Task A_relative_path_goes_to_the_scratch_folder() => Fix.Changes(
        "PORT103",
        HandlerSource.With("File.WriteAllText(\"a.txt\", /* id */ order.Id);\nFile.WriteAllText($\"b-{order.Id}\", \"\");\nFile.WriteAllText(Path.Combine(\"out\", order.Id), \"\");"),
        HandlerSource.With("File.WriteAllText(Path.Combine(Path.GetTempPath(), \"a.txt\"), /* id */ order.Id);\nFile.WriteAllText(Path.Combine(Path.GetTempPath(), $\"b-{order.Id}\"), \"\");\nFile.WriteAllText(Path.Combine(Path.GetTempPath(), \"out\", order.Id), \"\");"),
        all: true);

    [Theory]
    [InlineData("File.WriteAllText(\"/var/orders.txt\", \"\");")]
    [InlineData("File.WriteAllText(\"../orders.txt\", \"\");")]
    [InlineData("var path = \"a.txt\"; File.WriteAllText(path, \"\");")]
    public Task Where_it_belongs_is_not_known(string statement) => Fix.NotOffered("PORT103", HandlerSource.With(statement));
}
