import { Ajv } from 'ajv';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { resources } from '../../../../nodes/Telegent/resources/index.ts';
import { closed, schemaFiles, type OutputSchema } from '../../../../scripts/lib/outputSchema.mts';
import { runNode } from '../../../support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, send, useSandbox } from '../../../support/sandbox.mts';
import { sendAndWait, WaitHost } from '../../../support/n8n/waitHost.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

useFasterTime();
const sandbox = useSandbox();
const [ANNA, BEN, CHEN] = ['+12025550142', '+12025550143', '+12025550144'];
/** A weekday that is neither today nor tomorrow, wherever on earth. */
const later = (new Date().getUTCDay() + 3) % 7;
const quietHours = { hours: { zoneBy: 'given', timeZone: 'UTC', days: [later], otherwise: 'hold' } };

const schemaOf = (name: string) =>
	JSON.parse(schemaFiles(resources).get(`message/${name}.json`) ?? '{}') as OutputSchema;

/**
 * Everything that was given fits the schema, which names nothing that none of it has.
 * @param besides properties that no case here has, but others have
 */
function expectFits(name: string, given: IDataObject[], besides: string[] = []): void {
	const { properties = {}, ...schema } = schemaOf(name);
	const validate = new Ajv({ allowUnionTypes: true }).compile(closed({ ...schema, properties }));
	expect(given.flatMap((json) => (validate(json) ? [] : [{ json, wrong: validate.errors }]))).toEqual([]);
	const seen = new Set([...given.flatMap((json) => Object.keys(json)), ...besides]);
	expect(Object.keys(properties).filter((property) => !seen.has(property))).toEqual([]);
}

test('Whatever Send gives is in its output schema, and nothing else', async () => {
	const given: IDataObject[] = [];
	const sends = async (safeguards: object, options: object = {}, to = `${ANNA}, ${BEN}`, fields = {}) => {
		const parameters = { ...send(to, 'Hello', fields), safeguards, options } as INodeParameters;
		const { error, json } = await runNode({ credential: sandbox.credential, parameters });
		expect(error).toBeUndefined();
		given.push(...json);
	};
	await sends({}, {}, ANNA, { mediaUrls: 'https://example.com/cat.png' });
	await sends({ suppressionList: ANNA });
	await sends({ suppressionList: `${ANNA}, ${BEN}` });
	await sends({ allowedRecipients: BEN });
	await sends({ mostMessages: 1 });
	await sends({ quietHours });
	await sends({ dryRun: true });
	const checkFirst = { whenUnsure: 'checkFirst', checkDelay: 0.2 };
	sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'before' });
	await sends({}, checkFirst, CHEN);
	sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
	await sends({}, checkFirst, BEN);
	sandbox.control.failRecipient({ number: ANNA });
	const waitForDelivery = { delivery: { ifNotDelivered: 'fallback', fallbackFrom: '+15005550101' } };
	await sends({}, { waitForDelivery }, ANNA);
	expect(given.map(({ confirmedBy, delivery, status }) => status ?? confirmedBy ?? delivery)).toEqual([
		...[undefined, undefined, 'skipped', 'refused', 'refused', 'held', 'dryRun'],
		...['sending again', 'lookup', 'failed'],
	]);
	expectFits('send', given, ['deliveryByRecipient']);
});

describe('Send and Wait for Response', () => {
	let host: WaitHost;
	beforeAll(async () => (host = await WaitHost.start(() => sandbox.credential)));
	beforeEach(() => host.restart());
	afterAll(async () => await host.stop());

	test('Whatever it gives is in its output schema, and nothing else', async () => {
		const given: IDataObject[] = [];
		const asks = async (parameters: object, answers: string[], type = 'n8n-nodes-telegent.telegent') => {
			const { id, items } = await host.run(sendAndWait(ANNA, parameters as INodeParameters), [{}], { type });
			given.push(...items.map(({ json }) => json));
			for (const body of answers) {
				await sandbox.control.inbound({ from: ANNA, to: OWN_NUMBER, body });
				await sandbox.control.idle();
			}
			given.push(...host.ended(id).items.map(({ json }) => json));
		};
		const review = 'n8n-nodes-telegent.telegentHitlTool';
		await asks({}, ['Fine']);
		await asks({ expectedAnswer: 'yesNo' }, ['Yes']);
		await asks({ expectedAnswer: 'number' }, ['4.5']);
		await asks({ expectedAnswer: 'number', options: { mostReAsks: 0 } }, ['many']);
		await asks({ safeguards: { suppressionList: ANNA } }, []);
		await asks({ safeguards: { allowedRecipients: BEN } }, []);
		await asks({ safeguards: { quietHours } }, []);
		await asks({}, [], 'n8n-nodes-telegent.telegentTool');
		await asks({}, ['Yes'], review);
		await asks({}, ['Only for two', 'Only for two people'], review);
		await asks({ safeguards: { suppressionList: ANNA } }, [], review);
		expectFits('sendAndWait', given, ['delivered', 'deliveryReason']);
		expect(new Set(given.map(({ answer }) => answer))).toEqual(new Set(['Fine', true, 4.5, null, undefined]));
	});
});
