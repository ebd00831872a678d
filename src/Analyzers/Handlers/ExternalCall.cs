using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>A call to the world outside the process.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="What">The call as messages name it: <c>HttpClient.PostAsync</c>.</param>
/// <param name="Operation">The call itself, in whatever body it stands.</param>
/// <param name="At">The node of the body that was asked about: the call, or the call through which it is reached.</param>
/// <param name="Through">The method that is called at <paramref name="At"/>, as messages name it; <see langword="null"/> for a call in the asked body itself.</param>
internal sealed record ExternalCall(ExternalCallKind Kind, string What, IInvocationOperation Operation, SyntaxNode At, string? Through = null)
{
    /// <summary>Whether the call changes something outside.</summary>
    public bool HasSideEffect => Kind != ExternalCallKind.Read;

    /// <summary>Whether it is made in the asked body itself.</summary>
    public bool IsDirect => Through is null;

    /// <summary>Whether it does harm when it is made twice, as far as that is clear.</summary>
    public bool DoesHarmTwice => Repetition.DoesHarm(Operation);

    /// <summary>The call with the way to it, for messages: <c>HttpClient.PostAsync (through Bank.Charge)</c>.</summary>
    public string Path => Through is null ? What : $"{What} (through {Through})";
}
