using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Retries;

public sealed class PORT209_SwallowedFailureTests
{
    private const string Store = "public interface IStore { Task Save(Order order); Task<bool> Mark(string id); void Note(string id); }";
    private const string Services = "IStore store, ILogger<OrderFunctions> log";

    [Theory]
    [InlineData("try\n{\n    await store.Save(order);\n}\n[|catch (Exception e)|]\n{\n    log.LogError(e, \"failed\");\n}")]
    [InlineData("try { await store.Save(order); } [|catch|] { }")]
    [InlineData("try { await store.Save(order); } catch (FormatException) { throw; } [|catch (Exception)|] { Console.WriteLine(order.Id); return; }")]
    [InlineData("ArgumentNullException.ThrowIfNull(order);\nusing var scope = log.BeginScope(order.Id);\nlog.LogInformation(\"begins\");\ntry { await store.Save(order); } [|catch (Exception e)|] { System.Diagnostics.Activity.Current?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, e.Message); }\nlog.LogInformation(\"ends\");")]
    [InlineData("if (order.Cents > 0)\n{\n    try { store.Note(order.Id); } [|catch (Exception e)|] { var text = e.ToString(); log.LogError(text); }\n}")]
    [InlineData("foreach (var id in order.Id.Split(','))\n{\n    try { await store.Mark(id); } [|catch (Exception e)|] { log.LogError(e, id); continue; }\n}")]
    public Task Everything_is_caught(string body) => Check.Reports("PORT209", Source(body), "'Handle' catches every failure of its work and returns: the message counts as done, is not tried again and is in no dead letter");

    [Theory]
    [InlineData("try { await store.Save(order); } catch (Exception e) { log.LogError(e, \"failed\"); throw; }")]
    [InlineData("try { await store.Save(order); } catch (Exception e) { if (order.Cents > 0) throw; log.LogError(e, \"free\"); }")]
    [InlineData("try { await store.Save(order); } catch (FormatException e) { log.LogError(e, \"failed\"); }")]
    [InlineData("try { await store.Save(order); } catch (Exception e) when (e is FormatException) { log.LogError(e, \"failed\"); }")]
    [InlineData("try { await store.Save(order); } catch (Exception) { await store.Mark(order.Id); }")]
    [InlineData("try { await store.Save(order); } catch (Exception) { store.Note(order.Id); }")]
    [InlineData("await store.Save(order);\ntry { await store.Mark(order.Id); } catch (Exception e) { log.LogWarning(e, \"no mail\"); }")]
    [InlineData("try { await store.Mark(order.Id); } catch (Exception e) { log.LogWarning(e, \"no mail\"); }\nawait store.Save(order);")]
    [InlineData("var done = true;\ntry { await store.Save(order); } catch (Exception e) { log.LogError(e, \"failed\"); done = false; }\nif (!done) throw new InvalidOperationException();")]
    [InlineData("Exception? failure = null;\ntry { await store.Save(order); } catch (Exception e) { failure = e; }\nlog.LogError(failure, \"x\");")]
    [InlineData("var failures = 0;\ntry { await store.Save(order); } catch (Exception) { failures++; }\nif (failures > 0) throw new InvalidOperationException();")]
    [InlineData("for (var i = 0; i < 3; i++)\n{\n    try { await store.Save(order); return; } catch (Exception e) { log.LogError(e, \"failed\"); }\n}\nthrow new InvalidOperationException();")]
    [InlineData("try { await store.Save(order); } finally { try { await store.Mark(order.Id); } catch (Exception) { } }")]
    [InlineData("try { var cents = int.Parse(order.Id); log.LogInformation(\"{Cents}\", cents); } catch (Exception) { }")]
    [InlineData("await Parallel.ForEachAsync(order.Id.Split(','), ct, async (id, c) => { try { await store.Mark(id); } catch (Exception e) { log.LogError(e, id); } });")]
    public Task A_failure_is_kept_or_is_none_of_the_work(string body) => Check.Silent(Source(body));

    [Fact]
    public Task A_request_is_answered_by_its_function() => Check.Silent(Source("try { await store.Save(order); } catch (Exception e) { log.LogError(e, \"failed\"); }", "HttpTrigger(\"POST\", \"/orders\"), AllowAnonymous"));

    [Fact]
    public Task A_firing_is_lost() => Check.Reports(
        "PORT209",
        RetrySource.Function("try { store.Note(\"x\"); } [|catch|] { }", "ScheduleTrigger(\"0 3 * * *\")", payload: "ScheduledEvent due", parameters: Services, others: Store),
        "the firing counts as done");

    [Fact]
    public async Task A_batch_that_forgets_a_message()
    {
        const string Batch = """
            using Portable;
            namespace Shop;
            public sealed record Order(string Id, int Cents);
            public interface IStore { Task Save(Order order); }
            public sealed class Orders(IStore store)
            {
                [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
                public async Task<BatchResult> Take(IReadOnlyList<Message<Order>> messages)
                {
                    var failed = new List<FailedMessage>();
                    foreach (var message in messages)
                    {
                        try { await store.Save(message.Body); }
                        [|catch (Exception e)|] { Console.WriteLine(e.Message); }
                    }

                    return BatchResult.Partial(failed);
                }
            }
            """;
        await Check.Reports("PORT209", Batch, "or report it with BatchResult.Partial");
        await Fix.NotOffered("PORT209", Batch.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_log_message_of_the_project_only_tells() => Check.Reports(
        "PORT209",
        Source("try { await store.Save(order); } [|catch (Exception e)|] { Log.Failed(log, e); }", others: "public static partial class Log\n{\n    [LoggerMessage(1, LogLevel.Error, \"x\")]\n    public static partial void Failed(ILogger log, Exception e);\n    public static partial void Failed(ILogger log, Exception e) { }\n}"));

    [Fact]
    public Task Generated_code_is_left_alone() => Check.Silent("// <auto-generated/>\n" + Source("try { await store.Save(order); } catch { }"));

    [Fact]
    public Task The_fix_throws_again() => Fix.Changes(
        "PORT209",
        Source("try\n{\n    await store.Save(order);\n}\ncatch (Exception e)\n{\n    log.LogError(e, \"failed\"); // told\n}"),
        Source("try\n{\n    await store.Save(order);\n}\ncatch (Exception e)\n{\n    log.LogError(e, \"failed\"); // told\n    throw;\n}"),
        all: true);

    [Theory]
    [InlineData("catch { }", "catch { throw; }")]
    [InlineData("catch (Exception e) { log.LogError(e, \"x\"); return; }", "catch (Exception e) { log.LogError(e, \"x\"); throw; }")]
    public Task The_fix_on_one_line(string before, string after) => Fix.Changes(
        "PORT209", Source($"try {{ await store.Save(order); }} {before}"), Source($"try {{ await store.Save(order); }} {after}"), all: true);

    [Fact]
    public Task A_way_out_further_up_is_left_to_its_author() => Fix.NotOffered(
        "PORT209", Source("try { await store.Save(order); } catch (Exception e) { if (order.Cents == 0) return; log.LogError(e, \"x\"); }"));

    private static string Source(string body, string attributes = "QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\")", string others = "") =>
        RetrySource.Function(body, attributes, parameters: Services, others: Store + "\n" + others);
}
