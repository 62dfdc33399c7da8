import { resources } from '../../nodes/Telegent/resources/index.ts';
import { rules, told } from './rules.mts';

describe('The tables', () => {
	test.each(Object.keys(rules))('keep the rule: %s', (name) => {
		expect(rules[name](resources).map(told)).toEqual([]);
	});
});
