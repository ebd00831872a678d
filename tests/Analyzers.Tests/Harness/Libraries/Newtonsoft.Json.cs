// Stand-in for Newtonsoft.Json: signatures that rules look at.
namespace Newtonsoft.Json
{
    public static class JsonConvert
    {
        public static string SerializeObject(object? value) => "";

        public static T? DeserializeObject<T>(string value) => default;
    }
}

namespace Newtonsoft.Json.Linq
{
    public abstract class JToken
    {
        public T? ToObject<T>() => default;
    }

    public class JObject : JToken
    {
        public static JObject FromObject(object o) => null!;

        public static JObject Parse(string json) => null!;
    }
}
