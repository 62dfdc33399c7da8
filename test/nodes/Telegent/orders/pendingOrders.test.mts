import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../../../support/n8n.mts';
import { PROVISION, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();

const getOrder = (options: IDataObject) => ({
	resource: 'number',
	operation: 'getOrder',
	orderId: '={{ $json.OrderId }}',
	options: options as never,
});

/** Places an order that stays pending, then moves it to `status`. */
async function placed(status: string): Promise<IDataObject> {
	sandbox.control.order({ status: 'Complete', delaySeconds: 86_400 });
	const { json } = await runNode({ credential: sandbox.credential, parameters: PROVISION });
	const orderId = String(json[0].OrderId);
	if (status !== 'Pending') sandbox.control.order({ orderId, status, message: 'PIN' });
	return { OrderId: orderId };
}

async function outputsOf(orders: IDataObject[], options: IDataObject): Promise<IDataObject[][]> {
	const run = await runNode({ credential: sandbox.credential, parameters: getOrder(options), items: orders });
	expect(run.error).toBeUndefined();
	return run.outputs.map((items) => items.map(({ json }) => json));
}

test('a pending order leaves by the second output, with the ID that the next round needs', async () => {
	const pending = await placed('Pending');
	const done = await placed('Complete');
	const [finished, still] = await outputsOf([pending, done], { separatePending: true });
	expect(finished).toEqual([expect.objectContaining({ ...done, OrderStatus: 'Complete', completed: true })]);
	expect(still).toEqual([expect.objectContaining({ ...pending, OrderStatus: 'Pending', completed: false })]);
});

test.each(['Error', 'Cancelled', 'ResolutionRequired'])(
	'an order with the status %s is not waited for: time alone does not change it',
	async (status) => {
		const [finished, still = []] = await outputsOf([await placed(status)], { separatePending: true });
		expect(finished).toEqual([expect.objectContaining({ OrderStatus: status, completed: false })]);
		expect(still).toEqual([]);
	},
);

test.each([{}, { separatePending: false }])(
	'with the options %j nothing is separated or added',
	async (options) => {
		const outputs = await outputsOf([await placed('Pending')], options);
		expect(outputs).toEqual([[expect.objectContaining({ OrderStatus: 'Pending' })]]);
		expect(outputs[0][0]).not.toHaveProperty('completed');
	},
);
