namespace Workflows.Commerce;

/// <summary>All of the trip or nothing: what was booked is given back, the last one first.</summary>
public sealed class TravelBooking
{
    [Workflow("travel-booking", CompensateOnFailure = true)]
    public async Task<Itinerary> Run(IWorkflow flow, Trip trip)
    {
        var flight = await flow.Step(BookFlight, trip);
        if (trip.Nights == 0)
        {
            return new Itinerary(trip.Id, "day trip", [flight]);
        }

        var (hotel, car) = await flow.Parallel(flow.Branch(BookHotel, trip), flow.Branch(RentCar, trip));
        await flow.Step(Pay, trip);
        return new Itinerary(trip.Id, "booked", [flight, hotel, car]);
    }

    [Step, Compensate(nameof(CancelFlight))]
    public Task<Booking> BookFlight(Trip trip) => Task.FromResult(new Booking("flight", "F-" + trip.Id));

    [Step, Compensate(nameof(CancelHotel)), Retry(MaxAttempts = 2)]
    public Task<Booking> BookHotel(Trip trip) => Task.FromResult(new Booking("hotel", "H-" + trip.Id));

    [Step, Compensate(nameof(ReturnCar))]
    public Task<Booking> RentCar(Trip trip) => trip.To == "Venice" ? throw new StepFailed("NoCars", "There are no cars in Venice.") : Task.FromResult(new Booking("car", "C-" + trip.Id));

    [Step(TimeoutSeconds = 30), Idempotent(nameof(Trip.Id)), Retry(MaxAttempts = 3, On = ["BankBusy", "Timeout"], IntervalSeconds = 2, BackoffRate = 2)]
    public Task Pay(Trip trip) => Task.CompletedTask;

    [Step, Retry(MaxAttempts = 5, IntervalSeconds = 1)]
    public Task CancelFlight(Booking booking) => Task.CompletedTask;

    [Step, Retry(MaxAttempts = 5, IntervalSeconds = 1)]
    public Task CancelHotel(Booking booking) => Task.CompletedTask;

    [Step, Retry(MaxAttempts = 5, IntervalSeconds = 1)]
    public Task ReturnCar(Booking booking) => Task.CompletedTask;
}
