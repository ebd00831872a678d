using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads what a function says of failed deliveries.</summary>
internal static class DeliveryPolicies
{
    /// <summary>
    /// How often a delivery is tried. Without <c>[Retry]</c> it is stated all the same: left to themselves, the clouds' defaults differ from never to for ever
    /// (facts/gcp.md, event delivery).
    /// </summary>
    public static RetryModel? RetryOf(IMethodSymbol method, TriggerModel trigger, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken) =>
        PortableTypes.Attribute(method, "RetryAttribute") is { } policy ? Readings.RetryOf(method, policy, findings, cancellationToken)
        : trigger switch
        {
            MessageTriggerModel => Default(5),
            ScheduleTriggerModel => Default(3),
            _ => null,
        };

    private static RetryModel Default(int attempts) => new(attempts, 1, 2, 0, EquatableArray<string>.Empty);

    /// <summary>The queue of dead letters.</summary>
    public static string? DeadLetterOf(IMethodSymbol method, TriggerModel trigger, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        if (trigger is HttpTriggerModel && PortableTypes.Attribute(method, "RetryAttribute") is { } retry)
        {
            Misplaced(retry, "says how often it is tried again, but whoever sent the request decides that: remove [Retry], or let the function put a message into a queue");
        }

        if (PortableTypes.Attribute(method, "DeadLetterAttribute") is not { } attribute || Readings.FirstText(attribute) is not { } queue)
        {
            return null;
        }

        if (trigger is not MessageTriggerModel message)
        {
            Misplaced(attribute, "has a queue for dead letters, but no messages that could go there: [DeadLetter] belongs to functions of queues, streams, storage, events, tables and devices");
            return null;
        }

        if (!TriggerParser.IsQueueName(queue))
        {
            findings.Add(Findings.Of(RuleIdentifiers.AttributeValue, Readings.LocationOf(attribute, method, cancellationToken), method.Name, $"sends dead letters to '{queue}', a name that not every cloud accepts: {TriggerParser.QueueNameAdvice}"));
            return null;
        }

        if (message is QueueTriggerModel source && source.Queue == queue)
        {
            Misplaced(attribute, $"sends its dead letters to the queue '{queue}' that it reads, where they would go round for ever: name another queue");
            return null;
        }

        return queue;

        void Misplaced(AttributeData misplaced, string problem) =>
            findings.Add(Findings.Of(RuleIdentifiers.MisplacedPolicy, Readings.LocationOf(misplaced, method, cancellationToken), method.Name, problem));
    }
}
