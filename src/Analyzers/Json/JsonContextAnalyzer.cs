namespace Portable.Analyzers.Json;
public static class JsonContextAnalyzer { public const string TypeProperty = "Type"; public const string TypeNameProperty = "TypeName"; }
