namespace Portable.Generator.Discovery;

/// <summary>The ids of every rule. Ids are stable: a retired id is never given to another rule.</summary>
internal static class RuleIdentifiers
{
    public const string ExactlyOneTrigger = "PORT001";
    public const string FunctionName = "PORT002";
    public const string DuplicateFunctionName = "PORT003";
    public const string ParameterCannotBeBound = "PORT004";
    public const string MalformedRoute = "PORT005";
    public const string RouteParameterMissing = "PORT006";
    public const string SeveralPayloads = "PORT007";
    public const string ReturnType = "PORT008";
    public const string HandlerNotCallable = "PORT009";
    public const string MalformedCron = "PORT010";
    public const string StartupClass = "PORT011";
    public const string HandlerConstructor = "PORT012";
    public const string AttributeValue = "PORT013";
    public const string EventType = "PORT014";
    public const string NotOnEveryCloud = "PORT015";
    public const string LessOnSomeCloud = "PORT016";
    public const string MisplacedPolicy = "PORT017";
    public const string OneTimeZone = "PORT018";
    public const string LostAfterRetries = "PORT019";
    public const string IdempotencyTemplate = "PORT020";
    public const string IdempotencySource = "PORT021";
    public const string NoIdempotencyStore = "PORT022";

    public const string OutputParameter = "PORT023";
    public const string OutputName = "PORT024";
    public const string PublishedPayload = "PORT025";
    public const string SecretPlace = "PORT026";
    public const string SecretName = "PORT027";

    // PORT028 was what PORT401 and PORT403 are now.
    public const string UnusableValidation = "PORT029";

    // State
    public const string InstanceState = "PORT101";
    public const string StaticState = "PORT102";
    public const string LocalFile = "PORT103";
    public const string FireAndForget = "PORT104";
    public const string AsyncVoid = "PORT105";
    public const string Timer = "PORT106";
    public const string ProcessLock = "PORT107";
    public const string BackgroundThread = "PORT108";
    public const string StepState = "PORT109";
    public const string SingletonData = "PORT110";

    // Retries
    public const string NotIdempotent = "PORT201";
    public const string NullableKey = "PORT202";
    public const string CoarseKey = "PORT203";
    public const string EndlessRetry = "PORT204";
    public const string StepWithoutRetry = "PORT205";
    public const string RetriedPost = "PORT206";
    public const string RetryBudget = "PORT207";
    public const string NoDeadLetter = "PORT208";
    public const string SwallowedFailure = "PORT209";

    // Size
    public const string PayloadWithoutJsonContext = "PORT301";
    public const string WorkflowJsonNaming = "PORT302";
    public const string PackageOverBudget = "PORT303";
    public const string PackageOverLimit = "PORT304";
    public const string UnfitPackage = "PORT305";
    public const string LargeContent = "PORT306";
    public const string SlowStart = "PORT307";
    public const string ClientPerInvocation = "PORT308";
    public const string ReflectedJson = "PORT309";

    // Limits
    public const string TimeLimit = "PORT401";
    public const string MemoryLimit = "PORT402";
    public const string BatchLimit = "PORT403";
    public const string ReservedName = "PORT405";
    public const string PayloadSize = "PORT406";
    public const string Routes = "PORT408";
    public const string ExternalCallTime = "PORT409";

    public const string EnvironmentSize = "PORT407";

    // Fit
    public const string Wait = "PORT501";
    public const string Polling = "PORT502";
    public const string HeavyWork = "PORT503";
    public const string CallChain = "PORT504";
    public const string DirectCall = "PORT505";
    public const string RemoteCall = "PORT506";
    public const string HeldConnection = "PORT507";
    public const string ColdPromise = "PORT508";

    // Inference
    public const string ModelInFunction = "PORT601";
    public const string GpuPackage = "PORT602";
    public const string InferenceWithoutTimeout = "PORT603";
    public const string InferenceLimit = "PORT604";
    public const string SlowInference = "PORT605";
    public const string InferenceWithoutFallback = "PORT606";

    // Workflows
    public const string WorkflowSignature = "PORT701";
    public const string StepSignature = "PORT702";
    public const string UnsupportedStatement = "PORT703";
    public const string UnsupportedExpression = "PORT704";
    public const string ForeignAwait = "PORT705";
    public const string NotAStep = "PORT706";
    public const string InferenceSignature = "PORT707";
    public const string WorkflowName = "PORT708";
    public const string UnsupportedCatch = "PORT709";
    public const string BranchAssignsOuter = "PORT710";
    public const string FanOut = "PORT711";
    public const string EventWait = "PORT712";
    public const string ChildWorkflow = "PORT713";
    public const string Compensation = "PORT714";
    public const string ExpressWorkflow = "PORT715";
    public const string SharedList = "PORT716";
    public const string EventContract = "PORT717";
    public const string ThrownFailure = "PORT718";
    public const string IdempotencyKey = "PORT719";
    public const string Duration = "PORT723";
    public const string NotReplayable = "PORT720";
    public const string LiftingForbidden = "PORT721";
    public const string LiftedExpression = "PORT722";
    public const string OwnFunction = "PORT724";
    public const string MisplacedAttribute = "PORT725";
    public const string GoogleWorkflowsLimit = "PORT730";
    public const string NotUndone = "PORT731";
    public const string NotJson = "PORT732";
    public const string StepPayloadSize = "PORT733";
    public const string LoopWithoutWait = "PORT734";
    public const string WorkflowShape = "PORT735";

    // Build
    public const string MissingAzureExtension = "PORT907";

    // Security and operations
    public const string NoAuthorization = "PORT801";
    public const string AuthorizationPackage = "PORT802";
    public const string AuthorizationPolicy = "PORT803";
    public const string SecretLiteral = "PORT804";
    public const string ContractVersion = "PORT805";
    public const string PayloadLog = "PORT806";
    public const string NoOwner = "PORT807";
}
