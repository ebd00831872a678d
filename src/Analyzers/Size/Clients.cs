using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Size;

/// <summary>
/// Knows the clients that are meant to be made once: those that own connections, and those that ask for credentials when they are made. By names, so that
/// nothing has to be referenced.
/// </summary>
internal static class Clients
{
    private const string Connections = "it connects anew each time, and its connections stay behind";
    private const string Credentials = "it asks for credentials and connects anew each time";

    private static readonly (string Space, string Name, string Cost)[] Made =
    [
        ("Microsoft.Azure.Cosmos", "CosmosClient", Connections),
        ("MongoDB.Driver", "MongoClient", Connections),
        ("RestSharp", "RestClient", Connections),
        ("Elastic.Clients.Elasticsearch", "ElasticsearchClient", Connections),
        ("Nest", "ElasticClient", Connections),
        ("OpenSearch.Client", "OpenSearchClient", Connections),
    ];

    private static readonly (string Space, string Type, string Method, string Name, string Cost)[] Opened =
    [
        ("Grpc.Net.Client", "GrpcChannel", "ForAddress", "GrpcChannel", Connections),
        ("StackExchange.Redis", "ConnectionMultiplexer", "Connect", "ConnectionMultiplexer", Connections),
        ("StackExchange.Redis", "ConnectionMultiplexer", "ConnectAsync", "ConnectionMultiplexer", Connections),
        ("Npgsql", "NpgsqlDataSource", "Create", "NpgsqlDataSource", Connections),
        ("Confluent.Kafka", "ProducerBuilder", "Build", "producer", Connections),
        ("RabbitMQ.Client", "ConnectionFactory", "CreateConnection", "connection", Connections),
        ("RabbitMQ.Client", "ConnectionFactory", "CreateConnectionAsync", "connection", Connections),
    ];

    /// <summary>What a new object costs, by its type, when it is a client of an SDK; <see langword="null"/> of any other.</summary>
    public static string? CostOf(ITypeSymbol? type)
    {
        if (type is null || type.DeclaringSyntaxReferences.Length > 0 || type.ContainingNamespace is not { IsGlobalNamespace: false } space)
        {
            return null;
        }

        if (type.Name.EndsWith("Client", StringComparison.Ordinal))
        {
            foreach (var (known, name, cost) in Made)
            {
                if (type.Name == name && Is(space, known))
                {
                    return cost;
                }
            }

            return IsUnder(space, "Azure") || (IsUnder(space, "Amazon") && Derives(type, "Amazon.Runtime", "AmazonServiceClient")) ? Credentials : null;
        }

        return type.Name.EndsWith("Service", StringComparison.Ordinal) && IsUnder(space, "Google") && Derives(type, "Google.Apis.Services", "BaseClientService") ? Credentials : null;
    }

    /// <summary>What the object is that a call makes, and what it costs, when it is a client.</summary>
    public static (string Name, string Cost)? CostOf(IMethodSymbol method)
    {
        if (!(method.Name.StartsWith("Create", StringComparison.Ordinal) || method.Name.StartsWith("Connect", StringComparison.Ordinal) || method.Name is "Build" or "BuildAsync" or "ForAddress")
            || method.ContainingType is not { } type || type.DeclaringSyntaxReferences.Length > 0
            || type.ContainingNamespace is not { IsGlobalNamespace: false } space)
        {
            return null;
        }

        foreach (var (known, name, opens, what, cost) in Opened)
        {
            if (method.Name == opens && type.Name == name && Is(space, known))
            {
                return (what, cost);
            }
        }

        if (!IsUnder(space, "Google"))
        {
            return null;
        }

        return method switch
        {
            { Name: "Create" or "CreateAsync", IsStatic: true } when type.Name.EndsWith("Client", StringComparison.Ordinal) || type.Name is "FirestoreDb" or "DatastoreDb" => (type.Name, Credentials),
            { Name: "Build" or "BuildAsync" } when type.Name.EndsWith("ClientBuilder", StringComparison.Ordinal) => (type.Name.Substring(0, type.Name.Length - "Builder".Length), Credentials),
            _ => null,
        };
    }

    /// <summary>Whether a namespace is this one.</summary>
    public static bool Is(INamespaceSymbol space, string name)
    {
        var end = name.Length;
        for (var current = space; !current.IsGlobalNamespace; current = current.ContainingNamespace)
        {
            var start = name.LastIndexOf('.', Math.Max(end - 1, 0)) + 1;
            if (end <= 0 || end - start != current.Name.Length || string.CompareOrdinal(name, start, current.Name, 0, current.Name.Length) != 0)
            {
                return false;
            }

            end = start - 1;
        }

        return end <= 0;
    }

    /// <summary>Whether the outermost namespace has this name.</summary>
    public static bool IsUnder(INamespaceSymbol space, string outermost)
    {
        while (space.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            space = outer;
        }

        return space.Name == outermost;
    }

    /// <summary>Whether a type has a base class of that name.</summary>
    public static bool Derives(ITypeSymbol type, string space, string name)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.Name == name && Is(parent.ContainingNamespace, space))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A value without the conversions around it.</summary>
    public static IOperation Bare(IOperation value)
    {
        while (value is IConversionOperation or IParenthesizedOperation)
        {
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        }

        return value;
    }
}
