// 'Print' calls JsonSerializer.Serialize for 'Uri', which finds members by reflection, and that is compiled away with native hosting: give it the contract of a JsonSerializerContext with [JsonSerializable(typeof(Uri))]
using System.Text.Json;
using Portable;

namespace Traps.Size;

public static class PORT309
{
    [Function("port309"), HttpTrigger("GET", "/port309"), AllowAnonymous]
    public static string Print() => JsonSerializer.Serialize(new Uri("https://shop.example"));
}
