import { randomUUID } from 'node:crypto';
import { ANA, DANA, LINES, useExamples } from './support/examples.mts';
import { mcpClient, publishMcpServer } from './support/mcp.mts';

describe('The example workflow MCP server', () => {
	const examples = useExamples();

	test('lets a client read a conversation, and text the colleague only', async () => {
		const token = randomUUID();
		await publishMcpServer(examples, token);
		expect(await mcpClient('wrong').connect()).toBe(403);
		const client = mcpClient(token);
		expect(await client.connect()).toBe(200);
		expect((await client.tools()).toSorted()).toEqual(['Read_a_conversation', 'Text_a_colleague']);

		await examples.world.sandbox.control.inbound({
			from: ANA,
			to: LINES.assistant,
			body: 'Is the cake ready?',
		});
		expect(await client.call('Read_a_conversation', { Other_Party: ANA })).toContain('Is the cake ready?');

		await client.call('Text_a_colleague', { To: DANA, Message: 'Ana asks for her cake' });
		expect(examples.sent()).toEqual([`${DANA}: Ana asks for her cake`]);
		const refused = await client.call('Text_a_colleague', { To: ANA, Message: 'Yes' });
		expect(refused).toContain("isn't in 'Allowed Recipients'");
		expect(examples.sent()).toEqual([]);
	});
});
