import { fromModel } from '../../nodes/Telegent/guard/tool.ts';

const OWN = 'Send a text';

test.each([
	['={{ $json.to }}', ['$json']],
	['={{ $fromAI("to") }}', ['$fromAI']],
	['={{ $fromai("to") }}', ['$fromai']],
	['={{ $input.item.json.to }}', ['$input']],
	['={{ $parameter.to }}', ['$parameter']],
	['={{ $parameter["to"] }}', ['$parameter']],
	['={{ $rawParameter.to }}', ['$rawParameter']],
	['={{ $item(0).$node["Trigger"].json.from }}', ['$item']],
	['={{ $items()[0].json.to }}', ['$items']],
	['={{ $thisItem.json.to }}', ['$thisItem']],
	['={{ $data.to }}', ['$data']],
	['={{ $binary.data }}', ['$binary']],
	['={{ $tool.parameters.to }}', ['$tool']],
	['={{ $evaluateExpression("{{ $" + "json.to }}") }}', ['$evaluateExpression']],
	[`={{ $node["${OWN}"].json.to }}`, ['$node']],
	[`={{ $('${OWN}').params.to }}`, ['$(']],
	[`={{ $items("${OWN}")[0].json.to }}`, ['$items']],
	['={{ $node["Send" + " a text"].parameter.to }}', ['$node']],
	['={{ $(`Send a ${"text"}`).params.to }}', ['$(']],
	['={{ $jmesPath($json, "to") }}', ['$json']],
	['={{ `${$json.to}` }}', ['$json']],
])('%s reaches the model’s words', (expression, found) => {
	expect(fromModel(expression, OWN)).toEqual(found);
});

test.each([
	"={{ $('Trigger').item.json.from }}",
	`={{ $('Bob\\'s "Trigger"').first().json.from }}`,
	'={{ $node["Trigger"].json.from }}',
	'={{ $node.Trigger.json.from }}',
	'={{ $items("Trigger")[0].json.from }}',
	"={{ $('Opt-Outs').all().map(item => `${item.json.number}`) }}",
	'={{ $vars.testMode }}',
	'={{ $now.hour < 9 ? [] : $env.TEAM.split(",") }}',
	'={{ $if($execution.mode === "test", 1, 100) }}',
	'+1801*, +18015550123',
])('%s does not', (expression) => {
	expect(fromModel(expression, OWN)).toEqual([]);
});

test('a run of backslashes is read in one pass, whether a quote ends it or not', () => {
	expect(fromModel(`={{ $('${'\\'.repeat(10_000)}`, OWN)).toEqual(['$(']);
});
