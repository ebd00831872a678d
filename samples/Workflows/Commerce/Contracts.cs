namespace Workflows.Commerce;

public sealed record Line(string Sku, int Quantity, int Cents);

public sealed record Purchase(string Id, string Customer, int TotalCents, IReadOnlyList<Line> Lines);

public sealed record Approval(bool Granted, string By);

public sealed record Parcel(string OrderId, string Address);

public sealed record Shipment(string OrderId, string Tracking);

public sealed record Fulfilment(string OrderId, string Status, string? Detail);

public sealed record Trip(string Id, string Traveller, string From, string To, int Nights);

public sealed record Booking(string Kind, string Reference);

public sealed record Itinerary(string TripId, string Status, IReadOnlyList<Booking> Bookings);

public sealed record Payment(string Id, string Account, int Cents);

public sealed record Settled(string PaymentId, string Route, int Rounds);
