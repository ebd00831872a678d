using Workflows.Commerce;

namespace Workflows.Tests;

/// <summary>What is given back, in which order, and what happens when even that fails.</summary>
public sealed class TravelBookingTests
{
    private static readonly Trip s_trip = new("T-1", "Ada", "Bonn", "Rome", 3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine)
    {
        var simulator = WorkflowSimulator.For<TravelBooking>(engine);
        simulator.Step("BookFlight").Returns(new Booking("flight", "F-1"));
        simulator.Step("BookHotel").Returns(new Booking("hotel", "H-1"));
        simulator.Step("RentCar").Returns(new Booking("car", "C-1"));
        simulator.Step("Pay").Returns();
        simulator.Step("CancelFlight").Returns();
        simulator.Step("CancelHotel").Returns();
        simulator.Step("ReturnCar").Returns();
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Everything_is_booked(Engine engine)
    {
        var result = await Simulator(engine).RunAsync(s_trip, Stop);

        var itinerary = result.Output<Itinerary>();
        Assert.Equal("booked", itinerary.Status);
        Assert.Equal(["F-1", "H-1", "C-1"], itinerary.Bookings.Select(static booking => booking.Reference));
        result.AssertCalls("BookFlight", "BookHotel", "RentCar", "Pay").AssertCompensations();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_day_trip_needs_no_bed(Engine engine)
    {
        var result = await Simulator(engine).RunAsync(s_trip with { Nights = 0 }, Stop);

        Assert.Equal("F-1", Assert.Single(result.Output<Itinerary>().Bookings).Reference);
        result.AssertCalls("BookFlight");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_card_that_is_declined_gives_everything_back_the_last_first(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Pay").Fails("CardDeclined", message: "No funds.");

        var result = await simulator.RunAsync(s_trip, Stop);

        result.AssertFailed("CardDeclined", "No funds.").AssertCalls("BookFlight", "BookHotel", "RentCar", "Pay", "ReturnCar", "CancelHotel", "CancelFlight");
        Assert.Equal(["C-1", "H-1", "F-1"], result.Compensations.Select(static call => call.Input<Booking>().Reference));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_bank_that_is_busy_is_asked_again(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Pay").Fails("BankBusy", times: 2);

        var result = await simulator.RunAsync(s_trip, Stop);

        Assert.Equal("booked", result.Output<Itinerary>().Status);
        Assert.Equal([1, 2, 3], result.CallsOf("Pay").Select(static call => call.Attempt));
        Assert.Equal(TimeSpan.FromSeconds(2 + 4), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_bank_that_does_not_answer_counts_as_a_failure(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Pay").Takes(TimeSpan.FromMinutes(5));

        var result = await simulator.RunAsync(s_trip, Stop);

        result.AssertFailed("Timeout").AssertCompensations("ReturnCar", "CancelHotel", "CancelFlight");
        Assert.Equal(3, result.CallsOf("Pay").Count);
        Assert.Equal(TimeSpan.FromSeconds(30 + 2 + 30 + 4 + 30), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_branch_that_fails_lets_the_other_finish_so_that_it_can_be_undone(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("RentCar").Fails("NoCars");
        simulator.Step("BookHotel").Fails("Overbooked").Takes(TimeSpan.FromSeconds(3));

        var result = await simulator.RunAsync(s_trip, Stop);

        result.AssertFailed("NoCars").AssertCompensations("CancelHotel", "CancelFlight");
        Assert.Equal(2, result.CallsOf("BookHotel").Count);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_cannot_be_undone_is_said_and_the_rest_is_undone(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Pay").Fails("CardDeclined");
        simulator.Step("CancelHotel").FailsAlways("HotelAsleep");

        var result = await simulator.RunAsync(s_trip, Stop);

        result.AssertFailed("CompensationFailed", "Not undone: CancelHotel (HotelAsleep)").AssertCompensations("ReturnCar", "CancelHotel", "CancelHotel", "CancelHotel", "CancelHotel", "CancelHotel", "CancelFlight");
    }

    [Fact]
    public async Task A_trip_stays_within_its_budget_of_transitions()
    {
        var result = await Simulator(Engine.StepFunctions).RunAsync(s_trip, Stop);
        Assert.InRange(result.BilledTransitions, 1, 9);
    }
}
