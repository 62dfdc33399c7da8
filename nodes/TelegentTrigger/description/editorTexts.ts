import type { IBuilderHint, INodeTypeDescription, TriggerPanelDefinition } from 'n8n-workflow';

/* What n8n shows of the trigger outside its form. n8n takes these texts as they are, without expressions. */

/** On the canvas, while a test waits for an event. */
const eventTriggerDescription =
	'Waiting: text a number that uses the selected route, or make the selected event happen';

/** After the workflow was published. */
const activationMessage =
	"To start this workflow, text one of your Telegent numbers, or make the selected event happen. If it uses a message route, its URL replaces the route's URL until you unpublish the workflow.";

const executionsList = "<a data-key='executions'>executions list</a>";

/** Beside the form, until the trigger has data. */
const triggerPanel: TriggerPanelDefinition = {
	header: 'Test with a real message or event from Telegent',
	executionsHelp: {
		inactive: `<b>To test</b>, click 'Execute step', then text a number that uses the selected route, or make the selected event happen. The data appears in this editor. <br /><br /> <b>To receive all the time</b>, publish the workflow. Those executions appear in the ${executionsList}, not in this editor. <br /><br /> <b>If you use an existing route</b>, the test or the published workflow takes the place of the route's URL. That URL is restored afterward.`,
		active: `<b>The workflow is published</b>, so messages and events start it automatically. Those executions appear in the ${executionsList}, not in this editor. <br /><br /> <b>To test as well</b>, add the option 'Allow Tests on a Published Route' and click 'Execute step'. The test then receives the messages until it ends. Without the option, a test of a published route is refused.`,
	},
	activationHint: {
		inactive:
			"Publish the workflow to receive messages and events all the time. If it uses a message route, its URL then replaces the route's URL.",
		active: `The workflow is published, so messages and events also start it automatically. See the ${executionsList}.`,
	},
};

/** For n8n's AI workflow builder. */
const triggerBuilderHint: IBuilderHint = {
	searchHint:
		"Starts a workflow when an SMS or MMS arrives at a Telegent number. Also for delivery receipts, opt-outs, calls and order updates: choose with event. No webhook node is needed, the trigger registers itself with Telegent. To reply to a message, set from to {{ $json.owner }} and to to {{ $json.from }} in a Telegent node (message, send). To ask a question and use its answer in the same execution, use the Telegent node's operation sendAndWait instead of this trigger. With listenOn existingRoute, the workflow takes the route's URL while it is published. If another system must keep receiving those messages, set listenOn to accountWebhook.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-telegent.telegent',
			relationHint:
				'Reply to the message that started the workflow, or look up and manage things in Telegent',
		},
		{
			nodeType: 'n8n-nodes-telegent.telegentPollTrigger',
			relationHint: "Use it instead if Telegent can't reach this n8n: it needs no public URL",
		},
	],
};

export const triggerTexts = {
	eventTriggerDescription,
	activationMessage,
	triggerPanel,
	builderHint: triggerBuilderHint,
} satisfies Partial<INodeTypeDescription>;
