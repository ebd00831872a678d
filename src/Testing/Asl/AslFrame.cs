using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <summary>A state being executed.</summary>
internal sealed class AslFrame(AslState state, object input, AslVariables variables, AslStop stop)
{
    public AslState State { get; } = state;

    public object Input { get; } = input;

    public AslVariables Variables { get; } = variables;

    public AslStop Stop { get; } = stop;

    public int RetryCount { get; set; }

    public object? Result { get; set; }

    public JsonataObject? ErrorOutput { get; set; }

    public JsonataObject? MapItem { get; set; }

    /// <summary>The token of the attempt that is being made, for a task that waits for one.</summary>
    public AslTaskToken? Token { get; set; }

    public Dictionary<string, object?> Scope(JsonataObject context)
    {
        var scope = Variables.All();
        scope["states"] = new JsonataObject
        {
            ["input"] = Input,
            ["result"] = Result,
            ["errorOutput"] = ErrorOutput,
            ["context"] = context,
        };
        return scope;
    }
}
