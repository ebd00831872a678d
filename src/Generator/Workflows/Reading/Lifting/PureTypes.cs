using Microsoft.CodeAnalysis;

namespace Portable.Generator.Workflows.Reading;

/// <summary>The types of the framework whose members depend on nothing but their arguments, and the members of theirs that do not.</summary>
internal static class PureTypes
{
    private const string Time = "reads the clock, which another replay reads differently: use flow.UtcNow";
    private const string Identifier = "makes an identifier, which another replay makes differently: use flow.NewGuid()";
    private const string Chance = "takes a random number, which another replay takes differently: take it in a step";
    private const string Machine = "depends on the machine or the process that it runs in: read it in a step";

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "System.Object", "System.String", "System.Char", "System.Boolean", "System.Byte", "System.SByte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32",
        "System.Int64", "System.UInt64", "System.Int128", "System.UInt128", "System.Half", "System.Single", "System.Double", "System.Decimal", "System.Math", "System.MathF",
        "System.Convert", "System.BitConverter", "System.DateTime", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Guid",
        "System.Uri", "System.Version", "System.StringComparer", "System.Nullable", "System.Nullable`1", "System.Enum", "System.Index", "System.Range",
        "System.MemoryExtensions", "System.ReadOnlySpan`1", "System.Tuple", "System.ValueTuple", "System.Numerics.BigInteger", "System.Linq.Enumerable",
        "System.Linq.IGrouping`2", "System.Linq.ILookup`2", "System.Linq.IOrderedEnumerable`1", "System.Text.RegularExpressions.Regex", "System.Text.RegularExpressions.Match",
        "System.Text.RegularExpressions.Group", "System.Text.RegularExpressions.Capture", "System.Text.RegularExpressions.GroupCollection", "System.Text.RegularExpressions.MatchCollection",
        "System.Text.Encoding", "System.Text.Rune", "System.Text.Json.JsonElement", "System.Text.Json.JsonSerializer", "System.Globalization.CultureInfo", "System.Globalization.NumberFormatInfo",
        "System.Collections.Generic.KeyValuePair", "System.Collections.Generic.KeyValuePair`2", "System.Collections.Generic.EqualityComparer`1", "System.Collections.Generic.Comparer`1",
        "System.Collections.Generic.CollectionExtensions", "System.Net.WebUtility",
    };

    // Of lists, dictionaries and sets, what only looks.
    private static readonly HashSet<string> Reads = new(StringComparer.Ordinal)
    {
        "Contains", "ContainsKey", "ContainsValue", "IndexOf", "LastIndexOf", "Exists", "Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex", "TrueForAll", "GetRange", "Slice",
        "ToArray", "BinarySearch", "TryGetValue", "AsReadOnly", "ConvertAll", "Empty", "IsSubsetOf", "IsSupersetOf", "IsProperSubsetOf", "IsProperSupersetOf", "Overlaps", "SetEquals",
        "Peek", "get_Item", "GetLength", "Create", "CreateRange", "ToImmutableArray", "ToImmutableList", "ToImmutableDictionary", "ToImmutableHashSet", "ToFrozenSet", "ToFrozenDictionary",
    };

    public static bool Knows(INamedTypeSymbol type) => Types.Contains(NameOf(type)) || type.IsTupleType;

    public static bool IsCollection(ITypeSymbol type) =>
        type is IArrayTypeSymbol || (type is INamedTypeSymbol named && (named.SpecialType == SpecialType.System_Array
            || NameOf(named) is var name && name.StartsWith("System.Collections.", StringComparison.Ordinal) && !name.StartsWith("System.Collections.Concurrent.", StringComparison.Ordinal)));

    /// <summary>Types that code makes and changes for itself, such as <c>StringBuilder</c>.</summary>
    public static bool IsMade(INamedTypeSymbol type) => NameOf(type) == "System.Text.StringBuilder" || IsCollection(type);

    /// <summary>Whether a method does nothing but compute its result.</summary>
    public static bool Allows(IMethodSymbol method)
    {
        method = method.ReducedFrom ?? method;
        if (method.MethodKind == MethodKind.DelegateInvoke || WhyNotReplayable(method) is not null)
        {
            return false;
        }

        // Everything else overrides these: a call through the base type may do anything.
        return method.ContainingType.SpecialType == SpecialType.System_Object ? method.Name is "Equals" && method.IsStatic
            : Knows(method.ContainingType) || method.ContainingType.TypeKind == TypeKind.Enum
            || (IsCollection(method.ContainingType) && Reads.Contains(method.Name))
            || (method.IsStatic && method.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "PureAttribute", ContainingNamespace.Name: "Contracts" }));
    }

    /// <summary>Why a member gives another value on each replay, with what to use instead; <see langword="null"/> when it does not.</summary>
    public static string? WhyNotReplayable(ISymbol member) => (NameOf(member.ContainingType), member.Name) switch
    {
        ("System.DateTime" or "System.DateTimeOffset", "Now" or "UtcNow" or "Today") or ("System.TimeProvider", "GetUtcNow" or "GetLocalNow" or "GetTimestamp") or ("System.Diagnostics.Stopwatch", _) => Time,
        ("System.Guid", "NewGuid" or "CreateVersion7") => Identifier,
        ("System.Random" or "System.Security.Cryptography.RandomNumberGenerator", _) or ("System.IO.Path", "GetRandomFileName" or "GetTempFileName") => Chance,
        ("System.Environment", "TickCount" or "TickCount64" or "MachineName" or "ProcessId" or "CurrentDirectory" or "GetEnvironmentVariable" or "CurrentManagedThreadId")
            or ("System.DateTime" or "System.DateTimeOffset", "ToLocalTime" or "LocalDateTime") or ("System.TimeZoneInfo", "Local")
            or (_, "GetHashCode") or ("System.Globalization.CultureInfo", "CurrentCulture" or "CurrentUICulture") or ("System.String", "Intern" or "IsInterned") => Machine,
        _ => null,
    };

    private static string NameOf(INamedTypeSymbol? type) => type is null ? ""
        : type.ContainingType is null && type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}"
        : type.MetadataName;
}
