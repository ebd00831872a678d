// 'Unlisted' is named by no JsonSerializerContext, so that it is read and written by reflection, which AOT and trimming take away: add [JsonSerializable(typeof(Unlisted))] to a context of the project
using Portable;

namespace Traps.Json;

public static class PORT301
{
    [Function("port301"), HttpTrigger("POST", "/port301"), AllowAnonymous]
    public static string Run(Unlisted order) => order.Id;

    public sealed record Unlisted(string Id);
}
