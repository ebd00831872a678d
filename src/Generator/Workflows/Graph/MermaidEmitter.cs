using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Graph;

/// <summary>
/// Draws a workflow as a Mermaid flowchart: steps as boxes, decisions and loops as diamonds, waits and events as stadiums, branches and map
/// items as frames. The graph is of what the user wrote: before compensation is turned into steps, and without assignments.
/// </summary>
internal static class MermaidEmitter
{
    /// <summary>The graph; <see langword="null"/> when the workflow has no compiled body.</summary>
    public static string? Emit(WorkflowModel model)
    {
        if (model.Body is not { } body)
        {
            return null;
        }

        var drawing = new MermaidDrawing(new HashSet<string>(model.Steps.Where(static step => step.Lifted is not null).Select(static step => step.Name), StringComparer.Ordinal));
        drawing.Draw(body, model.CompensatesOnFailure);
        return $"%% Workflow {model.Name}, drawn by Portable from {model.Activation.Type.Name}.{model.Method}.\nflowchart TD\n{drawing}";
    }
}
