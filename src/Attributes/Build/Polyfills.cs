#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices
{
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class CallerArgumentExpressionAttribute(string parameterName) : Attribute
    {
        public string ParameterName { get; } = parameterName;
    }

    internal static class IsExternalInit;
}

namespace System.Text.Json.Serialization
{
    [AttributeUsage(AttributeTargets.Property)]
    internal sealed class JsonPropertyNameAttribute(string name) : Attribute
    {
        public string Name { get; } = name;
    }
}
#endif
