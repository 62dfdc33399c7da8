import type { INodeProperties } from 'n8n-workflow';
import { EVENTS } from '../../../../nodes/shared/inbound/events.ts';
import { TelegentTrigger } from '../../../../nodes/TelegentTrigger/TelegentTrigger.node.ts';

describe('form of the trigger', () => {
	const { description } = new TelegentTrigger();
	const texts = JSON.stringify(description);

	test('Listen On offers the modes of each event and no others', () => {
		for (const event of EVENTS) {
			const [field] = description.properties.filter(
				({ displayOptions, name }) =>
					name === 'listenOn' && displayOptions?.show?.event?.includes(event.value),
			);
			const offered = (field.options as Array<{ value: string }>).map(({ value }) => value);
			expect([...offered].sort()).toEqual([...event.listenModes].sort());
			expect(field.default).toBe(event.listenModes[0]);
		}
	});

	test('the default event is Message Received, and texts avoid technical words', () => {
		expect(description.properties[0]).toMatchObject({ name: 'event', default: 'messageReceived' });
		expect(texts).not.toMatch(/\b(error|problem|failure|mistake|payload|endpoint)\b/i);
	});

	test('switches in Options are on when they are added', () => {
		const options = description.properties.find(({ name }) => name === 'options')?.options;
		const switches = (options as INodeProperties[]).filter(({ type }) => type === 'boolean');
		expect(switches.map(({ default: on, name }) => [name, on])).toEqual([
			['allowTests', true],
			['downloadMedia', true],
			['leaveAwaited', true],
			['takeOver', true],
			['yesOptsIn', true],
		]);
	});

	test('a notice says that the current URL of the route is replaced', () => {
		const [messages, receipts] = ['existingRouteNotice', 'receiptsNotice'].map(
			(notice) => description.properties.find(({ name }) => name === notice)?.displayName,
		);
		expect(messages).toMatch(
			/its URL replaces the 'Message URL' of the route.*The previous URL is restored afterward/,
		);
		expect(receipts).toMatch(
			/its URL replaces the 'Callback URL' of the route.*The previous URL is restored afterward/,
		);
	});
});
