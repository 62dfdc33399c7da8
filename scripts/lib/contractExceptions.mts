/*
 * What the names of the contract alone do not tell about the fields of the editor.
 */

/** Parameters that steer the node and are never sent. */
export const NOT_SENT = ['options', 'returnAll', 'limit', 'safeguards', 'simplify'];

/** Parameters that are a second way to fill a field of the contract, by operation. test/contract/requests.test.mts tries each. */
export const OTHER_WAYS: Record<string, Record<string, string>> = {
	'POST /v1.0/message/outbound': {
		binaryFields: 'adds the content of binary fields of the item to MmsBase64',
	},
};

/** Filters of the node's own, by operation: it applies them to the list that the request returns. */
const FILTERED_BY_NODE = ['direction', 'otherParty', 'since', 'status', 'until'];
export const NOT_SENT_FILTERS: Record<string, string[]> = {
	'GET /v1.0/message/filter': FILTERED_BY_NODE,
	'GET /v1.0/message/search': [...FILTERED_BY_NODE, 'campaignId'],
};

/** Fields whose name and label in the editor differ from the contract's name, by operation and place. */
export const NAMED_OTHERWISE: Record<string, Record<string, { name: string; reason: string }>> = {
	'POST /v1.0/message/outbound': {
		MmsMedia: { name: 'mediaUrls', reason: 'people speak of the URL of a picture, not of MMS media' },
	},
};
