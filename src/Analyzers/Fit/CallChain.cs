using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Fit;

/// <summary>
/// The calls that change something outside, on the longest way through a body: of the arms of a condition only one is taken, and what is in a
/// <c>catch</c> does not count. Commands of one database are one transaction, and sending several messages to one queue is one thing to do.
/// </summary>
internal sealed class CallChain
{
    private readonly Dictionary<SyntaxNode, List<ExternalCall>> _calls = [];
    private List<ExternalCall> _longest = [];

    private CallChain(IEnumerable<ExternalCall> calls)
    {
        foreach (var call in calls)
        {
            if (!_calls.TryGetValue(call.At, out var known))
            {
                _calls[call.At] = known = [];
            }

            known.Add(call);
        }
    }

    /// <summary>The longest chain of a body.</summary>
    public static List<ExternalCall> Longest(BodyFacts body, List<ExternalCall> calls)
    {
        var chain = new CallChain(calls);
        foreach (var root in body.Roots)
        {
            var way = new Way([], false);
            chain.Walk(root, ref way);
            chain.End(way);
        }

        return chain._longest;
    }

    /// <summary>How many different things some calls do, whatever the way.</summary>
    public static int Different(List<ExternalCall> calls)
    {
        var count = 0;
        for (var i = 0; i < calls.Count; i++)
        {
            count += IsNew(calls, i, calls[i]) ? 1 : 0;
        }

        return count;
    }

    private void Walk(IOperation operation, ref Way way)
    {
        switch (operation)
        {
            case ILocalFunctionOperation:
                break; // counts where it is called
            case IConditionalOperation condition:
                Walk(condition.Condition, ref way);
                Branch(ref way, condition.WhenFalse is null, [condition.WhenTrue, .. condition.WhenFalse is { } otherwise ? [otherwise] : Array.Empty<IOperation>()]);
                break;
            case ISwitchOperation choice:
                Walk(choice.Value, ref way);
                Branch(ref way, true, [.. choice.Cases]);
                break;
            case ISwitchExpressionOperation choice:
                Walk(choice.Value, ref way);
                Branch(ref way, false, [.. choice.Arms]);
                break;
            case ITryOperation attempt:
                Walk(attempt.Body, ref way);
                if (attempt.Finally is { } last)
                {
                    Walk(last, ref way);
                }

                break;
            case IAnonymousFunctionOperation lambda:
                var inner = way;
                Walk(lambda.Body, ref inner);
                way = new Way(inner.Calls, false); // its return is not the body's
                break;
            default:
                foreach (var child in operation.ChildOperations)
                {
                    if (way.HasEnded)
                    {
                        return;
                    }

                    Walk(child, ref way);
                }

                if (operation is IInvocationOperation && _calls.TryGetValue(operation.Syntax, out var calls))
                {
                    way = new Way(With(way.Calls, calls), false);
                }
                else if (operation is IReturnOperation { Kind: OperationKind.Return } or IThrowOperation)
                {
                    End(way);
                    way = new Way(way.Calls, true);
                }

                break;
        }
    }

    private void Branch(ref Way way, bool mayTakeNone, IOperation[] arms)
    {
        Way? taken = mayTakeNone ? way : null;
        foreach (var arm in arms)
        {
            var other = way;
            Walk(arm, ref other);
            if (!other.HasEnded && (taken is null || other.Calls.Count > taken.Value.Calls.Count))
            {
                taken = other;
            }
        }

        way = taken ?? new Way(way.Calls, true);
    }

    private void End(Way way)
    {
        if (way.Calls.Count > _longest.Count)
        {
            _longest = way.Calls;
        }
    }

    private static List<ExternalCall> With(List<ExternalCall> before, List<ExternalCall> calls)
    {
        var all = new List<ExternalCall>(before);
        foreach (var call in calls)
        {
            if (IsNew(all, all.Count, call))
            {
                all.Add(call);
            }
        }

        return all;
    }

    private static bool IsNew(List<ExternalCall> calls, int count, ExternalCall call)
    {
        for (var i = 0; i < count; i++)
        {
            if (IsSame(calls[i], call))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(ExternalCall one, ExternalCall other) => (one.Kind, other.Kind) switch
    {
        (ExternalCallKind.DatabaseWrite, ExternalCallKind.DatabaseWrite) => true,
        (ExternalCallKind.Send or ExternalCallKind.SdkWrite, ExternalCallKind.Send or ExternalCallKind.SdkWrite) => one.What == other.What && SymbolEqualityComparer.Default.Equals(TargetOf(one), TargetOf(other)),
        _ => one.Operation.Syntax == other.Operation.Syntax,
    };

    private static ISymbol? TargetOf(ExternalCall call)
    {
        var instance = call.Operation.Instance ?? (call.Operation.Arguments.Length > 0 ? call.Operation.Arguments[0].Value : null);
        return instance switch
        {
            IMemberReferenceOperation member => member.Member,
            IParameterReferenceOperation parameter => parameter.Parameter,
            ILocalReferenceOperation local => local.Local,
            _ => null,
        };
    }

    // The calls of one way so far, and whether it has left the body.
    private readonly record struct Way(List<ExternalCall> Calls, bool HasEnded);
}
