namespace Portable.Workflows.Tests.Language;

/// <content>The bodies.</content>
public sealed partial class EngineTests
{
    private const string Elapsed = """var minutes = (int)Math.Round((flow.UtcNow - start).TotalMinutes); return Told("waited", minutes);""";

    private static readonly string[] s_bodies =
    [
        // Own functions.
        """async Task<string> Twice(string text) { await flow.Step(Name, text); return await flow.Step(Name, text + "2"); } var a = await Twice(order.Id); var b = await Twice("b"); return Told(a + b);""",
        """async Task<string> Retry(IWorkflow f, int times) { for (var i = 0; i < times; i++) { try { return await f.Step(Charge, order); } catch (StepFailed e) when (e.Code == "Busy") { await f.Delay(TimeSpan.FromSeconds(5)); } } return "none"; } return Told(await Retry(flow, 3));""",
        """var greeting = await Greet(flow, order.Id); if (await Greet(flow, "x") == "x!") { await Settle(flow, 2); } return Told(greeting);""",
        """foreach (var item in order.Items) { await Pack(item); } async Task Pack(Item item) { if (item.Flag) { return; } if (item.Qty == 0) { throw new StepFailed("None", item.Name); } await flow.Step(Name, item.Name); }""",
        """var count = 0; async Task<int> Bump(int by) { count += by; await flow.Step(Stop); return count; } var first = await Bump(2); await Bump(3); return Told("x", first + count);""",
        """async Task<int> Sum() { var sum = 0; foreach (var n in order.Numbers) { try { if (n < 0) { continue; } if (n > 100) { return -1; } sum += 1; } finally { await flow.Step(Count, n); } } return sum; } try { return Told("sum", await Sum()); } catch (StepFailed e) { return Told(e.Code); }""",
        """int Add(int a, int b = 1) => a + b; var x = Add(order.Count); x = Add(x, 5); return Told("x", Add(Add(x)));""",
        """string Clean(string text) => text.Trim().ToLowerInvariant(); string Kind(int n) { if (n < 0) { return "less"; } switch (n) { case 0: return "none"; case 1: return "one"; default: return "many"; } } return Told(Clean(order.Id) + Kind(order.Count) + Kind(1));""",
        """var (a, b) = await flow.Parallel(flow.Branch(() => Greet(flow, "a")), flow.Branch(async () => await Greet(flow, "b"))); var all = await flow.Map(order.Tags, tag => Greet(flow, tag)); return Told(a + b, all.Count);""",
        """var last = ""; Task<string> Pass(string text) => flow.Step(Name, text); void Note(string text) { last = text; } Note("n"); var x = await Pass(last); return Told(x + last);""",
        """try { await Fail(order.Count); } catch (StepFailed e) { return Told(e.Code + e.Message); } async Task Fail(int n) { await flow.Step(Stop); if (n > 1) { throw new StepFailed("Own", $"mine {n}"); } }""",

        // Own methods, and fields that never change.
        """return Told(Shout(order.Id), Half(order.Count), Codes.Contains(order.Id) || Codes[1] == "A");""",
        """var sum = 0m; foreach (var item in order.Items) { sum += order.Price * (1 + Vat); } return Told(sum > 10m ? Codes[0] : string.Join(",", Codes), order.Items.Select(item => Half(item.Qty)).Sum());""",

        // Durations.
        "var start = flow.UtcNow; var wait = TimeSpan.FromMinutes(5); await flow.Delay(wait); " + Elapsed,
        "var start = flow.UtcNow; var wait = TimeSpan.FromMinutes(5); for (var i = 0; i < 3; i++) { await flow.Delay(wait); wait *= 2; } " + Elapsed,
        "var start = flow.UtcNow; var wait = TimeSpan.FromMinutes(Math.Abs(order.Count % 10)); await flow.Delay(wait); " + Elapsed,
        "var start = flow.UtcNow; var wait = await flow.Step(Pick, \"x\"); await flow.Delay(wait); await flow.Delay(await flow.Step(Pick, \"y\")); " + Elapsed,
        "var start = flow.UtcNow; for (var attempt = 0; attempt < 4; attempt++) { await flow.Delay(TimeSpan.FromMinutes(Math.Pow(2, attempt))); } " + Elapsed,
        "var start = flow.UtcNow; await flow.Delay(order.Express ? TimeSpan.FromMinutes(1) : Pause + TimeSpan.FromHours(1)); await flow.Delay(order.Count switch { 1 => Pause, > 3 => 2 * Pause, _ => TimeSpan.Zero }); " + Elapsed,
        "var start = flow.UtcNow; await flow.Until(flow.UtcNow.AddHours(1)); await flow.Until(flow.UtcNow + Pause); await flow.Until(await flow.Step(When, \"x\")); " + Elapsed,
        "var start = flow.UtcNow; var reading = await flow.Step(Read, \"x\"); await flow.Delay(reading.Wait); if (reading.Wait > Pause) { await flow.Delay(reading.Wait - Pause); } " + Elapsed,
        "var start = flow.UtcNow; var pause = Pause; await flow.Delay(pause); return Told($\"{pause} {Pause.TotalSeconds}\", (int)Math.Round((flow.UtcNow - start).TotalMinutes));",
        """try { await flow.Event<string>("paid", order.Express ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(order.Count * 2 + 1000000)); } catch (StepFailed e) { return Told(e.Code); }""",

        // Patterns.
        """switch (order.Price) { case < 0m: return Told("neg"); case > 100m when order.Express: return Told("big"); case 5m or 6m: return Told("five"); default: break; }""",
        """switch (order.Id) { case var id when id.StartsWith("a", StringComparison.Ordinal): return Told("a"); case { Length: > 3 }: return Told("long"); case null: return Told("null"); case not "b": return Told("not b"); }""",
        """switch (order.Count, order.Express) { case (1, true): return Told("a"); case (_, false): return Told("b"); case (> 3, _): return Told("c"); }""",
        """var x = (order.Count, order.Note) switch { (0, _) => "zero", (> 3, null) => "none", (_, { } note) => note, _ => "other" }; return Told(x);""",
        """var x = order.Express switch { true => "yes", false => "no" }; var y = order.Count switch { 0 => "zero", 1 or 2 => "few", < 0 => "less" }; return Told(x + y);""",
        """var x = (order.Count, order.Express) switch { (> 0, true) => "a", (0, _) => "b" }; return Told(x + (order.Note switch { "a" => "1", "b" or "" => "2" }));""",
        """var reading = await flow.Step(Read, "x"); return Told(reading.Level switch { Level.Low => "l", Level.High => "h" } + (order.Limit switch { > 2 => "more", 1 => "one" }));""",
        """var x = order.Extra switch { null => "none", { Note: not null } e => e.Name, var e => e.Note ?? "null" }; return Told(x);""",
        """return Told(order.Tags switch { [] => "none", [var one] => one, ["a", ..] => "a", [var first, .., var last] => first + last });""",
        """if (order is { Items: [] }) { return Told("empty"); } if (order.Tags is [_, .., "b"]) { return Told("b"); } if (order.Items is [{ Qty: > 0, Name: var name }, ..]) { return Told(name); }""",
        """if (order.Main is ("a", > 0, _, var flag)) { return Told("a", 0, flag); } if (order.Extra is not { Flag: true } extra) { return Told("no"); } return Told(extra.Name);""",
        """return Told(order.Tags[^1], order.Numbers.Last() + order.Items[^2].Qty);""",
        """return Told(order.Tags.FirstOrDefault() ?? "none", order.Numbers.FirstOrDefault() + order.Items.First().Qty);""",
        """var list = new List<string>(order.Tags) { "c" }; list.Add("d"); return Told(list[0] + flow.NewGuid().ToString().Length, list.Count);""",

        // What expressions set.
        """if (int.TryParse(order.Id, out var n)) { return Told("number", n); } if (!int.TryParse(order.Note, out var m)) { m = 7; } return Told("x", m + n);""",
        """var reading = await flow.Step(Read, "x"); int found; if (reading.Stock.TryGetValue(order.Id, out found) || reading.Stock.TryGetValue("y", out found)) { return Told("found", found); }""",
        """var sum = 0; foreach (var tag in order.Tags) { if (order.Express && int.TryParse(tag, out var n) && n > 2) { sum += n; } else { sum++; } } return Told("x", sum);""",
        """Item? item; var rounds = 0; while ((item = await flow.Step(Seek, $"a{rounds}")) is not null && rounds < 5) { rounds++; await flow.Step(Name, item.Name); } return Told(item?.Name ?? "none", rounds);""",
        """int a, b; a = b = order.Count; var c = a++; var d = ++b; var ok = c > 2; ok &= order.Express; ok |= d == 0; string? note = null; note ??= "set"; return Told(note, a - b + c - d, ok);""",
        """var names = from item in order.Items where item.Qty > 0 let twice = item.Name + item.Name orderby twice descending select twice; return Told(string.Join(";", names));""",
        """StepFailed? last = null; for (var i = 0; i < 2; i++) { try { await flow.Step(Charge, order); last = null; break; } catch (StepFailed e) { last = e; await flow.Delay(TimeSpan.FromSeconds(i + 1)); } } if (last is not null && last.Code != "Busy") { throw last; } return Told(last?.Message ?? "done");""",

        // Parts.
        """var pair = (order.Id, Twice: order.Count + 1); var (id, count) = (order.Id, pair.Twice); (int A, string B) named = (count, id); named.A = named.A + 5; return Told(pair.Id + id + named.B, pair.Twice + named.A);""",
        """var a = 1; var b = order.Count; (a, b) = (b, a); var both = (a, b); both = (both.b, both.a); var (x, _) = both; return Told("x", a - b + x);""",
        """var (name, qty, note, flag) = order.Main; var made = new { order.Id, Twice = qty + 1, note }; return Told(name + made.Id + made.note, made.Twice, flag);""",
        """var (few, many) = (order.Items.Where(i => i.Qty < 2).ToList(), order.Items.Where(i => i.Qty >= 2).ToList()); foreach (var (name, _, _, flag) in many) { if (flag) { await flow.Step(Name, name); } } return Told("x", few.Count * 10 + many.Count);""",
        """var reading = await flow.Step(Read, "x"); var sum = 0; foreach (var (key, value) in reading.Stock) { await flow.Step(Name, key); sum += value; } foreach (var pair in reading.Stock) { await flow.Step(Count, pair.Value); } foreach (var key in reading.Stock.Keys) { await flow.Step(Name, key + "!"); } return Told(reading.Level == Level.High ? "high" : "low", sum);""",
        """var best = await flow.Parallel(flow.Branch(Name, "a"), flow.Branch(Count, 3)); var n = 0; for (var i = 0; i < 2; i++) { (n, var half) = (n + best.Item2, i); n += half; } return Told(best.Item1, n);""",

        // Failures.
        """try { await flow.Step(Charge, order); } catch (StepFailed e) when (e.Code is "A" or "Busy") { return Told(e.Message); } catch (StepFailed e) when (e.Message.Contains("no", StringComparison.Ordinal)) { return Told("no: " + e.Code); }""",
        """try { await flow.Step(Name, "x"); } catch (StepFailed e) when (e.Code.StartsWith("Http5", StringComparison.Ordinal)) { await flow.Step(Count, 5); } catch (StepFailed e) when (e.Code.Substring(3) == "x") { return Told("never"); } catch (StepFailed) { return Told("other"); }""",
        """try { await flow.Step(Charge, order); } catch (StepFailed e) when (order.Items[0].Flag) { return Told(e.Code); } catch (StepFailed e) when (e.Code == "Declined" && order.Price > 5m) { return Told("dear"); }""",
        """foreach (var n in order.Numbers) { try { await flow.Step(Count, n); } catch (StepFailed e) when (e.Code == "Busy" && n % 2 == 0 && n / 2 > 0) { break; } }""",
    ];
}
