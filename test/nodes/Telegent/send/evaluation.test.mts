import type { INodeParameters } from 'n8n-workflow';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { OUTBOUND, send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const PERSON = '+18015550123';
const run = async (parameters: INodeParameters, mode: RunOptions['mode'] = 'evaluation') =>
	await runNode({ credential: sandbox.credential, parameters, mode });

const REASON =
	"n8n runs this as an evaluation. Nothing was sent. To send in evaluations, add the safeguard 'Send in Evaluations'.";

describe('In an evaluation', () => {
	test('Send returns what it would send', async () => {
		const { error, json } = await run(send(PERSON, 'Hi'));
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({
			status: 'dryRun',
			reason: REASON,
			request: { To: [{ Number: PERSON }], Body: 'Hi' },
			segments: 1,
		});
		expect(sandbox.calls()).toHaveLength(0);
	});

	test.each([
		[true, 1],
		[false, 0],
	])('Send in Evaluations %j', async (sendInEvaluations, count) => {
		await run({ ...send(PERSON), safeguards: { sendInEvaluations } });
		expect(sandbox.calls(OUTBOUND)).toHaveLength(count);
	});

	test('Dry Run stays on although sending is allowed', async () => {
		const { json } = await run({ ...send(PERSON), safeguards: { sendInEvaluations: true, dryRun: true } });
		expect(json[0]).toMatchObject({ status: 'dryRun', reason: "'Dry Run' is on. Nothing was sent." });
	});

	test('what cannot be read is refused', async () => {
		const { error } = await run({ ...send(PERSON), safeguards: { sendInEvaluations: 'maybe' } });
		expect(error?.message).toMatch(/^'Send in Evaluations'/);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('Send and Wait asks no one and does not wait', async () => {
		const { body, ...parameters } = send(PERSON);
		const {
			error,
			json,
			run: execution,
		} = await run({
			...parameters,
			operation: 'sendAndWait',
			message: body,
			expectedAnswer: 'any',
			waitAmount: 1,
			waitUnit: 'days',
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ status: 'dryRun', reason: REASON, replied: false }]);
		expect(execution.waitTill ?? undefined).toBeUndefined();
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('every other execution sends', async () => {
		await run(send(PERSON), 'trigger');
		expect(sandbox.calls(OUTBOUND)).toHaveLength(1);
	});
});
