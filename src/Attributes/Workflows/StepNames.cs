namespace Portable;

/// <summary>The name of a step from the text of the argument that is its method group.</summary>
internal static class StepNames
{
    public static string Of(string expression) => expression.Substring(expression.LastIndexOf('.') + 1).Trim();

    /// <summary>Whether the text is a method group of a step; a lambda or a local function runs as it is.</summary>
    public static bool IsStep(IWorkflow flow, string expression)
    {
        foreach (var c in expression)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '.' or '@' or ' '))
            {
                return false;
            }
        }

        return flow.IsStep(Of(expression));
    }
}
