// The initializer of 'PORT307.Template' waits for File.ReadAllText: every cold start pays for it, and when it fails the instance cannot answer at all; load it in the first invocation that needs it, and await it there
using Portable;

namespace Traps.Size;

public static class PORT307
{
    private static readonly string Template = File.ReadAllText("template.html");

    [Function("port307"), HttpTrigger("GET", "/port307/{name}"), AllowAnonymous]
    public static string Page(string name) => Template.Replace("{name}", name, StringComparison.Ordinal);
}
