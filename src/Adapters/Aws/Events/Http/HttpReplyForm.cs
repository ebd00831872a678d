using Portable.Runtime;

namespace Portable.Aws.Events.Http;

/// <summary>What a front door expects of an answer.</summary>
/// <param name="MaxBytes">The most bytes of the answer as JSON.</param>
/// <param name="Repeated">Where a header of several values goes.</param>
/// <param name="HasCookies">Whether cookies have a list of their own.</param>
/// <param name="HasDescription">Whether the status is also said in words, and encoding always.</param>
/// <param name="CanStream">Whether there is a way to stream answers to it.</param>
internal sealed record HttpReplyForm(int MaxBytes, RepeatedHeaders Repeated, bool HasCookies = false, bool HasDescription = false, bool CanStream = true)
{
    private const int Lambda = CloudLimits.LambdaPayload;
    private const int Balancer = CloudLimits.LoadBalancerPayload;

    /// <summary>Format 2.0.</summary>
    public static HttpReplyForm Format2 { get; } = new(Lambda, RepeatedHeaders.Joined, HasCookies: true);

    /// <summary>Format 1.0.</summary>
    public static HttpReplyForm Format1 { get; } = new(Lambda, RepeatedHeaders.Beside);

    /// <summary>A load balancer's target group without multi-value headers.</summary>
    public static HttpReplyForm LoadBalancer { get; } = new(Balancer, RepeatedHeaders.Joined, HasDescription: true, CanStream: false);

    /// <summary>A load balancer's target group with multi-value headers.</summary>
    public static HttpReplyForm LoadBalancerMultiValue { get; } = new(Balancer, RepeatedHeaders.Lists, HasDescription: true, CanStream: false);

    /// <summary>The prelude of a streamed answer, whose body is not part of it.</summary>
    public static HttpReplyForm Streamed { get; } = new(Lambda, RepeatedHeaders.Joined, HasCookies: true);
}

/// <summary>Where a header of several values goes.</summary>
internal enum RepeatedHeaders
{
    /// <summary>Into <c>headers</c>, its values joined by commas.</summary>
    Joined,

    /// <summary>Into <c>multiValueHeaders</c>, beside the <c>headers</c> of one value.</summary>
    Beside,

    /// <summary>Into <c>multiValueHeaders</c>, where all headers go.</summary>
    Lists,
}
