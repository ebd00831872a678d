using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads what <c>[Idempotent]</c> says of a function.</summary>
internal sealed class IdempotencyParser
{
    private const int DefaultHours = 24;
    private const int MostHours = 24 * 366;
    private readonly IMethodSymbol _method;
    private readonly TriggerModel _trigger;
    private readonly EquatableArray<ParameterModel> _parameters;
    private readonly Compilation _compilation;
    private readonly Action<string, string> _report;

    private IdempotencyParser(IMethodSymbol method, TriggerModel trigger, EquatableArray<ParameterModel> parameters, Compilation compilation, Action<string, string> report)
    {
        _method = method;
        _trigger = trigger;
        _parameters = parameters;
        _compilation = compilation;
        _report = report;
    }

    /// <summary>The model; <see langword="null"/> for a function without the attribute, and for one that is a finding.</summary>
    public static IdempotencyModel? Parse(
        IMethodSymbol method, TriggerModel trigger, EquatableArray<ParameterModel> parameters, Compilation compilation, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        if (PortableTypes.Attribute(method, "IdempotentAttribute") is not { } attribute || parameters.Count < method.Parameters.Length)
        {
            return null; // with a parameter that is not understood, so is what it identifies
        }

        void Report(string ruleId, string problem) => findings.Add(Findings.Of(ruleId, Readings.LocationOf(attribute, method, cancellationToken), method.Name, problem));
        return new IdempotencyParser(method, trigger, parameters, compilation, Report).Parse(attribute);
    }

    private IdempotencyModel? Parse(AttributeData attribute)
    {
        var key = Readings.FirstText(attribute);
        var header = Readings.Named(attribute, "Header")?.Value as string;
        var byMessage = Readings.Named(attribute, "MessageId")?.Value is true;
        var hours = Readings.Number(attribute, "ExpiresAfterHours", DefaultHours);
        if (SourceProblem(key, header, byMessage) is { } problem)
        {
            _report(RuleIdentifiers.IdempotencySource, problem);
            return null;
        }

        if (hours is < 1 or > MostHours)
        {
            _report(RuleIdentifiers.AttributeValue, $"has [Idempotent] with an ExpiresAfterHours that is not between 1 and {MostHours}");
            return null;
        }

        var parts = key is null ? [] : PartsOf(key);
        return parts is null
            ? null
            : new IdempotencyModel(
                _compilation.AssemblyName ?? "",
                key is not null ? KeySource.Template : header is not null ? KeySource.Header : KeySource.MessageId,
                key ?? header ?? "",
                parts.ToEquatableArray(),
                hours,
                Readings.Named(attribute, "OnStoreFailure")?.Value is 1,
                Readings.Named(attribute, "ValidatePayload")?.Value is true);
    }

    private string? SourceProblem(string? key, string? header, bool byMessage) =>
        _trigger is ScheduleTriggerModel ? "has [Idempotent] and is started by the clock, which sends nothing that identifies a call: let it put messages into a queue, and make their function idempotent"
        : (key is null ? 0 : 1) + (header is null ? 0 : 1) + (byMessage ? 1 : 0) != 1 ? "has [Idempotent] and must say one thing that identifies a call: a member or template, Header, or MessageId = true"
        : byMessage && _trigger is HttpTriggerModel ? "has [Idempotent(MessageId = true)], but requests have no such id: use Header = \"Idempotency-Key\" or members of the payload"
        : header is not null && !IsHeaderName(header) ? $"has [Idempotent(Header = \"{header}\")], which is no name of a header: use letters, digits and hyphens"
        : header is not null && _trigger is MessageTriggerModel { Shape: { HasAttributes: false } shape } ? $"has [Idempotent(Header = \"{header}\")], but {shape.Kind} triggers deliver no attributes: use a member or MessageId = true"
        : null;

    private static bool IsHeaderName(string name) => name.Length > 0 && name.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.');

    private List<KeyPart>? PartsOf(string key)
    {
        if (KeyTemplate.Parse(key, out var problem) is not { } names)
        {
            _report(RuleIdentifiers.IdempotencyTemplate, $"has [Idempotent(\"{key}\")], {problem}");
            return null;
        }

        var parts = new List<KeyPart>();
        foreach (var name in names)
        {
            if (PartOf(name, out problem) is not { } part)
            {
                _report(RuleIdentifiers.IdempotencyTemplate, $"has [Idempotent(\"{key}\")], and '{name}' {problem}");
                return null;
            }

            parts.Add(part);
        }

        return parts;
    }

    private KeyPart? PartOf(string name, out string? problem)
    {
        var members = name.Split('.');
        if (_trigger is HttpTriggerModel)
        {
            for (var i = 0; i < _parameters.Count; i++)
            {
                if (_parameters[i].Name == members[0] && _parameters[i].Source is ParameterSource.Route or ParameterSource.Query or ParameterSource.Header)
                {
                    return _parameters[i].IsArray
                        ? Problem("is an array: use a single value", out problem)
                        : Follow(_method.Parameters[i].Type, members.AsSpan(1), _parameters[i].Name, isBody: false, _parameters[i].Optional, out problem);
                }
            }
        }

        for (var i = 0; i < _parameters.Count; i++)
        {
            if (RootOf(_parameters[i], _method.Parameters[i].Type, out var isBody) is { } root)
            {
                return Follow(root, members, _trigger is HttpTriggerModel ? _parameters[i].Name : null, isBody, _parameters[i].Optional && _trigger is HttpTriggerModel, out problem);
            }
        }

        return Problem("is no parameter, and there is no payload whose member it could be", out problem);
    }

    /// <summary>The type whose members a template names: the payload's, else that of the message.</summary>
    private ITypeSymbol? RootOf(ParameterModel parameter, ITypeSymbol type, out bool isBody)
    {
        isBody = _trigger is MessageTriggerModel { Shape.Body: not null } && parameter.Source != ParameterSource.CloudEvent;
        switch (parameter.Source)
        {
            case ParameterSource.Body or ParameterSource.MessageBody or ParameterSource.CloudEvent:
                return type;
            case ParameterSource.BodyBatch:
                return PortableTypes.ElementOf(type, out _);
            case ParameterSource.Message or ParameterSource.MessageBatch:
                var wrapper = parameter.Source == ParameterSource.MessageBatch ? PortableTypes.ElementOf(type, out _) : type;
                return isBody ? (wrapper as INamedTypeSymbol)?.TypeArguments[0] : wrapper;
            default:
                return null;
        }
    }

    private KeyPart? Follow(ITypeSymbol type, ReadOnlySpan<string> members, string? parameter, bool isBody, bool mayBeNull, out string? problem)
    {
        var path = new StringBuilder();
        foreach (var name in members)
        {
            if (MemberOf(type, name) is not { } member)
            {
                return Problem($"is no member of '{type.Name}' that emitted code can read: use nameof({type.Name}.Member)", out problem);
            }

            // JSON may hold a null where the type says that there is none.
            path.Append(mayBeNull ? "?." : ".").Append(CodeName(name));
            type = member;
            mayBeNull = !type.IsValueType || IsNullable(type);
        }

        var value = IsNullable(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        if (TextOf(value, out var cast) is not { } isText)
        {
            return Problem($"is a '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', which has no text that is the same everywhere: use a string, an integer, an enum, a Guid, a bool, a DateOnly or a DateTimeOffset", out problem);
        }

        problem = null;
        return new KeyPart(parameter, isBody, path.ToString(), cast, isText);
    }

    private ITypeSymbol? MemberOf(ITypeSymbol type, string name)
    {
        for (var level = IsNullable(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers(name))
            {
                if (member is { IsStatic: false } && _compilation.IsSymbolAccessibleWithin(member, _compilation.Assembly))
                {
                    switch (member)
                    {
                        case IPropertySymbol { IsIndexer: false, GetMethod: { } getter } property when _compilation.IsSymbolAccessibleWithin(getter, _compilation.Assembly):
                            return property.Type;
                        case IFieldSymbol field:
                            return field.Type;
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Whether a value is a text; <see langword="null"/> when it can become none.</summary>
    private static bool? TextOf(ITypeSymbol type, out string? cast)
    {
        cast = null;
        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                return true;
            case SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Boolean or SpecialType.System_UInt64:
                return false;
            case SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_UInt32:
                cast = "long?";
                return false;
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
        {
            cast = underlying.SpecialType == SpecialType.System_UInt64 ? "ulong?" : "long?";
            return false;
        }

        return type is { Name: "Guid" or "DateOnly" or "DateTimeOffset", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } ? false : null;
    }

    private static string CodeName(string name) => Readings.Escape(name);

    private static bool IsNullable(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static KeyPart? Problem(string text, out string? problem)
    {
        problem = text;
        return null;
    }
}
