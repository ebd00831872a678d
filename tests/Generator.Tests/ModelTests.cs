using System.Reflection;
using System.Runtime.CompilerServices;

namespace Portable.Generator.Tests;

/// <summary>What flows through the pipeline is plain data: equal when it says the same, and free of the compiler's objects.</summary>
public sealed class ModelTests
{
    private static readonly Assembly Generator = typeof(PortableGenerator).Assembly;

    public static TheoryData<string> Types => [.. Generator.GetTypes()
        .Where(type => type.Namespace is "Portable.Generator.Model" or "Portable.Generator.Workflows.Ir" && !type.IsEnum && !type.IsNested)
        .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !(type.IsAbstract && type.IsSealed))
        .Where(IsRecord)
        .Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_of_the_model_is_plain_and_equatable(string name)
    {
        var type = Generator.GetType(name)!;
        Assert.True(typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type), $"{name} is not equatable.");
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            AssertPlain(field.FieldType, $"{name}.{field.Name}");
        }
    }

    [Fact]
    public void There_is_a_model() => Assert.True(Types.Count > 20);

    private static void AssertPlain(Type type, string where)
    {
        Assert.False(type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) ?? false, $"{where} holds {type}, which belongs to the compiler.");
        if (type.IsGenericType && type.Name.StartsWith("EquatableArray", StringComparison.Ordinal))
        {
            AssertPlain(type.GetGenericArguments()[0], where);
            return;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            type = underlying;
        }

        Assert.True(
            type.IsPrimitive || type.IsEnum || type == typeof(string) || (type.Assembly == Generator && IsEquatable(type)),
            $"{where} holds {type}, which is not compared by value.");
    }

    private static bool IsEquatable(Type type) => typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type);

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
}
