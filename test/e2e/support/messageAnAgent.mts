import type { WorkflowFile } from '../../../sandbox/n8n/workflow.mts';

/** What a user does in n8n's node Message an Agent: selects the model's credential. */
export function withAgentCredential(file: WorkflowFile, credential: string): WorkflowFile {
	const nodes = file.nodes.map((node) => {
		const agent = node.parameters.inlineAgent as { config: object } | undefined;
		if (!agent) return node;
		const inlineAgent = { ...agent, config: { ...agent.config, credential } };
		return { ...node, parameters: { ...node.parameters, inlineAgent } };
	});
	return { ...file, nodes };
}
