using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// Gives every member in a workflow its name in JSON. All payloads of a workflow follow one naming policy: their values flow into
/// each other, and the engines copy JSON as it is.
/// </summary>
internal static class JsonNames
{
    /// <summary>The workflow with JSON names; without a body when its payloads follow different policies.</summary>
    public static WorkflowModel Apply(WorkflowModel model, EquatableArray<JsonContextModel> contexts)
    {
        model = model with { Steps = model.Steps.Select(step => Keyed(step, contexts)).ToEquatableArray() };
        if (model.Body is null)
        {
            return model;
        }

        if (Policies(model, contexts) is not { Count: <= 1 } policies)
        {
            return model with { Body = null };
        }

        var namer = new Namer(policies.Count == 0 ? JsonNaming.CamelCase : policies.First().Value);
        return model with { Body = namer.Block(model.Body) };
    }

    /// <summary>
    /// Two payload types of the workflow whose contexts name members differently, or <see langword="null"/> when all agree.
    /// </summary>
    public static (string First, string Second)? Conflict(WorkflowModel model, EquatableArray<JsonContextModel> contexts) =>
        Policies(model, contexts) is { Count: > 1 } policies ? (policies[0].Key, policies[1].Key) : null;

    // One entry per policy, keyed by the first payload type that follows it.
    private static List<KeyValuePair<string, JsonNaming>> Policies(WorkflowModel model, EquatableArray<JsonContextModel> contexts)
    {
        var found = new List<KeyValuePair<string, JsonNaming>>();
        foreach (var type in Payloads(model))
        {
            var naming = NamingOf(type.FullName, contexts);
            if (!found.Exists(entry => entry.Value == naming))
            {
                found.Add(new KeyValuePair<string, JsonNaming>(type.Name, naming));
            }
        }

        return found;
    }

    private static IEnumerable<TypeRef> Payloads(WorkflowModel model)
    {
        var used = new HashSet<string>(IrSteps.Of(model.Body).Select(step => step.Step), StringComparer.Ordinal);
        if (model.IsSaga)
        {
            used.UnionWith(model.Steps.Where(step => used.Contains(step.Name)).Select(static step => step.Compensation?.Step).OfType<string>());
        }

        return new[] { model.Input, model.Output }
            .Concat(model.Steps.Where(step => used.Contains(step.Name)).SelectMany(step => new[] { step.Input, step.Output }))
            .Concat(model.Payloads)
            .Concat(model.Steps.Where(static step => step.Lifted is not null).SelectMany(static step => step.Lifted!.Variables.Select(static variable => variable.Type)))
            .OfType<TypeRef>()
            .Where(static type => HasMembers(type.FullName));
    }

    // Lists name nothing themselves; their elements may.
    private static bool HasMembers(string type)
    {
        const string lists = "global::System.Collections.Generic.";
        type = type.TrimEnd('?');
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return HasMembers(type.Substring(0, type.Length - 2));
        }

        var arguments = type.StartsWith(lists, StringComparison.Ordinal) ? type.IndexOf('<') : -1;
        return arguments > 0 && type.IndexOf(',') < 0 ? HasMembers(type.Substring(arguments + 1, type.Length - arguments - 2)) : !Simple.Contains(type);
    }

    // The key is looked up in the payload's JSON at run time, whether the body can be compiled or not.
    private static StepModel Keyed(StepModel step, EquatableArray<JsonContextModel> contexts) => step is { KeyMember: { Json: null } key, Input: { } input }
        ? step with { KeyMember = key with { Json = JsonNamingPolicies.Convert(key.Member, NamingOf(input.FullName, contexts)) } }
        : step;

    private static JsonNaming NamingOf(string type, EquatableArray<JsonContextModel> contexts)
    {
        foreach (var context in contexts)
        {
            foreach (var named in context.Types)
            {
                if (string.Equals(named, type, StringComparison.Ordinal))
                {
                    return context.Naming;
                }
            }
        }

        return JsonNaming.CamelCase;
    }

    // Types without members to name.
    private static readonly HashSet<string> Simple = new(StringComparer.Ordinal)
    {
        "string", "bool", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "char", "object",
        "bool?", "byte?", "sbyte?", "short?", "ushort?", "int?", "uint?", "long?", "ulong?", "float?", "double?", "decimal?", "char?",
        "global::System.Guid", "global::System.DateTime", "global::System.DateTimeOffset", "global::System.TimeSpan", "global::System.Uri",
        "global::System.Text.Json.JsonElement",
    };

    private sealed class Namer(JsonNaming naming) : IrRewriter
    {
        protected override IrExpression Expression(IrExpression expression) => base.Expression(expression) switch
        {
            IrMember member => member with { Name = Named(member.Name) },
            IrObject made => made with { Fields = Named(made.Fields) },
            IrMerge merge => merge with { Fields = Named(merge.Fields) },
            var other => other,
        };

        private EquatableArray<IrField> Named(EquatableArray<IrField> fields) => fields.Select(field => field with { Name = Named(field.Name) }).ToEquatableArray();

        private IrName Named(IrName name) => name with { Json = name.Json ?? JsonNamingPolicies.Convert(name.Member, naming) };
    }
}
