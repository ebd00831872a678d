using System.Text.Json.Nodes;
using Portable.TestKit;

namespace Portable.Workflows.Tests.Asl;

/// <summary>
/// Machines as a careful person writes them: variables, assignments in the states that are there anyway, failures translated once.
/// Tasks are abbreviated; <see cref="Machine"/> writes them out.
/// </summary>
internal static class HandWritten
{
    private static readonly Dictionary<string, string> Machines = new(StringComparer.Ordinal)
    {
        ["linear"] = """
            {"StartAt": "Price", "States": {
              "Price": {"Type": "Task", "$step": "{% $states.input.cents %}", "Assign": {"quote": "{% $states.result.Payload %}", "id": "{% $states.input.id %}"}, "Next": "Charge"},
              "Charge": {"Type": "Task", "$step": "{% $quote %}", "Assign": {"charge": "{% $states.result.Payload %}"}, "Next": "Confirm"},
              "Confirm": {"Type": "Task", "$step": {"order": "{% $id %}", "charge": "{% $charge %}"}, "Output": "{% $charge %}", "End": true}
            }}
            """,
        ["if"] = """
            {"StartAt": "Price", "States": {
              "Price": {"Type": "Task", "$step": "{% $states.input %}", "Assign": {"quote": "{% $states.result.Payload %}"}, "Next": "Large?"},
              "Large?": {"Type": "Choice", "Choices": [{"Condition": "{% $quote > 100 %}", "Next": "Approve"}, {"Condition": "{% $quote = 0 %}", "Next": "Free"}], "Default": "Charge"},
              "Approve": {"Type": "Task", "$step": "{% $quote %}", "Next": "Charge"},
              "Free": {"Type": "Succeed", "Output": "{% 'free' %}"},
              "Charge": {"Type": "Task", "$step": "{% $quote %}", "Output": "{% 'charged' %}", "End": true}
            }}
            """,
        ["while"] = """
            {"StartAt": "Begin", "States": {
              "Begin": {"Type": "Pass", "Assign": {"page": 0, "more": true, "pages": "{% $states.input.pages %}"}, "Next": "More?"},
              "More?": {"Type": "Choice", "Choices": [{"Condition": "{% $more %}", "Next": "Read"}], "Default": "Done"},
              "Read": {"Type": "Task", "$step": "{% $page %}", "Assign": {"page": "{% $page + 1 %}", "more": "{% $page + 1 < $pages %}"}, "Next": "More?"},
              "Done": {"Type": "Succeed", "Output": "{% $page %}"}
            }}
            """,
        ["foreach"] = """
            {"StartAt": "Begin", "States": {
              "Begin": {"Type": "Pass", "Assign": {"lines": "{% $states.input.lines %}", "i": 0, "packed": []}, "Next": "Left?"},
              "Left?": {"Type": "Choice", "Choices": [{"Condition": "{% $i < $count($lines) %}", "Next": "Pack"}], "Default": "Done"},
              "Pack": {"Type": "Task", "$step": "{% $lines[$i] %}", "Assign": {"packed": "{% $append($packed, [$states.result.Payload]) %}", "i": "{% $i + 1 %}"}, "Next": "Left?"},
              "Done": {"Type": "Succeed", "Output": {"boxes": "{% $packed %}"}}
            }}
            """,
        ["polling"] = """
            {"StartAt": "Start", "States": {
              "Start": {"Type": "Task", "$step": "{% $states.input %}", "Assign": {"job": "{% $states.result.Payload %}"}, "Next": "Wait"},
              "Wait": {"Type": "Wait", "Seconds": 30, "Next": "Check"},
              "Check": {"Type": "Task", "$step": "{% $job %}", "Output": "{% $states.result.Payload %}", "Next": "Done?"},
              "Done?": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input = 'done' %}", "Next": "Fetch"}], "Default": "Wait"},
              "Fetch": {"Type": "Task", "$step": "{% $job %}", "Output": "{% $states.result.Payload %}", "End": true}
            }}
            """,
        ["try"] = """
            {"StartAt": "Reserve", "States": {
              "Reserve": {"Type": "Task", "$step": "{% $states.input %}", "Assign": {"room": "{% $states.result.Payload %}"}, "Next": "Charge"},
              "Charge": {"Type": "Task", "$step": "{% $room %}",
                "Retry": [{"ErrorEquals": ["Timeout", "States.Timeout"], "IntervalSeconds": 1, "MaxAttempts": 1}],
                "Catch": [
                  {"ErrorEquals": ["CardDeclined", "CardExpired"], "Output": "{% $parse($parse($states.errorOutput.Cause).errorMessage).message %}", "Next": "AskForCard"},
                  {"ErrorEquals": ["States.ALL"], "Assign": {"error": "{% $states.errorOutput %}"}, "Next": "Release"}],
                "Output": "{% $states.result.Payload %}", "End": true},
              "AskForCard": {"Type": "Task", "$step": "{% $states.input %}", "Output": "{% 'asked' %}", "End": true},
              "Release": {"Type": "Task", "$step": "{% $room %}", "Next": "Failed"},
              "Failed": {"Type": "Fail", "Error": "{% $error.Error %}", "Cause": "{% $error.Cause %}"}
            }}
            """,
        ["parallel"] = """
            {"StartAt": "Load", "States": {
              "Load": {"Type": "Task", "$step": "{% $states.input %}", "Assign": {"trip": "{% $states.result.Payload %}"}, "Next": "Book"},
              "Book": {"Type": "Parallel", "Branches": [
                  {"StartAt": "Flight", "States": {"Flight": {"Type": "Task", "$step": "{% $trip %}", "Output": "{% $states.result.Payload %}", "End": true}}},
                  {"StartAt": "Hotel", "States": {
                    "Hotel": {"Type": "Task", "$step": "{% $trip %}", "Output": "{% $states.result.Payload %}", "Next": "Breakfast"},
                    "Breakfast": {"Type": "Task", "$step": "{% $states.input %}", "Output": "{% $states.result.Payload %}", "End": true}}}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}],
                "Output": {"flight": "{% $states.result[0] %}", "hotel": "{% $states.result[1] %}"}, "End": true},
              "Failed": {"Type": "Fail", "Error": "{% $states.input.Error %}", "Cause": "{% $states.input.Cause %}"}
            }}
            """,
        ["map"] = """
            {"StartAt": "Files", "States": {
              "Files": {"Type": "Map", "Items": "{% $states.input.files %}", "MaxConcurrency": 5, "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Resize", "States": {
                "Resize": {"Type": "Task", "$step": "{% $states.input %}", "Assign": {"file": "{% $states.input %}"}, "Output": "{% $states.result.Payload %}",
                  "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}], "Next": "Store"},
                "Store": {"Type": "Task", "$step": {"from": "{% $file %}", "to": "{% $states.input %}"},
                  "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}],
                  "Output": {"value": "{% $states.result.Payload %}", "failure": null}, "End": true},
                "Failed": {"Type": "Succeed", "Output": {"value": null, "failure": "{% $parse($parse($states.input.Cause).errorMessage) %}"}}
              }}}
            }}
            """,
        ["approval"] = """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "$step": "{% $states.input %}", "Assign": {"order": "{% $states.input %}"}, "Next": "Approval"},
              "Approval": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Arguments": {"FunctionName": "${StepsFunctionArn}", "Payload": {"event": "approved", "run": "{% $states.context.Execution.Name %}", "token": "{% $states.context.Task.Token %}"}},
                "TimeoutSeconds": 3600, "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Escalate"}], "Next": "Approved?"},
              "Approved?": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.ok %}", "Next": "Ship"}], "Default": "Rejected"},
              "Rejected": {"Type": "Succeed", "Output": "{% 'rejected' %}"},
              "Escalate": {"Type": "Task", "$step": "{% $order %}", "Output": "{% 'escalated' %}", "End": true},
              "Ship": {"Type": "Task", "$step": "{% $order %}", "Output": "{% 'shipped' %}", "End": true}
            }}
            """,
        ["nested"] = """
            {"StartAt": "Begin", "States": {
              "Begin": {"Type": "Pass", "Assign": {"failed": 0, "i": 0, "batches": "{% $states.input.batches %}"}, "Next": "Left?"},
              "Left?": {"Type": "Choice", "Choices": [{"Condition": "{% $i < $count($batches) %}", "Next": "Rows"}], "Default": "Done"},
              "Rows": {"Type": "Map", "Items": "{% $batches[$i].rows %}", "Assign": {"rows": "{% $states.result %}"},
                "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"failed": "{% $failed + 1 %}"}, "Next": "Twice?"}], "Next": "Commit",
                "ItemProcessor": {"StartAt": "Zero?", "States": {
                  "Zero?": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input = 0 %}", "Next": "Skip"}], "Default": "Import"},
                  "Skip": {"Type": "Succeed", "Output": "{% null %}"},
                  "Import": {"Type": "Task", "$step": "{% $states.input %}", "Output": "{% $states.result.Payload %}", "End": true}}}},
              "Commit": {"Type": "Task", "$step": "{% $rows %}", "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"failed": "{% $failed + 1 %}"}, "Next": "Twice?"}], "Next": "Twice?"},
              "Twice?": {"Type": "Choice", "Choices": [{"Condition": "{% $failed = 2 %}", "Next": "Done"}], "Assign": {"i": "{% $i + 1 %}"}, "Default": "Left?"},
              "Done": {"Type": "Succeed", "Output": "{% $failed %}"}
            }}
            """,
    };

    /// <summary>The machine of a shape with its tasks written out.</summary>
    public static string Machine(string name) => Written(Machines[name]);

    /// <summary>The machine of a reference workflow, from the folder of the same name.</summary>
    public static string Reference(string workflow) => Written(File.ReadAllText(RepositoryFolder.Find($"tests/Workflows.Tests/Asl/HandWritten/{workflow}.json")!));

    private static string Written(string text)
    {
        var machine = JsonNode.Parse(text)!.AsObject();
        machine["QueryLanguage"] = "JSONata";
        Expand(machine);
        return machine.ToJsonString();
    }

    private const string Following = "{% $i + 1 %}";

    private static JsonObject Function(JsonObject payload) => new() { ["FunctionName"] = "${StepsFunctionArn}", ["Payload"] = payload };

    private static void Expand(JsonObject machine)
    {
        foreach (var (name, node) in machine["States"]!.AsObject())
        {
            var state = node!.AsObject();
            if (state.Remove("$step", out var input))
            {
                state["Resource"] = "arn:aws:states:::lambda:invoke";
                state["Arguments"] = Function(new JsonObject { ["step"] = state.Remove("$call", out var step) ? step : name, ["input"] = input });
            }

            if (state.Remove("$event", out var awaited))
            {
                state["Resource"] = "arn:aws:states:::lambda:invoke.waitForTaskToken";
                state["Arguments"] = Function(new JsonObject { ["event"] = awaited, ["run"] = "{% $states.context.Execution.Name %}", ["token"] = "{% $states.context.Task.Token %}" });
            }

            // A step that undoes what the list says at this place; one that cannot is noted.
            if (state.Remove("$undo", out var retries))
            {
                var noted = $"{{% $left & ($left = '' ? '' : ', ') & '{name} (' & $states.errorOutput.Error & ')' %}}";
                state["Retry"] = new JsonArray(new JsonObject { ["ErrorEquals"] = new JsonArray("States.ALL"), ["MaxAttempts"] = retries });
                state["Catch"] = new JsonArray(new JsonObject { ["ErrorEquals"] = new JsonArray("States.ALL"), ["Assign"] = new JsonObject { ["i"] = Following, ["left"] = noted }, ["Next"] = "Undo" });
                state["Assign"] = new JsonObject { ["i"] = Following };
                state["Next"] = "Undo";
            }

            if (state["Catch"] is JsonValue goal)
            {
                state["Catch"] = new JsonArray(new JsonObject { ["ErrorEquals"] = new JsonArray("States.ALL"), ["Next"] = (string)goal! });
            }

            foreach (var branch in state["Branches"]?.AsArray() ?? [])
            {
                Expand(branch!.AsObject());
            }

            if (state["ItemProcessor"] is JsonObject processor)
            {
                Expand(processor);
            }
        }
    }
}
