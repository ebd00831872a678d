using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>
/// Knows which calls do harm when they are made twice. What a name says (<see cref="Effect.Again"/>) is only the beginning: a key that goes along with the
/// call, a statement that inserts only what is not there, a conflict that is caught make it safe. Where that is not clear the call is taken to be safe.
/// </summary>
internal static class Repetition
{
    // What tells a service that two requests are one. All of them are names of members or headers of the services' own APIs.
    private static readonly string[] KeyMembers =
        ["IdempotencyKey", "IdempotencyToken", "ClientToken", "ClientRequestToken", "MessageDeduplicationId", "DeduplicationId", "MessageId", "InstanceId", "ConditionExpression", "IfNoneMatch", "IfMatch"];

    private static readonly string[] KeyHeaders =
        ["Idempotency-Key", "X-Idempotency-Key", "Idempotency-Token", "PayPal-Request-Id", "Repeatability-Request-ID", "If-None-Match", "If-Match"];

    /// <summary>Whether a call that leaves the process does harm when it is made again.</summary>
    /// <param name="call">The call.</param>
    public static bool DoesHarm(IInvocationOperation call)
    {
        if (ExternalCalls.EffectOf(call) is not { Kind: not (ExternalCallKind.Read or ExternalCallKind.HttpPut) } effect)
        {
            return false;
        }

        var body = BodyAround(call);
        return effect.Kind switch
        {
            ExternalCallKind.DatabaseWrite => (effect.Again ? Adds(call, body) : true) && !HasKey(body) && !CatchesConflict(call),
            ExternalCallKind.HttpPost => !HttpRequests.OnlyAsks(call) && !HasKeyHeader(body),
            _ when effect.Again => NamesItAnew(call),
            _ => !HasKey(body) && !SetsRunId(call) && !(effect.Kind == ExternalCallKind.SdkWrite && CatchesConflict(call)),
        };
    }

    /// <summary>Whether a body hands a service a key as a header.</summary>
    public static bool HasKeyHeader(BodyFacts body)
    {
        foreach (var call in body.Calls)
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Value.ConstantValue is { HasValue: true, Value: string text } && Is(text))
                {
                    return true;
                }
            }
        }

        foreach (var text in body.Texts)
        {
            if (Is((string)text.ConstantValue.Value!))
            {
                return true;
            }
        }

        foreach (var written in body.Written)
        {
            if (written is IPropertyReferenceOperation { Property.Name: "IfNoneMatch" or "IfMatch" })
            {
                return true;
            }
        }

        return false;

        static bool Is(string text)
        {
            foreach (var header in KeyHeaders)
            {
                if (string.Equals(text, header, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The body that an operation stands in, lambdas and local functions included.</summary>
    public static BodyFacts BodyAround(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return BodyFacts.Of(ImmutableArray.Create(operation));
    }

    // new PublishOptions { Id = ... }, new RequestOptions { IdempotencyKey = ... }, new StartExecutionRequest { Name = ... }
    private static bool HasKey(BodyFacts body)
    {
        foreach (var written in body.Written)
        {
            if (written is IPropertyReferenceOperation { Property: { ContainingType: { } type } property })
            {
                if (Array.IndexOf(KeyMembers, property.Name) >= 0
                    || (property.Name == "Id" && type.Name == "PublishOptions")
                    || (property.Name == "Name" && type.Name == "StartExecutionRequest"))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // workflows.Start("orders", order, runId: order.Id)
    private static bool SetsRunId(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "runId" or "instanceId" or "idempotencyKey", Value.ConstantValue: not { HasValue: true, Value: null } })
            {
                return true;
            }
        }

        return false;
    }

    // blobs.Put($"{Guid.NewGuid()}.json", ...): what is done again is another object.
    private static bool NamesItAnew(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.SpecialType == SpecialType.System_String && argument.ArgumentKind == ArgumentKind.Explicit && IsNew(argument.Value))
            {
                return true;
            }
        }

        return false;

        static bool IsNew(IOperation value)
        {
            if (value is IInvocationOperation { TargetMethod: { Name: "NewGuid" or "CreateVersion7", ContainingType.Name: "Guid" } })
            {
                return true;
            }

            foreach (var child in value.ChildOperations)
            {
                if (IsNew(child))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether a command whose name does not tell adds or counts: by the texts around an ADO.NET command, by what is added to a context of Entity Framework.</summary>
    private static bool Adds(IInvocationOperation call, BodyFacts body) => call.TargetMethod.Name switch
    {
        "ExecuteNonQuery" or "ExecuteNonQueryAsync" => StatementsAdd(body),
        "SaveChanges" or "SaveChangesAsync" => ContextAdds(body),
        _ when call.TargetMethod.Name.StartsWith("ExecuteSql", StringComparison.Ordinal) => Sql.Of(call) == SqlEffect.Harmful,
        _ => false,
    };

    private static bool StatementsAdd(BodyFacts body)
    {
        foreach (var text in body.Texts)
        {
            if (Sql.Of((string)text.ConstantValue.Value!) == SqlEffect.Harmful)
            {
                return true;
            }
        }

        return false;
    }

    private static bool ContextAdds(BodyFacts body)
    {
        var adds = false;
        foreach (var call in body.Calls)
        {
            if (ExternalCalls.EffectOf(call) is { Kind: ExternalCallKind.Read })
            {
                return false; // it looks first
            }

            adds |= call.TargetMethod is { Name: "Add" or "AddAsync" or "AddRange" or "AddRangeAsync", ContainingType: { Name: "DbSet" or "DbContext" } };
        }

        return adds;
    }

    // Something that is there already is answered with a conflict, and who catches just that knows it.
    private static bool CatchesConflict(IInvocationOperation call)
    {
        for (IOperation operation = call; operation.Parent is { } parent; operation = parent)
        {
            if (parent is ITryOperation attempt && ReferenceEquals(attempt.Body, operation))
            {
                foreach (var clause in attempt.Catches)
                {
                    if (clause.Filter is not null || clause.ExceptionType is not { Name: "Exception" or "Object" or "HttpRequestException" or "TimeoutException" or "OperationCanceledException" })
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
