using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Fit;

/// <summary>A call that does nothing but let time pass, and for which the code waits.</summary>
/// <param name="Call">The call.</param>
/// <param name="What">The call as messages name it.</param>
/// <param name="Seconds">How long; infinity without an end; <see langword="null"/> when it is not known.</param>
/// <param name="Repeats">Whether it is only of use in a loop: a timer's tick, a turn of a spinning loop.</param>
internal readonly record struct Wait(IInvocationOperation Call, string What, double? Seconds, bool Repeats)
{
    /// <summary>The wait that a call is, if it is one.</summary>
    public static Wait? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method.Name switch
        {
            "Sleep" when TypeNames.Is(method.ContainingType, "System.Threading", "Thread") => new Wait(call, "Thread.Sleep", LengthOf(call, 0), false),
            "Delay" when TypeNames.Is(method.ContainingType, "System.Threading.Tasks", "Task") && IsWaitedFor(call) => new Wait(call, "Task.Delay", LengthOf(call, 0), false),
            "Delay" when TypeNames.Is(method.ContainingType, "System.Threading.Tasks", "TimeProviderTaskExtensions") && IsWaitedFor(call) => new Wait(call, "TimeProvider.Delay", LengthOf(call, 1), false),
            "SpinUntil" when TypeNames.Is(method.ContainingType, "System.Threading", "SpinWait") => new Wait(call, "SpinWait.SpinUntil", call.Arguments.Length > 1 ? LengthOf(call, 1) : double.PositiveInfinity, false),
            "SpinOnce" when TypeNames.Is(method.ContainingType, "System.Threading", "SpinWait") => new Wait(call, "SpinWait.SpinOnce", null, true),
            "WaitForNextTickAsync" when TypeNames.Is(method.ContainingType, "System.Threading", "PeriodicTimer") => new Wait(call, "PeriodicTimer", null, true),
            _ => null,
        };
    }

    /// <summary>Whether it stands in a catch clause, or in code that is handed to something that runs it later.</summary>
    public bool IsAside
    {
        get
        {
            for (var outer = Call.Parent; outer is not null; outer = outer.Parent)
            {
                if (outer is ICatchClauseOperation || (outer is IAnonymousFunctionOperation && IsHandedOver(outer)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static double? LengthOf(IInvocationOperation call, int index) => call.Arguments.Length > index ? WaitLength.SecondsOf(call.Arguments[index].Value) : null;

    // Task.WhenAny(work, Task.Delay(limit)) is a limit and no wait.
    private static bool IsWaitedFor(IInvocationOperation call) => call.Parent switch
    {
        IAwaitOperation => true,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation } => true,
        IInvocationOperation { TargetMethod.Name: "Wait" or "GetAwaiter" } => true,
        _ => false,
    };

    // Task.Run, timers and threads: what they do to a function is said by rules of PORT1xx.
    private static bool IsHandedOver(IOperation lambda)
    {
        var outer = lambda.Parent;
        while (outer is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
        {
            outer = outer.Parent;
        }

        return outer switch
        {
            IInvocationOperation call => call.TargetMethod.Name is "Run" or "StartNew" or "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "Register",
            IObjectCreationOperation creation => creation.Type?.Name is "Timer" or "Thread",
            _ => false,
        };
    }
}
