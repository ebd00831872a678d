using Portable.Testing;
using Workflows.Commerce;
using static Portable.Benchmarks.Workflows.Figures;

namespace Portable.Benchmarks.Workflows;

/// <summary>Simulated runs per second on each engine, with steps that a script answers.</summary>
internal static class Simulators
{
    public static async Task RunAsync(bool quick)
    {
        var rounds = quick ? 3 : 7;
        var runs = quick ? 50 : 200;
        var engines = Enum.GetValues<Engine>();
        var rates = engines.ToDictionary(static engine => engine, static _ => new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            foreach (var engine in engines)
            {
                var time = await TimedAsync(async () =>
                {
                    for (var run = 0; run < runs; run++)
                    {
                        await SimulateAsync(engine);
                    }
                });
                if (round >= 0)
                {
                    rates[engine].Add(runs / time * 1e6);
                }
            }
        }

        Console.WriteLine($"simulators: {runs} runs of travel-booking, a fresh simulator each, median of {rounds}");
        foreach (var (engine, rate) in rates)
        {
            Print($"workflows.simulator.{engine}", Median(rate), "runs/s");
        }
    }

    private static async Task SimulateAsync(Engine engine)
    {
        var simulator = WorkflowSimulator.For<TravelBooking>(engine);
        simulator.Step("BookFlight").Returns(new Booking("flight", "F-1"));
        simulator.Step("BookHotel").Returns(new Booking("hotel", "H-1"));
        simulator.Step("RentCar").Returns(new Booking("car", "C-1"));
        simulator.Step("Pay").Fails("CardDeclined");
        simulator.Step("CancelFlight").Returns();
        simulator.Step("CancelHotel").Returns();
        simulator.Step("ReturnCar").Returns();
        var result = await simulator.RunAsync(new Trip("T-1", "Ada", "Bonn", "Rome", 3));
        result.AssertFailed("CardDeclined");
        result.AssertCompensations("ReturnCar", "CancelHotel", "CancelFlight");
    }
}
