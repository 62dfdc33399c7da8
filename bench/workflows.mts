import type { INode, INodeParameters } from 'n8n-workflow';
import type { Job } from './jobs.mts';

export const OWN_NUMBER = '+15005550100';

/** The nodes after the list, each leading to the next. */
export type Chain = Array<Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters'> & Partial<INode>>;

const textOf = ({ computed }: Job) => (computed ? '{{ $json.text.trim() }}' : '{{ $json.text }}');

const messageJson = (job: Job) =>
	`={ "From": "${OWN_NUMBER}", "To": [{ "Number": "{{ $json.to }}" }], "Body": "${textOf(job)}" }`;

/** How a person sends a list with each of the nodes: one node, default settings, values from the item. */
export const chains = {
	telegent: (job: Job): Chain => [
		{
			name: 'Telegent',
			type: 'n8n-nodes-telegent.telegent',
			typeVersion: 1,
			credentials: { telegentApi: { id: '1', name: 'Telegent' } },
			...onError(job),
			parameters: {
				resource: 'message',
				operation: 'send',
				from: { __rl: true, mode: 'number', value: OWN_NUMBER },
				to: '={{ $json.to }}',
				body: `=${textOf(job)}`,
				options: job.concurrency ? { concurrency: job.concurrency } : {},
			},
		},
	],
	twilio: (job: Job): Chain => [
		{
			name: 'Twilio',
			type: 'n8n-nodes-base.twilio',
			typeVersion: 1,
			credentials: { twilioApi: { id: '2', name: 'Twilio' } },
			...onError(job),
			parameters: {
				resource: 'sms',
				operation: 'send',
				from: OWN_NUMBER,
				to: '={{ $json.to }}',
				message: `=${textOf(job)}`,
			},
		},
	],
	httpRequest: (job: Job): Chain => [
		httpRequest(job, 'HTTP Request', '/v1.0/message/outbound', `Bearer ${job.token}`, messageJson(job)),
	],
	/** One token for the list, fetched by a node that runs once. */
	oneToken: (job: Job): Chain => [
		{
			...tokenRequest(job, 'Token'),
			executeOnce: true,
		},
		{
			name: 'List',
			type: 'bench.list',
			typeVersion: 1,
			parameters: {},
		},
		httpRequest(
			job,
			'HTTP Request',
			'/v1.0/message/outbound',
			"=Bearer {{ $('Token').first().json.token }}",
			messageJson(job),
		),
	],
	/** A token for each call, as the vendor's quick start shows it and as workflows without a credential do it. */
	tokenACall: (job: Job): Chain => [
		tokenRequest(job, 'Token'),
		httpRequest(
			job,
			'HTTP Request',
			'/v1.0/message/outbound',
			'=Bearer {{ $json.token }}',
			messageJson(job).replaceAll('$json', "$('Items').item.json"),
		),
	],
};

const onError = ({ goOn }: Job) => (goOn ? { onError: 'continueRegularOutput' as const } : {});

function tokenRequest(job: Job, name: string): Chain[number] {
	const body = {
		AccountKey: job.accountKey,
		AccountSecret: job.accountSecret,
		ApiEndpoint: `${job.url}/v1.0/message/outbound`,
	};
	return httpRequest(job, name, '/v1.0/oauth2/tokens', '', JSON.stringify(body));
}

function httpRequest(
	job: Job,
	name: string,
	path: string,
	authorization: string,
	jsonBody: string,
): Chain[number] {
	const header: INodeParameters = {
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: authorization }] },
	};
	return {
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		...onError(job),
		parameters: {
			method: 'POST',
			url: job.url + path,
			...(authorization && header),
			sendBody: true,
			specifyBody: 'json',
			jsonBody,
			options: {},
		},
	};
}
