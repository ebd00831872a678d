using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Prints the subworkflows for events, children and publishing.</summary>
internal sealed class GoogleRoutines(WorkflowModel model, Yaml yaml)
{
    public const string AwaitEvent = "await_event";
    public const string RunWorkflow = "run_workflow";
    public const string PublishEvent = "publish_event";

    // The longest that a connector waits for an operation: a year.
    private const string LongestOperation = "31536000";

    public void Print(IrBlock body)
    {
        var used = new HashSet<Type>(IrWalk.All(body).Select(static statement => statement.GetType()));
        if (used.Contains(typeof(IrEvent)))
        {
            Event();
        }

        if (used.Contains(typeof(IrChild)))
        {
            Child();
            ChildFailure();
        }

        if (used.Contains(typeof(IrPublish)))
        {
            Publish();
        }
    }

    /// <summary>Whether what it prints calls the subworkflow that describes an error of a call of the steps function.</summary>
    public static bool DescribesCalls(IrBlock body) => IrWalk.All(body).Any(static statement => statement is IrEvent or IrChild or IrPublish);

    /// <summary>
    /// The steps function is given the address to call, and keeps it until the event is raised. If it has been raised already, the
    /// function answers with the payload at once. A wait that has timed out is withdrawn, since its address would still accept an event
    /// that nobody reads; one that came in the meantime is the answer. An event may be sent before the wait begins: Google's page "Wait
    /// using callbacks" says that the endpoint takes requests as soon as it is created, though not in so many words that it keeps them.
    /// </summary>
    private void Event() => yaml.Blank().Map(AwaitEvent, () => yaml
        .Line("params: [name, timeout]")
        .Map("steps", () => yaml
            .Item("open", () => yaml
                .Entry("call", "events.create_callback_endpoint")
                .Map("args", () => yaml.Entry("http_callback_method", "POST"))
                .Entry("result", "callback"))
            .Item("register", () => Described(() => Tell(expired: false)))
            .Item("raised", () => yaml.Map("switch", () => yaml
                .ItemLine("condition: ${answer.body.raised}", () => yaml.Entry("return", "${answer.body.payload}"))))
            .Item("wait", () => yaml
                .Map("try", () => yaml
                    .Entry("call", "events.await_callback")
                    .Map("args", () => yaml.Entry("callback", "${callback}").Entry("timeout", "${timeout}"))
                    .Entry("result", "event"))
                .Map("except", () => yaml
                    .Entry("as", "error")
                    .Map("steps", () => yaml
                        .Item("late", () => yaml.Map("switch", () => yaml
                            .ItemLine("condition: ${\"TimeoutError\" in default(map.get(error, \"tags\"), [])}", () => yaml.Map("steps", () => yaml
                                .Item("withdraw", () => Described(() => Tell(expired: true)))
                                .Item("met", () => yaml.Map("switch", () => yaml
                                    .ItemLine("condition: ${answer.body.raised}", () => yaml.Entry("return", "${answer.body.payload}"))))
                                .Item("describe", () => yaml.Map("assign", () => yaml
                                    .Line("- failure:")
                                    .Indented(2, () => yaml
                                        .Entry("code", "Timeout")
                                        .Entry("message", "${\"The event '\" + name + \"' did not come in time.\"}")
                                        .Entry("data", "null"))))
                                .Item("fail", () => yaml.Entry("raise", "${failure}"))))))
                        .Item("other", () => yaml.Entry("raise", "${error}")))))
            .Item("payload", () => yaml.Entry("return", "${event.http_request.body}"))));

    private void Tell(bool expired) => yaml
        .Entry("call", "http.post")
        .Map("args", () => yaml
            .Entry("url", $"${{sys.get_env(\"{GoogleWorkflowsEmitter.StepsVariable}\")}}")
            .Map("auth", () => yaml.Entry("type", "OIDC"))
            .Map("body", () =>
            {
                yaml.Entry("event", "${name}").Entry("run", Yaml.Expression(GoogleSteps.RunId)).Entry("callback", "${callback.url}");
                if (expired)
                {
                    yaml.Entry("expired", "true");
                }
            }))
        .Entry("result", "answer");

    /// <summary>
    /// The connector starts the run and asks for its state until it has ended. A failed run is raised with the execution as
    /// <c>operation</c>, whose <c>error.payload</c> is what the child raised, as JSON text. The payload is documented (Google's page "Access
    /// workflow execution results" shows one of a raised map); <c>operation</c> is not, so an error without it is still a failure.
    /// </summary>
    private void Child() => yaml.Blank().Map(RunWorkflow, () => yaml
        .Line("params: [workflow, input]")
        .Map("steps", () => yaml
            .Item("run", () => Described(
                () => yaml
                    .Entry("call", "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run")
                    .Map("args", () => yaml
                        .Entry("workflow_id", "${workflow}")
                        .Entry("location", "${sys.get_env(\"GOOGLE_CLOUD_LOCATION\")}")
                        .Entry("project_id", "${sys.get_env(\"GOOGLE_CLOUD_PROJECT_ID\")}")
                        .Entry("argument", "${input}")
                        .Map("connector_params", () => yaml.Entry("timeout", LongestOperation)))
                    .Entry("result", "output"),
                "child_failure"))
            .Item("output", () => yaml.Entry("return", "${output}"))));

    private void ChildFailure() => yaml.Blank().Map("child_failure", () => yaml
        .Line("params: [error]")
        .Map("steps", () => yaml
            .Item("read", () => yaml.Map("assign", () => yaml.Line("- payload: ${map.get(error, [\"operation\", \"error\", \"payload\"])}")))
            .Item("ended", () => yaml.Map("switch", () => yaml
                .ItemLine("condition: ${payload != null}", () => yaml.Map("steps", () => yaml
                    .Item("decode", () => yaml.Map("assign", () => yaml.Line("- failure: ${json.decode(payload)}")))
                    .Item("own", () => yaml.Map("switch", () => yaml
                        .ItemLine("condition: ${get_type(map.get(failure, \"code\")) == \"string\"}", () => yaml.Map("return", () => yaml
                            .Entry("code", "${failure.code}")
                            .Entry("message", "${map.get(failure, \"message\")}")
                            .Entry("data", "${map.get(failure, \"data\")}")))))))))
            .Item("operation", () => yaml.Map("switch", () => yaml
                .ItemLine("condition: ${\"operation\" in error}", () => yaml.Map("return", () => yaml
                    .Entry("code", "WorkflowFailed")
                    .Entry("message", "${default(payload, map.get(error, \"message\"))}")
                    .Entry("data", "null")))))
            .Item("call", () => yaml.Entry("call", GoogleSteps.CallFailure).Map("args", () => yaml.Entry("error", "${error}")).Entry("result", "failure"))
            .Item("other", () => yaml.Entry("return", "${failure}"))));

    private void Publish() => yaml.Blank().Map(PublishEvent, () => yaml
        .Line("params: [type, version, payload]")
        .Map("steps", () => yaml
            .Item("publish", () => Described(() => yaml
                .Entry("call", "googleapis.pubsub.v1.projects.topics.publish")
                .Map("args", () => yaml
                    .Entry("topic", $"${{sys.get_env(\"{GoogleWorkflowsEmitter.EventsVariable}\")}}")
                    .Map("body", () => yaml.Map("messages", () => yaml
                        .ItemLine("data: ${base64.encode(json.encode(payload))}", () => yaml.Map("attributes", () => yaml
                            .Entry("ce-specversion", "\"1.0\"")
                            .Entry("ce-id", "${uuid.generate()}")
                            .Entry("ce-type", "${type}")
                            .Entry("ce-source", Yaml.Scalar("portable." + model.Name))
                            .Entry("ce-dataversion", "${string(version)}")
                            .Entry("content-type", "application/json"))))))))));

    // A call whose error is raised as a failure of ours.
    private void Described(Action call, string describe = GoogleSteps.CallFailure) => yaml
        .Map("try", call)
        .Map("except", () => yaml
            .Entry("as", "error")
            .Map("steps", () => yaml
                .Item("describe", () => yaml
                    .Entry("call", describe)
                    .Map("args", () => yaml.Entry("error", "${error}"))
                    .Entry("result", "failure"))
                .Item("fail", () => yaml.Entry("raise", "${failure}"))));
}
