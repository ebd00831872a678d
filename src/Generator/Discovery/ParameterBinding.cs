using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Decides where each parameter of a handler comes from, the same way for every cloud.</summary>
internal sealed class ParameterBinding(IMethodSymbol method, TriggerModel trigger, ImmutableArray<string> routeParameters, ImmutableArray<Finding>.Builder findings)
{
    private bool _hasPayload;

    /// <summary>The type of the payload's JSON; <see langword="null"/> when there is none.</summary>
    public ITypeSymbol? PayloadType { get; private set; }

    public EquatableArray<ParameterModel> Bind()
    {
        var models = ImmutableArray.CreateBuilder<ParameterModel>(method.Parameters.Length);
        foreach (var parameter in method.Parameters)
        {
            if (Bind(parameter) is { } model)
            {
                models.Add(model);
            }
        }

        if (trigger is MessageTriggerModel { Shape: var shape } && !_hasPayload && models.Count == method.Parameters.Length)
        {
            Report(RuleIdentifiers.ParameterCannotBeBound, method, method.Name, $"has a {shape.Kind} trigger and takes no message: take {Expected(shape)}");
        }

        return new EquatableArray<ParameterModel>(models.ToImmutable());
    }

    private ParameterModel? Bind(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        if (Readings.IsBroken(type))
        {
            return null; // the compiler says it
        }

        if (parameter.RefKind != RefKind.None || type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Delegate or TypeKind.Dynamic)
        {
            return Unbound(parameter, "cannot be bound on any cloud: take a value, a service, a CancellationToken or the InvocationContext");
        }

        if (PortableTypes.IsCancellationToken(type))
        {
            return Plain(parameter, ParameterSource.Cancellation);
        }

        if (PortableTypes.IsPortable(type, "InvocationContext"))
        {
            return Plain(parameter, ParameterSource.Context);
        }

        if (PortableTypes.Attribute(parameter, "FromServicesAttribute") is not null)
        {
            return Plain(parameter, ParameterSource.Service);
        }

        if (SecretReading.IsMarked(parameter))
        {
            // One that cannot be is a rule of its own, and then there is no function.
            return SecretReading.Of(parameter) is { } secret ? Plain(parameter, ParameterSource.Service) with { Secret = secret } : null;
        }

        if (OutputParameters.Of(parameter) is { } output)
        {
            return Plain(parameter, ParameterSource.Service) with { Output = output };
        }

        return trigger switch
        {
            HttpTriggerModel http => BindHttp(parameter, http),
            MessageTriggerModel message => BindMessage(parameter, message.Shape),
            _ => BindSchedule(parameter),
        };
    }

    private ParameterModel? BindHttp(IParameterSymbol parameter, HttpTriggerModel http)
    {
        if (PortableTypes.IsClaimsPrincipal(parameter.Type))
        {
            return Plain(parameter, ParameterSource.User);
        }

        var route = PortableTypes.Attribute(parameter, "FromRouteAttribute");
        var query = PortableTypes.Attribute(parameter, "FromQueryAttribute");
        var header = PortableTypes.Attribute(parameter, "FromHeaderAttribute");
        var body = PortableTypes.Attribute(parameter, "FromBodyAttribute");
        if (body is not null)
        {
            return Body(parameter);
        }

        if (header is not null)
        {
            return Text(parameter, ParameterSource.Header, NameOf(header, parameter));
        }

        if (route is not null)
        {
            var name = NameOf(route, parameter);
            if (!routeParameters.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Report(RuleIdentifiers.RouteParameterMissing, parameter, parameter.Name, $"is bound to the route, but the route '{http.Route}' has no parameter '{{{name}}}'");
                return null;
            }

            return Text(parameter, ParameterSource.Route, name);
        }

        if (query is not null)
        {
            return Text(parameter, ParameterSource.Query, NameOf(query, parameter));
        }

        if (routeParameters.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
        {
            return Text(parameter, ParameterSource.Route, parameter.Name);
        }

        if (ParseOf(parameter.Type, out _) != ParseKind.None
            || (PortableTypes.ElementOf(parameter.Type, out var isArray) is { } element && isArray && ParseOf(element, out _) is ParseKind.Text or ParseKind.Parsable && element.SpecialType != SpecialType.System_Byte))
        {
            return Text(parameter, ParameterSource.Query, parameter.Name);
        }

        if (IsService(parameter.Type))
        {
            return Plain(parameter, ParameterSource.Service);
        }

        return http.Method is "GET" or "HEAD" or "DELETE" or "OPTIONS"
            ? Unbound(parameter, $"would be the body of a {http.Method} request, which many gateways drop: say [FromServices] if it is a service, or [FromBody] if the body is meant")
            : Body(parameter);
    }

    private ParameterModel? BindMessage(IParameterSymbol parameter, MessageShape shape)
    {
        if (PortableTypes.Attribute(parameter, "FromHeaderAttribute") is { } header)
        {
            return !shape.HasAttributes ? Unbound(parameter, $"is an attribute of a message, and {shape.Kind} triggers deliver none: take it from the {shape.Wrapper}")
                : parameter.Type.SpecialType == SpecialType.System_String && !method.Parameters.Any(IsBatch) ? Text(parameter, ParameterSource.Header, NameOf(header, parameter))
                : Unbound(parameter, "is an attribute of a message: take it as a string beside a single message");
        }

        if (IsService(parameter.Type) && PortableTypes.Attribute(parameter, "FromBodyAttribute") is null && !IsBatch(parameter))
        {
            return Plain(parameter, ParameterSource.Service);
        }

        if (!TakePayload(parameter))
        {
            return null;
        }

        if (trigger is EventTriggerModel && PortableTypes.IsCloudEvent(parameter.Type))
        {
            return Plain(parameter, ParameterSource.CloudEvent);
        }

        if (IsWrapper(parameter.Type, shape, out var body))
        {
            return Payload(parameter, ParameterSource.Message, body);
        }

        if (PortableTypes.ElementOf(parameter.Type, out var isArray) is { } element && element.SpecialType != SpecialType.System_Byte)
        {
            if (!shape.TakesBatches)
            {
                return Unbound(parameter, $"is a batch, and {shape.Kind} triggers deliver one at a time: take {Expected(shape)}");
            }

            if (IsWrapper(element, shape, out body))
            {
                return Payload(parameter, ParameterSource.MessageBatch, body, isArray);
            }

            return shape.Body is null ? Unbound(parameter, $"is no list of {Expected(shape)}, which {shape.Kind} triggers deliver") : Payload(parameter, ParameterSource.BodyBatch, element, isArray);
        }

        return shape.Body is null || OtherWrapper(parameter.Type, shape) ? Unbound(parameter, $"is not what a {shape.Kind} trigger delivers: take {Expected(shape)}") : Payload(parameter, ParameterSource.MessageBody, parameter.Type);
    }

    private ParameterModel? BindSchedule(IParameterSymbol parameter)
    {
        if (PortableTypes.IsPortable(parameter.Type, "ScheduledEvent"))
        {
            return Plain(parameter, ParameterSource.Scheduled);
        }

        return IsService(parameter.Type) || parameter.Type.TypeKind == TypeKind.Class && parameter.Type.SpecialType == SpecialType.None
            ? Plain(parameter, ParameterSource.Service)
            : Unbound(parameter, "cannot come from a schedule: take a ScheduledEvent, a service, a CancellationToken or the InvocationContext");
    }

    private ParameterModel? Body(IParameterSymbol parameter) => TakePayload(parameter) ? Payload(parameter, ParameterSource.Body, parameter.Type) : null;

    private bool TakePayload(IParameterSymbol parameter)
    {
        if (_hasPayload)
        {
            Report(RuleIdentifiers.SeveralPayloads, parameter, parameter.Name, "is a second payload: put both into a record, or say [FromServices] if it is a service");
            return false;
        }

        _hasPayload = true;
        return true;
    }

    private ParameterModel? Text(IParameterSymbol parameter, ParameterSource source, string wireName)
    {
        var type = parameter.Type;
        var isArray = false;
        if (source == ParameterSource.Query && PortableTypes.ElementOf(type, out isArray) is { } element && isArray)
        {
            type = element;
        }
        else
        {
            isArray = false;
        }

        var parse = ParseOf(type, out var underlying);
        var isNullable = !SymbolEqualityComparer.Default.Equals(type, underlying) || (!type.IsValueType && parameter.NullableAnnotation == NullableAnnotation.Annotated);
        var optional = isNullable || parameter.HasExplicitDefaultValue;
        if (parse == ParseKind.None || (isArray && (parse == ParseKind.Enum || isNullable)))
        {
            return Unbound(parameter, $"is bound to text, and '{type.ToDisplayString()}' cannot be read from it: use a string, an enum or a type that implements IParsable<T>");
        }

        if (source == ParameterSource.Route && optional)
        {
            return Unbound(parameter, "is part of the route and therefore always there: make it neither nullable nor optional");
        }

        if (source == ParameterSource.Header && parse == ParseKind.Enum)
        {
            return Unbound(parameter, "is a header: take it as a string and parse it");
        }

        return new ParameterModel(
            parameter.Name, source, wireName, Readings.TypeOf(parameter.Type), Readings.TypeOf(underlying), parse, optional, DefaultOf(parameter), isArray);
    }

    private ParameterModel Payload(IParameterSymbol parameter, ParameterSource source, ITypeSymbol? payload, bool isArray = false)
    {
        PayloadType = payload;
        return new(parameter.Name, source, parameter.Name, Readings.TypeOf(parameter.Type), payload is null ? null : Readings.TypeOf(payload), ParseKind.None, parameter.NullableAnnotation == NullableAnnotation.Annotated, null, isArray);
    }

    private static ParameterModel Plain(IParameterSymbol parameter, ParameterSource source) =>
        new(parameter.Name, source, parameter.Name, Readings.TypeOf(parameter.Type), null, ParseKind.None, parameter.NullableAnnotation == NullableAnnotation.Annotated, null, false);

    private ParameterModel? Unbound(IParameterSymbol parameter, string problem)
    {
        Report(RuleIdentifiers.ParameterCannotBeBound, parameter, parameter.Name, problem);
        return null;
    }

    private void Report(string ruleId, ISymbol symbol, string name, string problem) => findings.Add(Findings.Of(ruleId, Readings.LocationOf(symbol), name, problem));

    private static bool IsService(ITypeSymbol type) => type.TypeKind == TypeKind.Interface && !PortableTypes.IsCollectionInterface(type);

    private static bool IsBatch(IParameterSymbol parameter) => PortableTypes.ElementOf(parameter.Type, out _) is { SpecialType: not SpecialType.System_Byte };

    /// <summary>Whether the type is what the trigger wraps bodies in; the body's type where it has one.</summary>
    private static bool IsWrapper(ITypeSymbol type, MessageShape shape, out ITypeSymbol? body)
    {
        body = shape.IsGeneric && type is INamedTypeSymbol { TypeArguments.Length: 1 } named ? named.TypeArguments[0] : null;
        return PortableTypes.IsPortable(type, shape.Wrapper) && shape.IsGeneric == (body is not null);
    }

    private static bool OtherWrapper(ITypeSymbol type, MessageShape shape) =>
        type.Name != shape.Wrapper && type.Name is "Message" or "StreamRecord" or "StorageEvent" or "Event" or "TableChange" or "DeviceMessage" && PortableTypes.IsPortable(type, type.Name);

    private static string Expected(MessageShape shape) => (shape.IsGeneric ? shape.Wrapper + "<T>" : shape.Wrapper) + (shape.Body is null ? "" : ", or the body itself");

    private static string NameOf(AttributeData attribute, IParameterSymbol parameter) => Readings.Named(attribute, "Name")?.Value as string ?? parameter.Name;

    private static ParseKind ParseOf(ITypeSymbol type, out ITypeSymbol underlying)
    {
        underlying = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return underlying switch
        {
            { SpecialType: SpecialType.System_String } => ParseKind.Text,
            { TypeKind: TypeKind.Enum } => ParseKind.Enum,
            _ when PortableTypes.IsParsable(underlying) => ParseKind.Parsable,
            _ => ParseKind.None,
        };
    }

    private static string Special(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "PositiveInfinity" : "NegativeInfinity";

    private static string? DefaultOf(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
        {
            return null;
        }

        var type = Readings.TypeOf(parameter.Type).FullName;
        return parameter.ExplicitDefaultValue switch
        {
            null => parameter.Type.IsValueType ? $"default({type})" : "null",
            double number when double.IsNaN(number) || double.IsInfinity(number) => "double." + Special(number),
            float number when float.IsNaN(number) || float.IsInfinity(number) => "float." + Special(number),
            double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
            var value when ParseOf(parameter.Type, out _) == ParseKind.Enum => $"({type})({Convert.ToString(value, CultureInfo.InvariantCulture)})",
            var value => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false) is { Length: > 0 } text ? text : $"default({type})",
        };
    }
}
