using Portable.Generator.Workflows.Asl;
using Portable.Testing;
using Portable.Workflows.Tests.References;

namespace Portable.Workflows.Tests.Asl;

/// <summary>
/// The workflows of <c>samples/Workflows</c>, compiled from their source, bill no more state transitions than machines of the same
/// algorithm that a careful person wrote (<c>HandWritten/*.json</c>): when they succeed, and when they fail.
/// </summary>
public sealed class ReferenceTransitionTests(AslOracle oracle) : IClassFixture<AslOracle>
{
    private const string Order = """{"id":"o1","customer":"c","totalCents":TOTAL,"lines":[]}""";
    private const string Trip = """{"id":"t1","traveller":"a","from":"Bonn","to":"Rome","nights":NIGHTS}""";
    private const string Payment = """{"id":"p1","account":"a","cents":5}""";
    private const string Region = """{"version":"2","soakMinutes":1,"region":"north"}""";
    private const string Child = "child:${RegionReleaseStateMachineArn}";

    private static readonly Dictionary<string, (string Input, StepScript Script)[]> s_runs = new(StringComparer.Ordinal)
    {
        ["order-with-approval"] =
        [
            (Order.Replace("TOTAL", "5", StringComparison.Ordinal), Nothing("Reserve").Returns("child:${ShipParcelStateMachineArn}", """{"tracking":"x"}""")),
            (Order.Replace("TOTAL", "500000", StringComparison.Ordinal), Nothing("Reserve", "AskForApproval").Returns("event:approval", """{"granted":true,"by":"b"}""").Returns("child:${ShipParcelStateMachineArn}", """{"tracking":"x"}""")),
            (Order.Replace("TOTAL", "500000", StringComparison.Ordinal), Nothing("Reserve", "AskForApproval", "Release").Returns("event:approval", """{"granted":false,"by":"b"}""")),
            (Order.Replace("TOTAL", "500000", StringComparison.Ordinal), Nothing("Reserve", "AskForApproval", "Release").FailsAlways("event:approval", "Timeout")),
            (Order.Replace("TOTAL", "5", StringComparison.Ordinal), Nothing("Reserve").FailsAlways("child:${ShipParcelStateMachineArn}", "NoCourier")),
            (Order.Replace("TOTAL", "5", StringComparison.Ordinal), new StepScript().FailsAlways("Reserve", "SoldOut")),
        ],
        ["ship-parcel"] =
        [
            ("""{"orderId":"o1","address":"a"}""", new StepScript().Returns("PrintLabel", "\"l\"").Returns("BookCourier", "\"c\"")),
            ("""{"orderId":"o1","address":"a"}""", new StepScript().Returns("PrintLabel", "\"l\"").FailsAlways("BookCourier", "Busy")),
        ],
        ["travel-booking"] =
        [
            (Trip.Replace("NIGHTS", "0", StringComparison.Ordinal), Booked()),
            (Trip.Replace("NIGHTS", "2", StringComparison.Ordinal), Booked()),
            (Trip.Replace("NIGHTS", "2", StringComparison.Ordinal), Booked().FailsAlways("RentCar", "NoCars")),
            (Trip.Replace("NIGHTS", "2", StringComparison.Ordinal), Booked().FailsAlways("Pay", "NoFunds")),
            (Trip.Replace("NIGHTS", "2", StringComparison.Ordinal), Booked().FailsAlways("Pay", "NoFunds").FailsAlways("CancelHotel", "Closed")),
            (Trip.Replace("NIGHTS", "2", StringComparison.Ordinal), new StepScript().FailsAlways("BookFlight", "Full")),
        ],
        ["escalating-payment"] =
        [
            (Payment, Nothing("ChargeCard")),
            (Payment, Nothing("Remind", "DebitBank").FailsAlways("ChargeCard", "CardDeclined")),
            (Payment, Nothing("Remind", "Collect").FailsAlways("ChargeCard", "Busy").FailsAlways("DebitBank", "Refused")),
            (Payment, new StepScript().FailsAlways("ChargeCard", "AccountClosed")),
        ],
        ["video-pipeline"] =
        [
            ("""{"id":"v1","url":"u","formats":["a","b"]}""", Rendered()),
            ("""{"id":"v1","url":"u","formats":[]}""", Rendered()),
            ("""{"id":"v1","url":"u","formats":["a"]}""", Rendered().FailsAlways("Verify", "Broken")),
        ],
        ["document-pipeline"] =
        [
            ("""{"id":"d1","url":"u"}""", Read().Returns("${DocumentModelEndpoint}", """{"kind":"bill","confidence":95}""")),
            ("""{"id":"d1","url":"u"}""", Read().Returns("${DocumentModelEndpoint}", """{"kind":"bill","confidence":9}""").Returns("event:review", """{"kind":"letter","by":"b"}""")),
            ("""{"id":"d1","url":"u"}""", Read().FailsAlways("${DocumentModelEndpoint}", "InferenceFailed").FailsAlways("event:review", "Timeout")),
            ("""{"id":"d1","url":"u"}""", Read().Returns("${DocumentModelEndpoint}", """{"kind":"bill","confidence":95}""").FailsAlways("File", "Locked")),
        ],
        ["nightly-batch"] =
        [
            ("""{"day":"d","accounts":["a","b"]}""", Nothing("Send").Returns("Prepare", """{"account":"a","lines":1}""")),
            ("""{"day":"d","accounts":["a","b"]}""", Nothing("Alert").Returns("Prepare", """{"account":"a","lines":1}""").FailsAlways("Send", "Bounced")),
            ("""{"day":"d","accounts":["a"]}""", new StepScript().FailsAlways("Prepare", "NoData").FailsAlways("Alert", "Mute")),
        ],
        ["long-job"] =
        [
            ("""{"name":"n","longestPolls":9}""", Nothing("Cancel").Returns("Start", "\"j\"").Answers("Ask", Turns("running", "running", "done"))),
            ("""{"name":"n","longestPolls":2}""", Nothing("Cancel").Returns("Start", "\"j\"").Answers("Ask", Turns("running"))),
            ("""{"name":"n","longestPolls":9}""", Nothing("Cancel").Returns("Start", "\"j\"").Answers("Ask", Turns("running", "failed"))),
        ],
        ["release-rollout"] =
        [
            ("""{"version":"2","soakMinutes":1,"canary":"c","regions":["a","b"]}""", new StepScript().Returns(Child, "{}").Returns("publish:com.acme.release.rolled-out", "null")),
            ("""{"version":"2","soakMinutes":1,"canary":"c","regions":["a","b"]}""", new StepScript().Returns(Child, "{}").FailsAlways("publish:com.acme.release.rolled-out", "Full")),
            ("""{"version":"2","soakMinutes":1,"canary":"c","regions":["a","b"]}""", new StepScript().FailsAlways(Child, "Unhealthy")),
        ],
        ["region-release"] =
        [
            (Region, Nothing("Install", "ShiftTraffic").Returns("Measure", """{"requests":9,"failedPerMille":1}""")),
            (Region, Nothing("Install", "ShiftTraffic", "RestoreTraffic", "Uninstall").Returns("Measure", """{"requests":9,"failedPerMille":99}""")),
            (Region, Nothing("Install", "Uninstall").FailsAlways("ShiftTraffic", "Stuck")),
            (Region, new StepScript().FailsAlways("Install", "NoSpace")),
        ],
    };

    public static TheoryData<string> Names => ReferenceWorkflows.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_more_transitions_than_by_hand(string workflow) =>
        Transitions.NoMoreThan(HandWritten.Reference(workflow), AslEmitter.Emit(ReferenceWorkflows.Model(workflow))!, oracle, sameFailure: true, s_runs[workflow]);

    private static StepScript Nothing(params string[] steps) => steps.Aggregate(new StepScript(), (script, step) => script.Returns(step, "null"));

    private static StepScript Booked() =>
        Nothing("Pay", "CancelFlight", "CancelHotel", "ReturnCar").Returns("BookFlight", Booking("flight")).Returns("BookHotel", Booking("hotel")).Returns("RentCar", Booking("car"));

    private static string Booking(string kind) => $$"""{"kind":"{{kind}}","reference":"r"}""";

    private static StepScript Rendered() =>
        Nothing("Probe", "Verify", "Announce").Returns("Transcode", """{"format":"f","url":"u","megabytes":1}""").Returns("Thumbnail", "\"t\"");

    private static StepScript Read() => Nothing("File", "AskReviewer").Returns("ReadText", """{"documentId":"d1","text":"t"}""");

    // The same turns again in the next run: the last one begins them anew.
    private static Func<string, string> Turns(params string[] states)
    {
        var turn = 0;
        return _ => $$"""{"status":"{{states[turn++ % states.Length]}}","percent":10}""";
    }
}
