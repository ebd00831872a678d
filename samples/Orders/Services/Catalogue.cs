using System.Collections.Concurrent;

namespace Orders.Services;

/// <summary>What is known of the articles.</summary>
public interface ICatalogue
{
    void CountView(string sku);

    /// <param name="sku">The article.</param>
    /// <param name="cents">What it costs; null when it is not sold any more.</param>
    void SetPrice(string sku, long? cents);

    long Views(string sku);

    long? PriceOf(string sku);
}

/// <summary>The articles of this process.</summary>
public sealed class Catalogue : ICatalogue
{
    private readonly ConcurrentDictionary<string, long> _views = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _prices = new(StringComparer.Ordinal);

    public void CountView(string sku) => _views.AddOrUpdate(sku, 1, static (_, views) => views + 1);

    public void SetPrice(string sku, long? cents)
    {
        if (cents is { } price)
        {
            _prices[sku] = price;
        }
        else
        {
            _prices.TryRemove(sku, out _);
        }
    }

    public long Views(string sku) => _views.GetValueOrDefault(sku);

    public long? PriceOf(string sku) => _prices.TryGetValue(sku, out var cents) ? cents : null;
}
