using System.Text.Json.Serialization;

namespace Portable.Aws.Tests;

[JsonSerializable(typeof(byte[]))]
internal sealed partial class TestContextJson : JsonSerializerContext;
